"""The test documents of ``docs/test-documents.md``: without a script, the document decides what a bureau answers.

All are arithmetic: CPFs of the base 9999991NN, companies of bases that hold the word TESTE, and their check digits.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sandbox.bureaus.outcomes import Computed, Outcome, Treatment
from sandbox.bureaus.subjects import Debt

SLOW_MS = 5_000

_PENDENCIES = (
    Debt("pefin", 1_234_56, date(2024, 3, 12), "Loja Exemplo"),
    Debt("pefin", 300_00, date(2024, 9, 2), "Telefonia Exemplo"),
    Debt("refin", 10_500_07, date(2023, 11, 30), "Banco Exemplo"),
)
_PUBLIC = (
    Debt("protest", 1_470_07, date(2023, 5, 8), "1º Cartório"),
    Debt("cheque", 613_85, date(2023, 7, 12), "Banco Exemplo"),
    Debt("lawsuit", 9_715_46, date(2023, 9, 29), "Vara Exemplo"),
)
_OVERDUE = (Debt("overdue", 89_90, date(2025, 1, 20), "Provedor Exemplo"),)

PUBLISHED: Mapping[str, Treatment] = {
    "99999910173": Treatment(score=Computed(870)),
    "99999910254": Treatment(score=Computed(310), debts=_PENDENCIES),
    "99999910335": Treatment(score=Computed(250), debts=_PUBLIC),
    "99999910416": Treatment(score=Computed(None)),
    "99999910505": Treatment(score=Computed(0), debts=_PENDENCIES + _PUBLIC + _OVERDUE),
    "99999910688": Treatment(Outcome.SUMMARY_ONLY, debts=_PENDENCIES + _PUBLIC),
    "99999910769": Treatment(Outcome.NOT_FOUND),
    "99999910840": Treatment(Outcome.INVALID_DOCUMENT),
    "99999910920": Treatment(Outcome.UNKNOWN_FEATURE),
    "99999911064": Treatment(Outcome.NOT_CONTRACTED),
    "99999911145": Treatment(Outcome.PROCESSING_ERROR),
    "99999911226": Treatment(Outcome.SPIKE_ARREST, times=1),
    "99999911307": Treatment(Outcome.UNSTABLE),
    "99999911498": Treatment(Outcome.TIMEOUT_AFTER_EFFECT, times=1),
    "99999911579": Treatment(delay_ms=SLOW_MS),
    "99999911650": Treatment(Outcome.WRONG_TYPES),
    "99999911730": Treatment(Outcome.UNKNOWN_FIELDS),
    "99999911811": Treatment(Outcome.PENDING, times=1),
    "99999911900": Treatment(Outcome.REVOKED_TOKEN, times=1),
    "99999912036": Treatment(registration="SUSPENSA"),
    "99TESTE1000110": Treatment(score=Computed(780)),
    "99TESTE2000165": Treatment(score=Computed(190), debts=_PENDENCIES + _PUBLIC),
}
"""Document -> treatment. Any other document is known, owes nothing and has a score of its own."""
