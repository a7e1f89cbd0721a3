"""The people of the demo partner who log in to the panel and its portal; the template names them to the local pages."""

# (name, address, job)
PEOPLE = (
    ("Gil Gestor", "gestor@example.com", "manager"),
    ("Ana Analista", "analista@example.com", "analyst"),
    ("Ada Aprovadora", "aprovadora@example.com", "approver"),
    ("Caio Corretor", "corretor@example.com", "broker"),
    ("Iara Imobiliária", "imobiliaria@example.com", "agency"),
    ("Otto Operador", "operador@example.com", "operator"),
)

# (name, address) of who logs in to the portal, by codes
CUSTOMER = ("Clara Cliente", "cliente@example.com")

DEMO_PASSWORD = "Demonstracao-2026"
"""Opens a cloud on this machine alone."""
