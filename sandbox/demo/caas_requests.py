"""What a partner sends along a CaaS journey: made-up people, documents of one pixel."""

import base64
import struct
import zlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

DOCUMENTS = ("SELF", "IDENTITY_FRONT", "IDENTITY_BACK")
SCOPES = ("api-external", "api-caas", "api-bu-caas")
FUND = {"endorseeName": "Fundo Exemplo FIDC", "endorseeCnpj": "12.ABC.345/01DE-35"}
SECURITIZER = {"endorseeName": "Securitizadora Exemplo S.A.", "endorseeCnpj": "45.723.174/0001-10"}

_DIGITS = 9


def make_cpf(number: int) -> str:
    """The CPF whose first nine digits are ``number``, with its check digits."""
    digits = [int(digit) for digit in f"{number:0{_DIGITS}d}"]
    for _ in range(2):
        weighted = sum(digit * weight for digit, weight in zip(digits, range(len(digits) + 1, 1, -1), strict=True))
        digits.append(weighted * 10 % 11 % 10)
    return "".join(map(str, digits))


def log_data(now: datetime) -> dict[str, Any]:
    """Where, when and with what a person acted."""
    return {
        "latitude": -23.5505,
        "longitude": -46.6333,
        "occurrenceDate": now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "userAgent": "Mozilla/5.0 (Linux; Android 16)",
        "ip": "203.0.113.10",
        "mac": "00:00:00:00:00:00",
    }


def signup(cpf: str, now: datetime, **changes: Any) -> dict[str, Any]:
    """A person's registration."""
    return {
        "cpf": cpf,
        "name": "Ana Exemplo",
        "birthday": "1990-05-17",
        "email": "ana@example.com",
        "phone": "11987654321",
        "zipCode": "01001000",
        "hasCreditCard": True,
        "hasRestriction": False,
        "hasOwnHouse": False,
        "hasVehicle": False,
        "hasAndroid": True,
        "logData": log_data(now),
        **changes,
    }


def simulation(cpf: str, product_id: int, today: date, *, keep: bool) -> dict[str, Any]:
    """R$ 10,000 in 12 instalments at 2.5 % a month; ``keep`` makes an offer of it."""
    return {
        "only_simulation": not keep,
        "value": 10000,
        "tax_number": cpf,
        "person_type": "PF",
        "release_date": today.isoformat(),
        "due_date": (today + timedelta(days=30)).isoformat(),
        "monthly_tax": 2.5,
        "installments": 12,
        "product_id": product_id,
    }


def asked_product(product_id: int, today: date, **changes: Any) -> dict[str, Any]:
    """The same credit as a proposal asks for it."""
    return {
        "type": "CAAS",
        "productId": product_id,
        "releaseDate": today.isoformat(),
        "dueDate": (today + timedelta(days=30)).isoformat(),
        "installments": 12,
        "monthlyTax": 2.5,
        "cadValue": 0,
        "value": 10000,
        **changes,
    }


def proposal(products: Sequence[dict[str, Any]], *, income: int = 6500) -> dict[str, Any]:
    """The personal data of a proposal, with what is asked for; ``income`` in R$ a month."""
    home = {
        "zipCode": "01001000",
        "address": "Praça da Sé",
        "number": 1,
        "complement": "Apto 101",
        "district": "Sé",
        "state": "SP",
        "city": "São Paulo",
    }
    return {
        "mother": "Maria Exemplo",
        "gender": "FEMININO",
        "nationality": "BRASILEIRO",
        "education": "ENSINO_SUPERIOR_COMPLETO",
        "relationshipStatus": "SOLTEIRO",
        "hometownState": "SP",
        "hometown": "São Paulo",
        "phoneLandline": "1132345678",
        "identity": {"type": "RG", "number": "123456", "issuer": "SSP", "state": "SP", "issuingDate": "2010-01-01"},
        "address": {**home, "homeType": "ALUGADA", "homeSince": "MAIOR_2_ANOS"},
        "vehicle": {"licensePlate": "XXX0000"},
        "consumerUnit": {"number": "000000000"},
        "business": {
            **home,
            "occupation": "ASSALARIADO",
            "profession": "Analista de sistemas",
            "companyName": "Exemplo Ltda",
            "phone": "1132345678",
            "income": income,
            "payday": 5,
            "employmentSince": "MORE_THAN_TEN_YEARS",
            "benefitNumber": "",
        },
        "bank": {"bank": "001", "type": "CONTA_CORRENTE_INDIVIDUAL", "agency": "0001", "account": "5647891"},
        "reference": [{"name": "Beltrano Souza", "phone": "11987651234"}],
        "products": list(products),
    }


def document(kind: str) -> dict[str, Any]:
    """A picture of one pixel, its colour the kind's own."""
    content = _png(zlib.crc32(kind.encode()) % 256)
    return {
        "type": kind,
        "mimeType": "image/png",
        "name": f"{kind.lower()}.png",
        "base64": base64.b64encode(content).decode(),
    }


def _png(grey: int) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes((0, grey)))) + chunk(b"IEND", b"")


def endorsement(endorsee: dict[str, str], value: float = 9800.0, *, recourse: bool = False) -> dict[str, Any]:
    """An endorsement "em preto"."""
    return {**endorsee, "value": value, "recourse": recourse}
