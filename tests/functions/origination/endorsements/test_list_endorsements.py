"""Reading the chain of a CCB."""

from __future__ import annotations

from lastro.origination.processes.statuses import CreditStatus
from tests.domain.origination.credit_samples import CSN
from tests.functions.origination.contracts.signed import STRANGER, SignedCredit, signed

__all__ = ["signed"]

ENDORSEES = (("Fundo Exemplo FIDC", "12ABC34501DE35"), ("Securitizadora Exemplo S.A.", "99888777000100"))


def test_a_ccb_that_nobody_endorsed(signed: SignedCredit) -> None:
    signed.put(CreditStatus.OPERATIONAL_ANALYSIS)
    answer = signed.call("origination", "list_endorsements")
    assert (answer.status, answer.json) == (200, {"data": []})


def test_the_chain_reads_from_the_issuer_on(signed: SignedCredit) -> None:
    signed.put(CreditStatus.DISBURSED)
    made = []
    for name, cnpj in ENDORSEES:
        body = {"endorseeName": name, "endorseeCnpj": cnpj, "value": "9800.50", "recourse": True}
        made.append(signed.call("origination", "create_endorsement", body=body).json["data"])
    shown = signed.call("origination", "list_endorsements").json["data"]
    assert shown == made
    assert [link["position"] for link in shown] == [1, 2]
    assert shown[1]["endorser"] == shown[0]["endorsee"]
    assert [link["value"] for link in shown] == [9800.5, 9800.5]


def test_only_its_partner_sees_it(signed: SignedCredit) -> None:
    signed.put(CreditStatus.DISBURSED)
    signed.call("origination", "create_endorsement")
    foreign = signed.call("origination", "list_endorsements", partner=STRANGER)
    assert (foreign.status, foreign.json["code"]) == (404, "unknown_proposal")
    assert signed.call("origination", "list_endorsements", csn=CSN[:-1] + "9").status == 404
    assert signed.call("origination", "list_endorsements", csn="1").status == 404
