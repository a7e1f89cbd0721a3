"""What is known of each provider without asking it: light enough for every HTTP function to import.

The fields of an integration are those of the ERPs' forms (docs/sources.md); reports and optional features those of
the bureau's catalogue. What an inquiry costs is in no public document: the price is a datum of the integration.
Nothing here reaches the network; ``gateway.open_bureau`` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from lastro.bureaus.providers import serasa_reports
from lastro.bureaus.providers.environment import Environment
from lastro.kernel.dataclass import dataclass

FEDERAL_UNITS = frozenset(
    [
        *("AC", "AL", "AM", "AP", "BA", "CE", "DF", "ES", "GO", "MA", "MG", "MS", "MT", "PA"),
        *("PB", "PE", "PI", "PR", "RJ", "RN", "RO", "RR", "RS", "SC", "SE", "SP", "TO"),
    ]
)


class Person(StrEnum):
    """Whom a report or a code is for."""

    NATURAL = "natural"
    LEGAL = "legal"


class FieldKind(StrEnum):
    """How a field of an integration is checked."""

    TEXT = "text"
    FLAG = "flag"
    CODE = "code"
    CPF = "cpf"
    CNPJ = "cnpj"
    FEDERAL_UNIT = "federal_unit"
    REPORTS = "reports"


@dataclass(frozen=True)
class IntegrationField:
    """One field of an integration: its name, its label on the screen, how it is checked, whether it is a secret."""

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    secret: bool = False
    required: bool = True


@dataclass(frozen=True)
class ReportFacts:
    """A report by the provider's name for it; ``person`` is ``None`` where it serves both."""

    code: str
    name: str
    person: Person | None = None


@dataclass(frozen=True)
class BureauFacts:
    """One provider. A false ``lists_*`` or ``finds_inquiries`` says that the provider has no such operation.

    ``homologation_url`` is ``None`` where the provider has no test host of its own: homologation then works only
    against an address given by configuration. An empty ``reports`` says that they are to be asked for.
    ``integrator_keys`` are what the provider gave to this system rather than to an integration; calls carry them.
    ``simulates`` says that homologation asks for made-up answers, which nobody charges.
    """

    code: str
    name: str
    fields: tuple[IntegrationField, ...]
    production_url: str
    homologation_url: str | None = None
    uses_tokens: bool = False
    lists_reports: bool = False
    lists_codes: bool = False
    finds_inquiries: bool = False
    reports: tuple[ReportFacts, ...] = ()
    features: Mapping[Person, tuple[str, ...]] | None = None
    integrator_keys: tuple[str, ...] = ()
    simulates: bool = False

    @property
    def secret_fields(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields if field.secret)

    @property
    def plain_fields(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields if not field.secret)

    def url(self, environment: Environment, override: str | None = None) -> str | None:
        """The base address, without a slash at its end; ``None`` where there is none for the environment.

        ``override`` is the root of a test service that plays every provider; ``Route`` tells where it may be.
        """
        if override:
            return f"{override.rstrip('/')}/bureaus/{self.code}"
        return self.production_url if environment is Environment.PRODUCTION else self.homologation_url


_RESTRICTION = IntegrationField("restriction_code", "Código de restrição", FieldKind.CODE, required=False)
_LEGAL_RESTRICTION = IntegrationField(
    "legal_person_restriction_code", "Cód. Restrição Pessoa Jurídica", FieldKind.CODE, required=False
)
_REMOVAL = IntegrationField("removal_code", "Código para baixa", FieldKind.CODE, required=False)

SERASA = BureauFacts(
    code="serasa",
    name="Serasa Experian",
    fields=(
        IntegrationField("client_id", "Client ID", secret=True),
        IntegrationField("client_secret", "Client Secret", secret=True),
        IntegrationField("reports", "Relatório", FieldKind.REPORTS),
        IntegrationField("federal_unit", "UF", FieldKind.FEDERAL_UNIT, required=False),
        IntegrationField("retailer_document", "CNPJ da empresa consultante", FieldKind.CNPJ, required=False),
    ),
    production_url="https://api.serasaexperian.com.br",
    homologation_url="https://uat-api.serasaexperian.com.br",
    uses_tokens=True,
    lists_reports=True,
    reports=(
        *(ReportFacts(code, name, Person.NATURAL) for code, name in serasa_reports.NATURAL_REPORTS.items()),
        *(ReportFacts(code, name, Person.LEGAL) for code, name in serasa_reports.LEGAL_REPORTS.items()),
    ),
    features={
        Person.NATURAL: serasa_reports.NATURAL_FEATURES,
        Person.LEGAL: serasa_reports.LEGAL_FEATURES,
    },
)
CREDITO_NA_MEDIDA = BureauFacts(
    code="credito_na_medida",
    name="Crédito na Medida",
    fields=(
        IntegrationField("client_id", "Client ID", secret=True),
        IntegrationField("client_secret", "Client Secret", secret=True),
        _RESTRICTION,
        _LEGAL_RESTRICTION,
        _REMOVAL,
    ),
    # The one public host of the provider; its API has no published address (docs/sources.md).
    production_url="https://appv2.creditonamedida.com.br",
    uses_tokens=True,
    lists_reports=True,
    lists_codes=True,
    finds_inquiries=True,
    reports=(
        ReportFacts("CONSULTA_PF", "Consulta pessoa física", Person.NATURAL),
        ReportFacts("CONSULTA_PJ", "Consulta pessoa jurídica", Person.LEGAL),
    ),
)
CONNECT_SA = BureauFacts(
    code="connect_sa",
    name="Connect SA",
    fields=(
        IntegrationField("login", "Login"),
        IntegrationField("inquiry_password", "Senha consulta", secret=True),
        IntegrationField("pefin_password", "Senha pefin", secret=True),
        IntegrationField("plan", "Plano para consultas", FieldKind.CODE),
        IntegrationField("sms_on_inclusion", "Envia SMS na inclusão", FieldKind.FLAG, required=False),
        IntegrationField("responsible_cpf", "CPF responsável pela negativação", FieldKind.CPF, required=False),
        _RESTRICTION,
        _REMOVAL,
    ),
    production_url="https://sistemas.connectsa.com.br",
    lists_reports=True,
    integrator_keys=("idclient", "apikey"),
    simulates=True,
    reports=(
        ReportFacts("INDICADOR_NEGATIVOS", "Indicador de Negativos"),
        ReportFacts("CREDNET_TOP", "Crednet Top"),
        ReportFacts("CREDNET_LIGHT", "Crednet Light"),
    ),
)
SPC_BRASIL = BureauFacts(
    code="spc_brasil",
    name="SPC Brasil",
    fields=(
        IntegrationField("login", "Login"),
        IntegrationField("password", "Senha", secret=True),
        _RESTRICTION,
        _REMOVAL,
    ),
    production_url="https://servicos.spc.org.br",
    homologation_url="https://homologacao.spc.org.br",
    lists_reports=True,
)

BUREAUS: Mapping[str, BureauFacts] = {
    facts.code: facts for facts in (SERASA, CREDITO_NA_MEDIDA, CONNECT_SA, SPC_BRASIL)
}
"""Every provider by its code."""
