"""Open the demo partners with the operator's commands, all in one process: `python -m sandbox.cloud.seeding.partners`.

The first one has the synthetic table of vehicle models, and the certificate that signs contracts is made and stored.

Prints a JSON list, one `{"partner_id", "api_key", "store_id", "client_id", "client_secret"}` for each partner.
Environment as for the operator command.
"""

import json

from lastro.aws.secrets import Secrets
from lastro.kernel.banks import BANKS
from lastro.kernel.calendar import CLOCK
from lastro.operator.command import (
    create_client,
    create_key,
    create_partner,
    create_person,
    create_store,
    open_registration,
    set_payer_key,
)
from lastro.origination.contracts.seals.identity import IDENTITY
from lastro.vehicles.wiring import open_loading
from sandbox.catalogue import make_catalogue
from sandbox.cloud.seeding.people import DEMO_PASSWORD, PEOPLE
from sandbox.cloud.seeding.signing_identity import make_identity
from sandbox.cloud.settings import STACK

# (partner, its store, the store's made-up CNPJ)
PARTNERS = (
    ("Rede Demonstração", "Loja Centro", "11222333000181"),
    ("Outra Rede", "Loja Norte", "99888777000100"),
)

PAYER_KEY = "sandbox-payer-key"
"""The sandbox payer takes any key without the word ``invalid``."""


def main() -> None:
    registration = open_registration()
    set_payer_key(registration, PAYER_KEY)
    shops: list[dict[str, object]] = []
    for name, store_name, cnpj in PARTNERS:
        partner_id = create_partner(registration, name)["partner_id"]
        store = create_store(registration, partner_id, store_name, cnpj, list(BANKS), uf="SP", city="São Paulo")
        if not shops:
            for person, email, job in PEOPLE:
                create_person(registration, partner_id, person, email, job, lasting_password=DEMO_PASSWORD)
            open_loading().load(partner_id, make_catalogue().encode())
        key = create_key(registration, partner_id)
        client = create_client(registration, partner_id)
        shops.append(
            {
                "partner_id": partner_id,
                "api_key": key["api_key"],
                "store_id": store["store_id"],
                "client_id": client["client_id"],
                "client_secret": client["client_secret"],
            }
        )
    Secrets(STACK).store(IDENTITY, make_identity("Sociedade de Crédito Direto (demonstração)", CLOCK.now()))
    print(json.dumps(shops))


if __name__ == "__main__":
    main()
