"""The people of the demo partner who log in to the panel; the template names them to the local panel's login page."""

# (name, address, job)
PEOPLE = (
    ("Gil Gestor", "gestor@example.com", "manager"),
    ("Ana Analista", "analista@example.com", "analyst"),
    ("Ada Aprovadora", "aprovadora@example.com", "approver"),
)

DEMO_PASSWORD = "Demonstracao-2026"
"""Opens a cloud on this machine alone."""
