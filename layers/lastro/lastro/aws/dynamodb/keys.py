"""The keys of the one table. Nothing else builds ``PK``, ``SK`` or an index key.

| entity              | PK                      | SK            | by_owner (PK / SK)             | open (PK / SK)  | read by |
|---------------------|-------------------------|---------------|--------------------------------|-----------------|---------|
| api key             | KEY#<sha256>            | KEY           |                                |                 | authorizer, one get |
| partner             | PARTNER#<id>            | PARTNER       |                                |                 | authorizer, one query |
| store of a partner  | PARTNER#<id>            | STORE#<id>    |                                |                 | list of stores, authorizer |
| store               | STORE#<id>              | STORE         |                                |                 | its banks, one get |
| lead                | STORE#<id>              | LEAD#<doc>    |                                |                 | one get; list by prefix |
| simulation          | SIM#<uuid>              | HEADER        | STORE#<id>#SIM / <time>#<uuid> | OPEN / <due>#<uuid> | one query reads all of it |
| what was asked      | SIM#<uuid>              | ASKED         |                                |                 | with its simulation: the original conditions |
| ended condition     | SIM#<uuid>              | COND#<offset> |                                |                 | with its simulation |
| pre-approval        | SIM#<uuid>              | PRE#<bank>    |                                |                 | with its simulation |
| circuit breaker     | BREAKER#<bank>          | BREAKER       |                                |                 | one get per bank and batch |
| idempotency record  | IDEM#<scope>#<key hash> | IDEM          |                                |                 | one get before an effect |
| sequence            | SEQUENCE#<name>         | SEQUENCE      |                                |                 | one update hands out a range |
| api key of a partner | PARTNER#<id>           | KEY#<key id>  |                                |                 | operator: list and revoke keys |
| bureau settings     | BUREAUS#<partner>       | SETTINGS      |                                |                 | with the partner's whole set-up, one query |
| branch              | BUREAUS#<partner>       | BRANCH#<id>   |                                |                 | with the set-up |
| CNPJ of a branch    | BUREAUS#<partner>       | CNPJ#<cnpj>   |                                |                 | never: a second branch of it cannot be put |
| bureau integration  | BUREAUS#<partner>       | INTEGRATION#… |                                |                 | with the set-up |
| secrets left over   | BUREAUS#<partner>       | LEFTOVER#…    |                                |                 | with the set-up |
| restriction codes   | BUREAU_CODES#<integration> | CODES      |                                |                 | one get with their integration |
| bureau token        | BUREAU_TOKEN#<credential> | TOKEN       |                                | BUREAU_TOKENS / <refresh moment> | one get; the refresher walks what is due |
| bureau inquiry      | INQUIRY#<uuid>          | INQUIRY       | BUREAUS#<partner>#INQUIRY / <time>#<uuid>#<what the report filters by> | INQUIRIES / <due>#… | one get; lists and the report walk keys |
| bureau report       | INQUIRY#<uuid>          | REPORT        |                                |                 | one get |
| last inquiry        | BUREAUS#<partner>#DOC#<doc> | LAST#<integration>#<report>#<question> |   |                 | one get before an inquiry |
| inquiry of a document | BUREAUS#<partner>#DOC#<doc> | ASKED#<time>#<uuid> |                    |                 | the data subject's access request |
| inquiry of a subject | BUREAUS#<partner>#SUBJECT#<kind>#<id> | <time>#<uuid> |                |                 | the subject's history |
| access request      | BUREAUS#<partner>#DOC#<doc> | ACCESS#<time>#<uuid> |                   |                 | proof that it was answered |
| process             | PROC#<id>               | PROCESS       | PARTNER#<id>#PROC / <time>#<id> |                | one query reads all of it |
| credit              | CREDIT#<csn>            | CREDIT        | PARTNER#<id>#CREDIT / <time>#<csn> | OPEN_CREDIT / <valid until>#<csn> | one query reads all of it; list; sweep of lapsed ones |
| facet of a credit   | CREDIT#<csn>            | FACET#<name>  | PARTNER#<id>#CREDIT#<name>#<value> / <time>#<csn> | | list by status, product, both, CPF or store |
| history             | PROC#<id>, CREDIT#<csn> | HISTORY#<version> |                            |                 | with its process or credit |
| step                | PROC#<id>, CREDIT#<csn> | STEP#<name>#<id> |                             | OPEN_STEP / <due>#<id> | with its process or credit; sweep of due ones |
| row of a credit     | PROC#<id>, CREDIT#<csn> | DOCUMENT#<type>, CHECK#<name>, CONTRACT#<n>, SIGNATURE, PAYOUT, ENDORSEMENT#<n> | | | with its process or credit |
| registration        | BORROWER#<place>#<cpf>  | BORROWER      |                                |                 | one get: is this CPF registered? |
| person and creditor | RELATIONSHIP#<partner>#<root>#<cpf> | RELATIONSHIP |                     |                 | one get: may the registration fee be charged? |
| totals of credits   | TOTALS#<place>#<shard>  | TOTALS        |                                |                 | sixteen shards in one batch |
| call counter        | COUNT#<scope>#<window>  | COUNT         |                                |                 | one update counts a call |
| request of a partner | REQUEST#<id>           | REQUEST       | PARTNER#<id>#REQUEST#<day>#<shard> / <time>#<id>#<what lists filter by> | | one get; four lists a day walk keys |
| callback            | PARTNER#<id>            | CALLBACK      |                                |                 | one get per delivery |
| exchange of a signing secret | PARTNER#<id>   | CALLBACK_SIGNING |                             |                 | one get before an exchange |
| delivery            | NOTICE#<id>             | DELIVERY      | PARTNER#<id>#NOTICE / <time>#<id> | OPEN_NOTICE / <due>#<id> | one get; list; sweep of owed tries |
| delivery of a store | NOTICE#<id>             | STORE         | PARTNER#<id>#NOTICE#<store> / <time>#<id> |      | list of a store's |
| receiver of notices | RECEIVER#<partner>#<name> | RECEIVER     |                                |                 | one update per try |
| body of a notice    | NOTICE#<id>             | BODY          |                                |                 | one get per try |
| product             | PARTNER#<id>            | CAAS_PRODUCT#<id> |                            |                 | one get; list of a partner's products |
| version of a product | PARTNER#<id>           | CAAS_PRODUCT_VERSION#<id>#<n> |                |                 | one get: the product as it was |
| clauses of a product | PARTNER#<id>           | CAAS_CLAUSES#<id>#<n> |                        |                 | one query per contract: those of its day |
| offer               | OFFER#<id>              | OFFER         |                                |                 | one get by the proposal that refers to it |
| client              | CLIENT#<id>             | CLIENT        |                                |                 | login and authorizer, one get |
| client of a partner | PARTNER#<id>            | CLIENT#<id>   |                                |                 | operator: list and revoke clients |
| debtor              | DEBTOR#<partner>#<uuid> | DEBTOR        | DEBTORS#<partner>#<shard> / <time>#<uuid> |      | one get; list, eight shards merged |
| boleto of a debtor  | DEBTOR#<partner>#<uuid> | BOLETO#<time>#<uuid> |                          |                 | list of a debtor's boletos |
| boleto              | BOLETO#<partner>#<uuid> | BOLETO        | BOLETOS#<partner>#<shard> / <time>#<uuid>#<what lists filter by> | COLLECT#<partner>#<branch>#<shard> / <due day>#<uuid>#<debtor>#<step>#<status> | one get; list; the collection's run walks keys of what is overdue |
| listing             | LISTING#<uuid>          | LISTING       | LISTINGS#<partner>#<shard> / <time>#<uuid>#<what lists filter by> | OPEN_LISTINGS#<shard> / <look at>#<uuid> | one get; list and report walk keys; sweep of what is due |
| listing of a boleto | BOLETO#<partner>#<uuid> | LISTING#<time>#<uuid> |                         |                 | listings that follow a payment |
| listing of a debtor | DEBTOR#<partner>#<uuid> | LISTING#<time>#<uuid> |                         |                 | a debtor's history |
| lock of a listing   | BOLETO#<partner>#<uuid> | LOCK#<bureau>#<document> |                      |                 | never two listings of one debt at one bureau |
| contract at a bureau | LISTING_CONTRACT#<partner>#<bureau>#<creditor>#<document>#<contract> | CONTRACT | |     | the same of a contract; joins a bureau's message to its listing |
| request to a bureau | LISTING_REQUEST#<partner>#<bureau>#<reference> | REQUEST |                          |                 | joins a bureau's message to its listing |
| settings of listings | LISTING_SETTINGS#<partner> | BRANCH#<id> |                             |                 | one get before a listing |
| source of messages  | EVENT_SOURCE#<secret's hash> | SOURCE   |                                |                 | one get per message of a bureau |
| message of a bureau | BUREAU_EVENT#<partner>#<bureau>#<request> | <act>#<what it says> |         | ORPHANS#<shard> / <look at>#<request> | one query with its request; sweep of those without a listing |
| pull of records     | PULL#<integration>      | PULL          |                                | PULLS / <due at> | the reconciliation walks what is due |
| boleto guaranteed   | DEBTOR#<partner>#<debtor> | GUARANTEES#<boleto> |                    |                 | what a guarantor answers for, before it is erased |
| record nobody knows | FOREIGN_RECORDS#<partner> | <document>#<contract>#<integration> |       |                 | list of differences |
| change of a boleto  | BOLETO#<partner>#<uuid> | CHANGE#<version> |                              | BOLETO_CHANGES#<shard> / <time> | sweep of changes no listing followed yet |
| import of boletos   | IMPORT#<partner>#<uuid> | IMPORT        |                                | IMPORTS / <last moved>#<uuid> | one get; sweep of those that do not move |
| deadline of a listing | (that of the listing)  | DEADLINE      | DEADLINES#<partner> / <last lawful day>#<branch>#<uuid> | LISTING_DEADLINES#<shard> / <day>#<uuid> | list of what has to be down; count of late ones |
| last day of a listing | (that of the listing)  | LAST_DAY      |                                | LISTING_LAST_DAYS#<shard> / <day>#<uuid> | the watch ends what is too old |
| collection of a branch | NEGATIVATIONS#<partner> | COLLECTION#<branch> |                        | COLLECTION_BRANCHES / <partner>#<branch> | with all of a partner's; the daily run walks the enabled ones |
| run of a collection | RUN#<partner>#<branch>#<day> | RUN          | RUNS#<partner> / <day>#<branch> | COLLECTION_RUNS / <time>#… | one get; list; sweep of unfinished ones |
| walk and tally of a run | RUN#<partner>#<branch>#<day> | WALK#<shard>, TALLY#<shard> | |                     | sixteen rows in one batch |
| boleto of a run     | RUN#<partner>#<branch>#<day> | BOLETO#<uuid> |                        | COLLECTION_WORK#<shard> / <time>#<uuid> | one get before it is worked; sweep of those not worked |
| vehicle catalogue   | CATALOGUE#<partner>     | HEAD          |                                |                 | one get: which load is in force |
| part of a catalogue | CATALOGUE#<partner>     | LOAD#<load>#… |                                |                 | one query when the load changed |
| approval rule       | APPROVALS#<partner>     | RULE#<id>     |                                |                 | one get; list by prefix |
| version of a rule   | APPROVALS#<partner>     | RULE_VERSION#<id>#<n> |                        |                 | one get: the rule as it was |
| record of a person  | PERSON#<partner>#<doc>  | RECORD#<kind>#<id> |                           | RETAINED#<shard> / <day>#<kind>#<id> | all that is kept of a person; sweep of what is over its term |
| hold in force       | PERSON#<partner>#<doc>  | HOLD#<uuid>   |                                |                 | one query before anything is erased |
| legal hold          | LEGAL_HOLD#<uuid>       | HOLD          | PARTNER#<id>#HOLD / <time>#<uuid> |              | one get; list of a partner's |
| data subject's request | SUBJECT_REQUEST#<uuid> | REQUEST     |                                | SUBJECT_REQUESTS / <due>#<uuid> | one get; sweep of overdue ones |
| request of a person | PERSON#<partner>#<doc>  | REQUEST#<time>#<uuid> |                        |                 | what waits for a hold to be lifted |

An ``open`` key that all traffic shares is spread: ``OPEN`` stands for ``OPEN#00`` to ``OPEN#15`` by the id, and for ``OPEN``
itself, where rows of before are.

``open`` is sparse: its attributes exist only while a simulation is unfinished, a credit unsigned or a step owed. ``expires`` is the TTL attribute.
A place is a partner (``<id>``) or one of its stores (``<id>@<store>``).
"""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

BY_OWNER = "by_owner"
OPEN = "open"

OPEN_SIMULATIONS = "OPEN"
OPEN_CREDITS = "OPEN_CREDIT"
OPEN_STEPS = "OPEN_STEP"
OPEN_NOTICES = "OPEN_NOTICE"
OPEN_INQUIRIES = "INQUIRIES"
OPEN_TOKENS = "BUREAU_TOKENS"
OPEN_ORPHANS = "ORPHANS"
OPEN_SHARDS = 16
"""A partition of an index takes 1,000 writes a second; what all partners write to is spread over so many."""


def open_partitions(kind: str) -> tuple[str, ...]:
    """Every partition of what is open of a kind; the first holds what was written before they were spread."""
    return (kind, *(f"{kind}#{shard:02d}" for shard in range(OPEN_SHARDS)))


def _open(kind: str, of: str, place: str) -> dict[str, str]:
    return {"open_pk": f"{kind}#{crc32(of.encode()) % OPEN_SHARDS:02d}", "open_sk": place}


@dataclass(frozen=True, slots=True)
class Key:
    """A primary key of the table."""

    pk: str
    sk: str


def api_key(digest: str) -> Key:
    return Key(f"KEY#{digest}", "KEY")


def partner(partner_id: str) -> Key:
    return Key(f"PARTNER#{partner_id}", "PARTNER")


def partner_store(partner_id: str, store_id: int) -> Key:
    return Key(f"PARTNER#{partner_id}", f"STORE#{store_id:012d}")


def store(store_id: int) -> Key:
    return Key(f"STORE#{store_id}", "STORE")


LEAD_PREFIX = "LEAD#"


def lead(store_id: int, document: str) -> Key:
    return Key(f"STORE#{store_id}", f"{LEAD_PREFIX}{document}")


def simulation(simulation_id: str) -> Key:
    return Key(f"SIM#{simulation_id}", "HEADER")


def asked(simulation_id: str) -> Key:
    """The original conditions of a simulation, together."""
    return Key(f"SIM#{simulation_id}", "ASKED")


def condition(simulation_id: str, offset: int) -> Key:
    return Key(f"SIM#{simulation_id}", f"COND#{offset:05d}")


def pre_approval(simulation_id: str, bank: str) -> Key:
    return Key(f"SIM#{simulation_id}", f"PRE#{bank}")


def breaker(bank: str) -> Key:
    return Key(f"BREAKER#{bank}", "BREAKER")


def idempotency(scope: str, digest: str) -> Key:
    return Key(f"IDEM#{scope}#{digest}", "IDEM")


def sequence(name: str) -> Key:
    return Key(f"SEQUENCE#{name}", "SEQUENCE")


def owner_index(store_id: int, created_at: str = "", simulation_id: str = "") -> dict[str, str]:
    """Attributes that place a simulation in its store's list, newest last."""
    return {"by_owner_pk": f"STORE#{store_id}#SIM", "by_owner_sk": f"{created_at}#{simulation_id}"}


def open_index(due_at: str = "", simulation_id: str = "") -> dict[str, str]:
    """Attributes that keep a simulation among the unfinished ones."""
    return _open(OPEN_SIMULATIONS, simulation_id, f"{due_at}#{simulation_id}")


PARTNER_KEY_PREFIX = "KEY#"


def partner_key(partner_id: str, key_id: str) -> Key:
    """A partner's list of its keys. Sorts before ``PARTNER``, so reading a partner with its stores passes it by."""
    return Key(f"PARTNER#{partner_id}", f"{PARTNER_KEY_PREFIX}{key_id}")


def process(process_id: str) -> Key:
    return Key(f"PROC#{process_id}", "PROCESS")


def credit(csn: str) -> Key:
    return Key(f"CREDIT#{csn}", "CREDIT")


def row(owner: Key, name: str) -> Key:
    """Anything kept in the partition of a process or credit."""
    return Key(owner.pk, name)


def history(owner: Key, version: int) -> Key:
    return Key(owner.pk, f"HISTORY#{version:06d}")


def step(owner: Key, name: str, step_id: str) -> Key:
    return Key(owner.pk, f"STEP#{name}#{step_id}")


def facet(csn: str, name: str) -> Key:
    """A row of a credit that only carries an index key: one more list that the credit is in."""
    return Key(f"CREDIT#{csn}", f"FACET#{name}")


def registration(place: str, cpf: str) -> Key:
    return Key(f"BORROWER#{place}#{cpf}", "BORROWER")


def relationship(partner_id: str, creditor: str, cpf: str) -> Key:
    """The credits of a person with a creditor (root of its CNPJ) at a partner."""
    return Key(f"RELATIONSHIP#{partner_id}#{creditor}#{cpf}", "RELATIONSHIP")


def totals(place: str, shard: int) -> Key:
    return Key(f"TOTALS#{place}#{shard:02d}", "TOTALS")


def call_count(scope: str, window: str) -> Key:
    return Key(f"COUNT#{scope}#{window}", "COUNT")


def process_index(partner_id: str, created_at: str = "", process_id: str = "") -> dict[str, str]:
    """Attributes that place a process in its partner's list, newest last."""
    return {"by_owner_pk": f"PARTNER#{partner_id}#PROC", "by_owner_sk": f"{created_at}#{process_id}"}


def credit_index(
    partner_id: str, created_at: str = "", csn: str = "", *, facet: str = "", value: str = ""
) -> dict[str, str]:
    """Attributes that place a credit, or one of its facets, in a list of its partner, newest last."""
    narrowed = f"#{facet}#{value}" if facet else ""
    return {"by_owner_pk": f"PARTNER#{partner_id}#CREDIT{narrowed}", "by_owner_sk": f"{created_at}#{csn}"}


def unsigned_index(valid_until: str = "", csn: str = "") -> dict[str, str]:
    """Attributes that keep a credit among those that may still lapse."""
    return _open(OPEN_CREDITS, csn, f"{valid_until}#{csn}")


def step_index(due_at: str = "", step_id: str = "") -> dict[str, str]:
    """Attributes that keep a step among the owed ones."""
    return _open(OPEN_STEPS, step_id, f"{due_at}#{step_id}")


def api_request(request_id: str) -> Key:
    """One request that a partner made."""
    return Key(f"REQUEST#{request_id}", "REQUEST")


def api_request_index(partner_id: str, day: str, shard: int, place: str = "") -> dict[str, str]:
    """Attributes that place a request in one of its partner's lists of the day, newest last."""
    return {"by_owner_pk": f"PARTNER#{partner_id}#REQUEST#{day}#{shard}", "by_owner_sk": place}


def callback(partner_id: str) -> Key:
    """Where a partner's notices go. Sorts before ``PARTNER``, so reading a partner with its stores passes it by."""
    return Key(f"PARTNER#{partner_id}", "CALLBACK")


def signing_rotation(partner_id: str) -> Key:
    """Who exchanges a partner's signing secret. Sorts before ``PARTNER``."""
    return Key(f"PARTNER#{partner_id}", "CALLBACK_SIGNING")


def receiver(partner_id: str, name: str) -> Key:
    """How a place answers that a partner's notices go to."""
    return Key(f"RECEIVER#{partner_id}#{name}", "RECEIVER")


def delivery(notice_id: str) -> Key:
    return Key(f"NOTICE#{notice_id}", "DELIVERY")


def notice_body(notice_id: str) -> Key:
    return Key(f"NOTICE#{notice_id}", "BODY")


def delivery_of_store(notice_id: str) -> Key:
    """A row of a delivery that only carries an index key: the list of its store."""
    return Key(f"NOTICE#{notice_id}", "STORE")


def delivery_owner_index(
    partner_id: str, created_at: str = "", notice_id: str = "", *, store_id: int | None = None
) -> dict[str, str]:
    """Attributes that place a delivery in the list of its partner, or of a store, newest last."""
    of_store = "" if store_id is None else f"#{store_id}"
    return {"by_owner_pk": f"PARTNER#{partner_id}#NOTICE{of_store}", "by_owner_sk": f"{created_at}#{notice_id}"}


def delivery_due_index(due_at: str = "", notice_id: str = "") -> dict[str, str]:
    """Attributes that keep a delivery among those the sweep owes a try."""
    return _open(OPEN_NOTICES, notice_id, f"{due_at}#{notice_id}")


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


def restriction_codes(integration_id: int) -> Key:
    return Key(f"BUREAU_CODES#{integration_id}", "CODES")


def bureau_token(credential: str) -> Key:
    return Key(f"BUREAU_TOKEN#{credential}", "TOKEN")


def due_token_index(refresh_at: str, credential: str) -> dict[str, str]:
    """Attributes that keep a token among those to be refreshed."""
    return _open(OPEN_TOKENS, credential, refresh_at)


def inquiry(inquiry_id: str) -> Key:
    return Key(f"INQUIRY#{inquiry_id}", "INQUIRY")


def inquiry_report(inquiry_id: str) -> Key:
    return Key(f"INQUIRY#{inquiry_id}", "REPORT")


def inquiry_log_index(partner_id: str, place: str = "") -> dict[str, str]:
    """Attributes that place an inquiry in its partner's log, newest last."""
    return {"by_owner_pk": f"BUREAUS#{partner_id}#INQUIRY", "by_owner_sk": place}


def open_inquiry_index(due_at: str = "", inquiry_id: str = "") -> dict[str, str]:
    """Attributes that keep an inquiry among the open ones."""
    return _open(OPEN_INQUIRIES, inquiry_id, f"{due_at}#{inquiry_id}")


LAST_PREFIX = "LAST#"


def last_inquiry(partner_id: str, document: str, integration_id: int, report: str, question: str) -> Key:
    return Key(f"BUREAUS#{partner_id}#DOC#{document}", f"{LAST_PREFIX}{integration_id}#{report}#{question}")


ASKED_PREFIX = "ASKED#"


def document_inquiry(partner_id: str, document: str, created_at: str, inquiry_id: str) -> Key:
    return Key(f"BUREAUS#{partner_id}#DOC#{document}", f"{ASKED_PREFIX}{created_at}#{inquiry_id}")


def document_access(partner_id: str, document: str, created_at: str, request_id: str) -> Key:
    return Key(f"BUREAUS#{partner_id}#DOC#{document}", f"ACCESS#{created_at}#{request_id}")


def subject_inquiry(partner_id: str, kind: str, subject_id: str, created_at: str = "", inquiry_id: str = "") -> Key:
    return Key(f"BUREAUS#{partner_id}#SUBJECT#{kind}#{subject_id}", f"{created_at}#{inquiry_id}")


RECORD_PREFIX = "RECORD#"
HOLD_PREFIX = "HOLD#"
REQUEST_PREFIX = "REQUEST#"


def retained(partner_id: str, document: str, kind: str, record_id: str) -> Key:
    """What leads from a person to one thing that is kept of them."""
    return Key(f"PERSON#{partner_id}#{document}", f"{RECORD_PREFIX}{kind}#{record_id}")


def retained_index(shard: int, look_on: str = "", kind: str = "", record_id: str = "") -> dict[str, str]:
    """Attributes that keep a record among those to be looked at on a day."""
    return {"open_pk": f"RETAINED#{shard:02d}", "open_sk": f"{look_on}#{kind}#{record_id}"}


def legal_hold(partner_id: str, document: str, hold_id: str) -> Key:
    return Key(f"PERSON#{partner_id}#{document}", f"{HOLD_PREFIX}{hold_id}")


def hold(hold_id: str) -> Key:
    """Leads from a hold to its person."""
    return Key(f"LEGAL_HOLD#{hold_id}", "HOLD")


def hold_owner_index(partner_id: str, set_at: str = "", hold_id: str = "") -> dict[str, str]:
    """Attributes that place a hold in its partner's list, newest last."""
    return {"by_owner_pk": f"PARTNER#{partner_id}#HOLD", "by_owner_sk": f"{set_at}#{hold_id}"}


def subject_request(request_id: str) -> Key:
    return Key(f"SUBJECT_REQUEST#{request_id}", "REQUEST")


def person_request(partner_id: str, document: str, created_at: str, request_id: str) -> Key:
    """A row of a person that leads to what was asked for about them."""
    return Key(f"PERSON#{partner_id}#{document}", f"{REQUEST_PREFIX}{created_at}#{request_id}")


def subject_request_index(due_at: str = "", request_id: str = "") -> dict[str, str]:
    """Attributes that keep a request among the unfinished ones."""
    return {"open_pk": "SUBJECT_REQUESTS", "open_sk": f"{due_at}#{request_id}"}


def product(partner_id: str, product_id: int) -> Key:
    """Sorts before ``PARTNER``, as every row of a partner that the authorizer has no use for."""
    return Key(f"PARTNER#{partner_id}", f"CAAS_PRODUCT#{product_id:012d}")


def product_clauses(partner_id: str, product_id: int) -> Key:
    """What a partner adds to the contracts of a product; each version is a row below it."""
    return Key(f"PARTNER#{partner_id}", f"CAAS_CLAUSES#{product_id:012d}")


def product_version(partner_id: str, product_id: int, version: int) -> Key:
    return Key(f"PARTNER#{partner_id}", f"CAAS_PRODUCT_VERSION#{product_id:012d}#{version:06d}")


def offer(offer_id: str) -> Key:
    return Key(f"OFFER#{offer_id}", "OFFER")


def client(client_id: int) -> Key:
    return Key(f"CLIENT#{client_id}", "CLIENT")


PARTNER_CLIENT_PREFIX = "CLIENT#"


def partner_client(partner_id: str, client_id: int) -> Key:
    """A partner's list of its clients. Sorts before ``PARTNER``."""
    return Key(f"PARTNER#{partner_id}", f"{PARTNER_CLIENT_PREFIX}{client_id:012d}")


BOLETO_SHARDS = 8
"""Partitions of an index over which a partner's debtors and boletos are spread."""


def boleto_shard(debtor_id: str) -> int:
    """All of a debtor lies in one shard."""
    return crc32(debtor_id.encode()) % BOLETO_SHARDS


def debtor(partner_id: str, debtor_id: str) -> Key:
    return Key(f"DEBTOR#{partner_id}#{debtor_id}", "DEBTOR")


def debtor_index(partner_id: str, shard: int, place: str = "") -> dict[str, str]:
    """Attributes that place a debtor in its partner's list, newest last."""
    return {"by_owner_pk": f"DEBTORS#{partner_id}#{shard}", "by_owner_sk": place}


DEBTOR_BOLETO_PREFIX = "BOLETO#"


def debtor_boleto(partner_id: str, debtor_id: str, place: str) -> Key:
    """``place`` is ``<time>#<boleto id>``."""
    return Key(f"DEBTOR#{partner_id}#{debtor_id}", f"{DEBTOR_BOLETO_PREFIX}{place}")


def guaranteed_boleto(partner_id: str, debtor_id: str, boleto_id: str) -> Key:
    """A boleto that a debtor answers, or answered, for."""
    return Key(f"DEBTOR#{partner_id}#{debtor_id}", f"GUARANTEES#{boleto_id}")


def boleto(partner_id: str, boleto_id: str) -> Key:
    return Key(f"BOLETO#{partner_id}#{boleto_id}", "BOLETO")


def boleto_index(partner_id: str, shard: int, place: str = "") -> dict[str, str]:
    """Attributes that place a boleto in its partner's list, newest last."""
    return {"by_owner_pk": f"BOLETOS#{partner_id}#{shard}", "by_owner_sk": place}


def collection_index(partner_id: str, branch_id: int, shard: int, place: str = "") -> dict[str, str]:
    """Attributes that keep a boleto among those of a branch that may still be collected, earliest due day first."""
    return {"open_pk": f"COLLECT#{partner_id}#{branch_id}#{shard}", "open_sk": place}


LISTING_PREFIX = "LISTING#"


def listing(listing_id: str) -> Key:
    return Key(f"LISTING#{listing_id}", "LISTING")


def listing_index(partner_id: str, shard: int, place: str = "") -> dict[str, str]:
    """Attributes that place a listing in its partner's list, newest last."""
    return {"by_owner_pk": f"LISTINGS#{partner_id}#{shard}", "by_owner_sk": place}


def due_listing_index(shard: int, look_at: str = "") -> dict[str, str]:
    """Attributes that keep a listing among those that somebody is to look at."""
    return {"open_pk": f"OPEN_LISTINGS#{shard}", "open_sk": look_at}


def boleto_listing(partner_id: str, boleto_id: str, place: str) -> Key:
    """``place`` is ``<time>#<listing id>``."""
    return Key(f"BOLETO#{partner_id}#{boleto_id}", f"{LISTING_PREFIX}{place}")


def debtor_listing(partner_id: str, debtor_id: str, place: str) -> Key:
    """``place`` is ``<time>#<listing id>``."""
    return Key(f"DEBTOR#{partner_id}#{debtor_id}", f"{LISTING_PREFIX}{place}")


def listing_lock(partner_id: str, boleto_id: str, bureau: str, document: str) -> Key:
    return Key(f"BOLETO#{partner_id}#{boleto_id}", f"LOCK#{bureau}#{document}")


def listing_contract(partner_id: str, bureau: str, creditor: str, document: str, contract: str) -> Key:
    return Key(f"LISTING_CONTRACT#{partner_id}#{bureau}#{creditor}#{document}#{contract}", "CONTRACT")


def listing_request(partner_id: str, bureau: str, reference: str) -> Key:
    """``reference`` is our id of a request, or the bureau's."""
    return Key(f"LISTING_REQUEST#{partner_id}#{bureau}#{reference}", "REQUEST")


def listing_settings(partner_id: str, branch_id: int) -> Key:
    return Key(f"LISTING_SETTINGS#{partner_id}", f"BRANCH#{branch_id:012d}")


def event_source(digest: str) -> Key:
    return Key(f"EVENT_SOURCE#{digest}", "SOURCE")


def bureau_event(partner_id: str, bureau: str, request: str, name: str) -> Key:
    return Key(f"BUREAU_EVENT#{partner_id}#{bureau}#{request}", name)


def orphan_index(request: str, look_at: str = "") -> dict[str, str]:
    """Attributes that keep a bureau's message among those without a listing that are looked for again."""
    return _open(OPEN_ORPHANS, request, f"{look_at}#{request}")


def pull(integration_id: int) -> Key:
    return Key(f"PULL#{integration_id}", "PULL")


def pull_index(due_at: str = "") -> dict[str, str]:
    """Attributes that keep an integration among those whose records are read."""
    return {"open_pk": "PULLS", "open_sk": due_at}


def foreign_record(partner_id: str, document: str, contract: str, integration_id: int) -> Key:
    """Two bureaus may list the same contract."""
    return Key(f"FOREIGN_RECORDS#{partner_id}", f"{document}#{contract}#{integration_id}")


def boleto_change(partner_id: str, boleto_id: str, version: int) -> Key:
    return Key(f"BOLETO#{partner_id}#{boleto_id}", f"CHANGE#{version:08d}")


def boleto_change_index(shard: int, changed_at: str = "") -> dict[str, str]:
    """Attributes that keep a change among those that listings have not followed."""
    return {"open_pk": f"BOLETO_CHANGES#{shard}", "open_sk": changed_at}


def catalogue(partner_id: str) -> Key:
    """Which load of a partner's vehicle models is in force."""
    return Key(f"CATALOGUE#{partner_id}", "HEAD")


CATALOGUE_PARTS = "LOAD#"


def catalogue_load(load: str) -> str:
    """What the sort keys of a load's parts begin with."""
    return f"{CATALOGUE_PARTS}{load}#"


def catalogue_part(partner_id: str, load: str, number: int) -> Key:
    return Key(f"CATALOGUE#{partner_id}", f"{catalogue_load(load)}{number:06d}")


def approval_rule(partner_id: str, rule_id: int) -> Key:
    return Key(f"APPROVALS#{partner_id}", f"RULE#{rule_id:012d}")


def approval_rule_version(partner_id: str, rule_id: int, version: int) -> Key:
    """Sorts behind every rule, so that a list of rules passes versions by."""
    return Key(f"APPROVALS#{partner_id}", f"RULE_VERSION#{rule_id:012d}#{version:06d}")


def collection(partner_id: str, branch_id: int) -> Key:
    """What a branch does about boletos that are not paid."""
    return Key(f"NEGATIVATIONS#{partner_id}", f"{COLLECTION_PREFIX}{branch_id:012d}")


COLLECTION_PREFIX = "COLLECTION#"


def enabled_collection_index(partner_id: str = "", branch_id: int = 0) -> dict[str, str]:
    """Attributes that keep a branch among those that the daily run is for."""
    return {"open_pk": "COLLECTION_BRANCHES", "open_sk": f"{partner_id}#{branch_id:012d}"}


def collection_run(partner_id: str, branch_id: int, day: str) -> Key:
    return Key(f"RUN#{partner_id}#{branch_id}#{day}", "RUN")


def collection_walk(run: Key, shard: int) -> Key:
    return Key(run.pk, f"WALK#{shard}")


def collection_tally(run: Key, shard: int) -> Key:
    return Key(run.pk, f"TALLY#{shard}")


COLLECTED_PREFIX = "BOLETO#"


def collected_boleto(run: Key, boleto_id: str) -> Key:
    return Key(run.pk, f"{COLLECTED_PREFIX}{boleto_id}")


def collection_run_index(partner_id: str, day: str = "", branch_id: int = 0) -> dict[str, str]:
    """Attributes that place a run in its partner's list, newest last."""
    return {"by_owner_pk": f"RUNS#{partner_id}", "by_owner_sk": f"{day}#{branch_id:012d}"}


def open_run_index(started_at: str = "", run_id: str = "") -> dict[str, str]:
    """Attributes that keep a run among the unfinished ones."""
    return {"open_pk": "COLLECTION_RUNS", "open_sk": f"{started_at}#{run_id}"}


def collection_work_index(shard: int, queued_at: str = "", boleto_id: str = "") -> dict[str, str]:
    """Attributes that keep a boleto of a run among those that wait for their work."""
    return {"open_pk": f"COLLECTION_WORK#{shard}", "open_sk": f"{queued_at}#{boleto_id}"}


def boleto_import(partner_id: str, import_id: str) -> Key:
    return Key(f"IMPORT#{partner_id}#{import_id}", "IMPORT")


def open_import_index(moved_at: str = "", import_id: str = "") -> dict[str, str]:
    """Attributes that keep an import among those that are not ended."""
    return {"open_pk": "IMPORTS", "open_sk": f"{moved_at}#{import_id}"}


def deadline_index(partner_id: str, place: str = "") -> dict[str, str]:
    """Attributes that place the deadline of a listing in its partner's list, the earliest first."""
    return {"by_owner_pk": f"DEADLINES#{partner_id}", "by_owner_sk": place}


def open_deadline_index(shard: int, place: str = "") -> dict[str, str]:
    """Attributes that keep a deadline among those of all partners."""
    return {"open_pk": f"LISTING_DEADLINES#{shard}", "open_sk": place}


def last_day_index(shard: int, place: str = "") -> dict[str, str]:
    """Attributes that keep a listing among those that may stand until a day."""
    return {"open_pk": f"LISTING_LAST_DAYS#{shard}", "open_sk": place}
