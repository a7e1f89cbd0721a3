"""The purchase every benchmark posts: twelve terms at five banks, sixty original conditions."""

from typing import Any

BANKS = ("341", "033", "655", "623", "422")
TERMS = (6, 10, 12, 18, 20, 24, 30, 36, 40, 48, 54, 60)
ORIGINALS = len(BANKS) * len(TERMS)
ASSET_CENTS = 85_000_00
DOWN_PAYMENT_CENTS = 10_000_00
BANK_MS = 300


def purchase(document: str, *, suggestions: bool) -> dict[str, Any]:
    """Body of the POST for the lead with this document."""
    return {
        "simulation": {
            "retrieve_lead": {"cpf_cnpj": document},
            "assets_value": ASSET_CENTS,
            "bank_febraban_codes": list(BANKS),
            "process_bank_suggested_conditions": suggestions,
            "vehicle": {
                "vehicle_molicar_code": "02106163-7",
                "licensing_uf": "SP",
                "manufacture_year": 2025,
                "model_year": 2026,
                "zero_km": True,
            },
            "conditions": [{"installments": term, "down_payment": DOWN_PAYMENT_CENTS} for term in TERMS],
        }
    }


def bank_script(delay_ms: int, *, suggestions: bool) -> dict[str, Any]:
    """A sandbox bank that approves after a delay; with suggestions it advises more than the purchase pays down."""
    return {
        "rules": [
            {
                "when": {},
                "outcome": "approved",
                "delay_ms": delay_ms,
                "minimum_down_payment": 15_000_00 if suggestions else None,
                "suggested_down_payment": 20_000_00 if suggestions else None,
            }
        ]
    }
