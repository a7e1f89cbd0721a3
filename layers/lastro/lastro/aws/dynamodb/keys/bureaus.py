"""Keys of bureaus' settings, tokens and inquiries.

| entity              | PK                      | SK            | by_owner (PK / SK)             | open (PK / SK)  | read by |
|---------------------|-------------------------|---------------|--------------------------------|-----------------|---------|
| bureau settings     | BUREAUS#<partner>       | SETTINGS      |                                |                 | with the partner's whole set-up, one query |
| branch              | BUREAUS#<partner>       | BRANCH#<id>   |                                |                 | with the set-up |
| CNPJ of a branch    | BUREAUS#<partner>       | CNPJ#<cnpj>   |                                |                 | never: a second branch of it cannot be put |
| bureau integration  | BUREAUS#<partner>       | INTEGRATION#… |                                |                 | with the set-up |
| secrets left over   | BUREAUS#<partner>       | LEFTOVER#…    |                                |                 | with the set-up |
| listing that stands | BUREAU_HOLDS#<partner>#<integration or branch>#<id> | LISTING#<uuid> |         |                 | one row is enough: what listings stand on is not taken away |
| integration that closes | BUREAU_HOLDS#<partner>#integration#<id> | CLOSING |           |                 | one get before an inclusion leaves |
| restriction codes   | BUREAU_CODES#<integration> | CODES      |                                |                 | one get with their integration |
| bureau token        | BUREAU_TOKEN#<credential> | TOKEN       |                                | BUREAU_TOKENS / <refresh moment> | one get; the refresher walks what is due |
| bureau inquiry      | INQUIRY#<uuid>          | INQUIRY       | BUREAUS#<partner>#INQUIRY / <time>#<uuid>#<what the report filters by> | INQUIRIES / <due>#… | one get; lists and the report walk keys |
| bureau report       | INQUIRY#<uuid>          | REPORT        |                                |                 | one get |
| last inquiry        | BUREAUS#<partner>#DOC#<doc> | LAST#<integration>#<report>#<question> |   |                 | one get before an inquiry |
| inquiry of a document | BUREAUS#<partner>#DOC#<doc> | ASKED#<time>#<uuid> |                    |                 | the data subject's access request |
| inquiry of a subject | BUREAUS#<partner>#SUBJECT#<kind>#<id> | <time>#<uuid> |                |                 | the subject's history |
| access request      | BUREAUS#<partner>#DOC#<doc> | ACCESS#<time>#<uuid> |                   |                 | proof that it was answered |
"""

from __future__ import annotations

from lastro.aws.dynamodb.keys import Key, open_place

OPEN_INQUIRIES = "INQUIRIES"
OPEN_TOKENS = "BUREAU_TOKENS"


def bureau_settings(partner_id: str) -> Key:
    return Key(f"BUREAUS#{partner_id}", "SETTINGS")


def branch(partner_id: str, branch_id: int) -> Key:
    return Key(f"BUREAUS#{partner_id}", f"BRANCH#{branch_id:012d}")


def bureau_integration(partner_id: str, integration_id: int) -> Key:
    return Key(f"BUREAUS#{partner_id}", f"INTEGRATION#{integration_id:012d}")


def branch_cnpj(partner_id: str, cnpj: str) -> Key:
    return Key(f"BUREAUS#{partner_id}", f"CNPJ#{cnpj}")


def leftover_secrets(partner_id: str, integration_id: int) -> Key:
    return Key(f"BUREAUS#{partner_id}", f"LEFTOVER#{integration_id:012d}")


HOLD_PREFIX = "LISTING#"


def bureau_hold(partner_id: str, kind: str, number: int, listing_id: str = "") -> Key:
    """``kind`` is integration or branch, ``number`` its id."""
    return Key(f"BUREAU_HOLDS#{partner_id}#{kind}#{number}", f"{HOLD_PREFIX}{listing_id}")


def closing_integration(partner_id: str, integration_id: int) -> Key:
    return Key(bureau_hold(partner_id, "integration", integration_id).pk, "CLOSING")


def restriction_codes(integration_id: int) -> Key:
    return Key(f"BUREAU_CODES#{integration_id}", "CODES")


def bureau_token(credential: str) -> Key:
    return Key(f"BUREAU_TOKEN#{credential}", "TOKEN")


def due_token_index(refresh_at: str, credential: str) -> dict[str, str]:
    """Attributes that keep a token among those to be refreshed."""
    return open_place(OPEN_TOKENS, credential, refresh_at)


def inquiry(inquiry_id: str) -> Key:
    return Key(f"INQUIRY#{inquiry_id}", "INQUIRY")


def inquiry_report(inquiry_id: str) -> Key:
    return Key(f"INQUIRY#{inquiry_id}", "REPORT")


def inquiry_log_index(partner_id: str, place: str = "") -> dict[str, str]:
    """Attributes that place an inquiry in its partner's log, newest last."""
    return {"by_owner_pk": f"BUREAUS#{partner_id}#INQUIRY", "by_owner_sk": place}


def open_inquiry_index(due_at: str = "", inquiry_id: str = "") -> dict[str, str]:
    """Attributes that keep an inquiry among the open ones."""
    return open_place(OPEN_INQUIRIES, inquiry_id, f"{due_at}#{inquiry_id}")


def last_inquiry(partner_id: str, document: str, integration_id: int, report: str, question: str) -> Key:
    return Key(f"BUREAUS#{partner_id}#DOC#{document}", f"LAST#{integration_id}#{report}#{question}")


ASKED_PREFIX = "ASKED#"


def document_inquiry(partner_id: str, document: str, created_at: str, inquiry_id: str) -> Key:
    return Key(f"BUREAUS#{partner_id}#DOC#{document}", f"{ASKED_PREFIX}{created_at}#{inquiry_id}")


def document_access(partner_id: str, document: str, created_at: str, request_id: str) -> Key:
    return Key(f"BUREAUS#{partner_id}#DOC#{document}", f"ACCESS#{created_at}#{request_id}")


def subject_inquiry(partner_id: str, kind: str, subject_id: str, created_at: str = "", inquiry_id: str = "") -> Key:
    return Key(f"BUREAUS#{partner_id}#SUBJECT#{kind}#{subject_id}", f"{created_at}#{inquiry_id}")
