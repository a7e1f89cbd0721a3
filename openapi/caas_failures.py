"""The errors that the calls of the CaaS journey can give beside those every call can give."""

from __future__ import annotations

from collections.abc import Mapping

from lastro.kernel.errors import (
    BusinessRefusal,
    Conflict,
    FieldError,
    Forbidden,
    LastroError,
    NotFound,
    PayloadTooLarge,
    TooManyRequests,
)

_NO_PROCESS = NotFound("There is no such process.", code="unknown_process")
_NO_PRODUCT = NotFound("There is no product 1.", code="product_not_found")
_NO_PROPOSAL = NotFound("There is no such proposal.", code="unknown_proposal")
_CHANGED_PROPOSAL = Conflict("Somebody else changed this proposal; look at it again.", code="changed_meanwhile")
_CHANGED = Conflict("Others keep changing this process; try again.", code="changed_meanwhile")
_BLOCKED = TooManyRequests(
    "Over 50 calls about this CPF in this window; blocked until it ends.", retry_after=1200, code="client_blocked"
)

CAAS: Mapping[str, tuple[LastroError, ...]] = {
    "create_simple_signup": (
        Conflict("This CPF is already registered, in process 8f14e45fceea467f.", code="already_registered"),
        Conflict("Others keep registering this CPF; try again.", code="changed_meanwhile"),
        TooManyRequests(
            "Over 20 calls about this CPF in this window; blocked until it ends.",
            retry_after=54000,
            code="client_blocked",
        ),
    ),
    "create_proposal": (
        _NO_PROCESS,
        NotFound("There is no such product of this partner.", code="product_not_found"),
        NotFound("There is no such offer for this person.", code="unknown_offer"),
        Conflict("The process is in SIGNUP_ANALISIS: this is not its turn.", code="wrong_state"),
        Conflict(
            "This process has 10 unsigned proposals; 10 are allowed. Expire them first.", code="too_many_proposals"
        ),
        Conflict("The offer is no longer valid; simulate again.", code="offer_expired"),
        _CHANGED,
        BusinessRefusal(
            "The proposal differs from its offer.",
            code="offer_mismatch",
            errors=[FieldError("value", "differs_from_offer", "value is not what the offer says.")],
        ),
        BusinessRefusal("A new credit cannot be released on a day gone by.", code="release_date_passed"),
    ),
    "put_document": (
        _NO_PROCESS,
        Conflict("Propose first: a document belongs to a proposal.", code="no_proposal"),
        Conflict("No proposal of this process takes this document any more.", code="wrong_state"),
        _CHANGED,
        PayloadTooLarge("The file is over 4000000 bytes.", code="document_too_large"),
    ),
    "get_process_status": (_NO_PROCESS, _BLOCKED),
    "expire_proposals": (
        _NO_PROCESS,
        Conflict("The process is in SIGNUP_COMPLETED: this is not its turn.", code="wrong_state"),
        Conflict("No proposal of this process can expire.", code="nothing_to_expire"),
        _CHANGED,
        _BLOCKED,
    ),
    "get_proposal": (_NO_PROPOSAL,),
    "get_contract": (
        _NO_PROPOSAL,
        _BLOCKED,
        Conflict("The contract is not generated yet.", code="contract_not_generated"),
        Conflict("The proposal is in REPROVADO: it has no contract.", code="wrong_state"),
    ),
    "sign_contract": (
        _NO_PROPOSAL,
        _BLOCKED,
        Conflict("The contract is not generated yet.", code="contract_not_generated"),
        Conflict("The proposal is no longer valid.", code="proposal_expired"),
        Conflict("The proposal is in EXPIRADO: this is not its turn.", code="wrong_state"),
        _CHANGED_PROPOSAL,
        BusinessRefusal("A checksum is not that of a contract of this proposal.", code="checksum_mismatch"),
        BusinessRefusal("Accept the checksums of all 2 contracts.", code="checksum_missing"),
        BusinessRefusal(
            "With what this person signed meanwhile, the instalment is above the product's share of the income.",
            code="income_commitment_exceeded",
        ),
        Conflict(
            "The release date has gone by; the contract is being made again for today. Read it in a moment.",
            code="contract_outdated",
        ),
        Conflict(
            "This contract was made again for another day; read the new one and accept that.", code="contract_replaced"
        ),
    ),
    "get_product_clauses": (_NO_PRODUCT,),
    "put_product_clauses": (
        _NO_PRODUCT,
        Conflict("The clauses were changed meanwhile; read them again.", code="clauses_changed"),
    ),
    "get_signed_contract": (
        _NO_PROPOSAL,
        Conflict("The contract is not signed.", code="contract_not_signed"),
        Conflict("The signed contract is being prepared; try again.", code="signed_contract_not_ready"),
    ),
    "get_disbursement": (_NO_PROPOSAL,),
    "retry_disbursement": (
        _NO_PROPOSAL,
        Conflict("The proposal is in LIBERADO: this is not its turn.", code="wrong_state"),
        Forbidden(
            "The payer does not confirm that this account is the borrower's; somebody else must send it.",
            code="same_principal",
        ),
        Conflict("The payer does not say yet what became of payout 1; try again later.", code="payout_unsettled"),
        Conflict("Payout 1 went through after all; nothing is paid again.", code="payout_went_through"),
        _CHANGED_PROPOSAL,
    ),
    "list_endorsements": (_NO_PROPOSAL,),
    "create_endorsement": (
        _NO_PROPOSAL,
        Conflict("Only a disbursed CCB can be endorsed.", code="wrong_state"),
        _CHANGED_PROPOSAL,
        BusinessRefusal("The endorsee already holds this CCB.", code="same_holder"),
        BusinessRefusal("A CCB has at most 100 endorsements.", code="chain_too_long"),
    ),
}
