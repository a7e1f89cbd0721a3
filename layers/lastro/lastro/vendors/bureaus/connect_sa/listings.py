"""Connect SA's listings: a form with the PEFIN password, whose answer is its word (docs/sources.md, bureaus).

Neither address nor fields of this service are published: they are our own, in the manner of the inquiries' form; codes
and reasons are PEFIN's, for Connect SA distributes it. What was lost on the way cannot be looked up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

import httpx

from lastro.bureaus.providers.environment import Environment, Route
from lastro.kernel.documents import Cpf, Document
from lastro.negativations.ports import Exclusion, Inclusion, Standing, Token, Word
from lastro.vendors.bureaus.bodies import BureauBody
from lastro.vendors.bureaus.connect_sa import mapping
from lastro.vendors.bureaus.connect_sa.errors import LISTING_SENTENCES, PAUSE_SECONDS, STATUSES
from lastro.vendors.bureaus.failures import failure_of, understood, unsupported
from lastro.vendors.bureaus.http import raw_of, send
from lastro.vendors.kit.amounts import write_brazilian

_LISTING = "/mercurio/ws_pefin/"


class ConnectListings:
    """The ``ListingBureau`` port spoken as Connect SA does.

    ``sms`` asks for a message to the debtor's phone on inclusion; ``responsible`` is the CPF of who answers for
    listings at the partner, where the integration names one.
    """

    def __init__(
        self,
        *,
        route: Route,
        fields: Mapping[str, str],
        http: httpx.AsyncClient,
        integrator: Mapping[str, str],
        sms: bool,
    ) -> None:
        self._route = route
        self._fields = fields
        self._http = http
        self._integrator = integrator
        self._sms = sms

    async def include(self, inclusion: Inclusion, _: Token | None) -> Word:
        form = inclusion_form(inclusion, sms=self._sms, responsible=self._fields.get("responsible_cpf"))
        return Word(Standing.INCLUDED, await self._post(form))

    async def remove(self, exclusion: Exclusion, _: Token | None) -> Word:
        form = removal_form(exclusion, responsible=self._fields.get("responsible_cpf"))
        return Word(Standing.REMOVED, await self._post(form))

    async def find(self, *_: object) -> NoReturn:
        raise unsupported("look-up of a request")

    async def follow(self, *_: object) -> NoReturn:
        raise unsupported("list of records")

    async def _post(self, form: Mapping[str, str]) -> str | None:
        """The protocol of a success. Raises what the sentence or the status of any other answer stands for."""
        request = self._http.build_request(
            "POST",
            self._route.base_url + _LISTING,
            headers={"accept": "application/json"},
            data={
                "login": self._fields.get("login", ""),
                "password": self._fields["pefin_password"],
                **self._integrator,
                "estatica": "N" if self._route.environment is Environment.PRODUCTION else "S",
                "tiporesposta": "J",
                **form,
            },
        )
        response = await send(self._http, request, self._route, acts=True)
        raw = raw_of(response)
        if not response.is_success:
            raise failure_of(STATUSES, raw, acts=True, pause=PAUSE_SECONDS)

        def read() -> str | None:
            status = mapping.check_success(BureauBody(BureauBody.parse(raw.body)), sentences=LISTING_SENTENCES)
            return status.identifier_or_none("protocolo")

        return understood(raw, read)


def inclusion_form(inclusion: Inclusion, *, sms: bool, responsible: str | None) -> dict[str, str]:
    """The form of an inclusion without its credentials; amounts and days as Brazilians write them."""
    person, debt = inclusion.person, inclusion.debt
    address = person.address
    form = {
        "operacao": "incluir",
        "referencia": inclusion.key,
        **_debtor(person.document),
        "nome": person.name,
        "telefone": person.phone,
        "cep": address.zip_code,
        "endereco": address.street,
        "numero": address.number,
        "complemento": address.complement,
        "bairro": address.district,
        "cidade": address.city,
        "uf": address.state,
        "natureza": debt.nature,
        "contrato": debt.contract,
        "valor": write_brazilian(debt.amount),
        "vencimento": f"{debt.due_on:%d/%m/%Y}",
        "credor": inclusion.creditor.value,
        "sms": "S" if sms else "N",
    }
    if person.birth_date:
        form["nascimento"] = f"{person.birth_date:%d/%m/%Y}"
    if inclusion.principal:
        form["devedorprincipal"] = inclusion.principal.value
    return form | ({"cpfresponsavel": responsible} if responsible else {})


def removal_form(exclusion: Exclusion, *, responsible: str | None) -> dict[str, str]:
    """The form of a removal without its credentials."""
    form = {
        "operacao": "baixar",
        "referencia": exclusion.key,
        **_debtor(exclusion.person),
        "contrato": exclusion.debt.contract,
        "vencimento": f"{exclusion.debt.due_on:%d/%m/%Y}",
        "credor": exclusion.creditor.value,
        "motivo": exclusion.reason,
    }
    return form | ({"cpfresponsavel": responsible} if responsible else {})


def _debtor(document: Document) -> dict[str, str]:
    return {"tipodocumento": "F" if isinstance(document, Cpf) else "J", "documento": document.value}
