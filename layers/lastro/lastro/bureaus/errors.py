"""What this context says when it refuses: codes, and texts in Portuguese. What bureaus answer is in ``reasons``."""

from __future__ import annotations

from lastro.kernel.errors import BusinessRefusal, Conflict, FieldRule, Forbidden, NotFound, Refusal

# Set-up
BRANCH_NOT_FOUND = Refusal(NotFound, "branch_not_found", "Esta filial não existe.")
BRANCH_EXISTS = Refusal(Conflict, "branch_exists", "Já existe uma filial com este CNPJ.")
BRANCH_TAKEN = Refusal(
    Conflict,
    "branch_has_integration",
    "Esta filial já tem uma integração com birô de crédito; só uma é permitida por filial.",
)
BRANCH_IN_USE = Refusal(
    Conflict, "branch_has_integration", "Uma integração pertence a esta filial; remova a integração antes."
)
BRANCH_HAS_LISTINGS = Refusal(
    Conflict,
    "branch_has_negativations",
    "Há negativações desta filial no birô, ou que podem estar lá; peça a baixa de todas antes.",
)
BRANCH_BUSY = Refusal(Conflict, "branch_busy", "Outras requisições não param de alterar esta filial; tente de novo.")
TOO_MANY_BRANCHES = Refusal(Conflict, "too_many_branches", "Um parceiro tem no máximo {most} filiais.")
INTEGRATION_NOT_FOUND = Refusal(NotFound, "integration_not_found", "Esta integração não existe.")
INTEGRATION_HAS_LISTINGS = Refusal(
    Conflict,
    "integration_has_negativations",
    "Há negativações feitas por esta integração no birô, ou que podem estar lá, e só ela as baixa; peça a baixa de "
    "todas antes.",
)
INTEGRATION_BUSY = Refusal(
    Conflict, "integration_busy", "Outras requisições não param de alterar esta integração; tente de novo."
)
TOO_MANY_INTEGRATIONS = Refusal(Conflict, "too_many_integrations", "Um parceiro tem no máximo {most} integrações.")
UNKNOWN_SECRET = Refusal(NotFound, "unknown_secret", "Este birô não tem um segredo com este nome.")
NO_CODE_LIST = Refusal(BusinessRefusal, "no_code_list", "Este birô não tem listas a buscar.")
SETTINGS_BUSY = Refusal(
    Conflict, "settings_busy", "Outras requisições não param de alterar as configurações; tente de novo."
)

# Inquiries
INQUIRY_NOT_FOUND = Refusal(NotFound, "inquiry_not_found", "Esta consulta não existe.")
FILE_NOT_FOUND = Refusal(NotFound, "file_not_found", "Esta consulta não tem esse arquivo.")
BUREAUS_DISABLED = Refusal(
    BusinessRefusal, "bureaus_disabled", "As consultas de crédito estão desligadas para este parceiro."
)
FORCE_NOT_ALLOWED = Refusal(
    Forbidden, "force_not_allowed", "Este painel não pode consultar de novo dentro do intervalo."
)
BRANCH_WITHOUT_INTEGRATION = Refusal(
    BusinessRefusal, "branch_without_integration", "Esta filial não tem integração com birô em uso."
)
NO_INTEGRATION = Refusal(BusinessRefusal, "no_bureau_integration", "Não há integração com birô para fazer a consulta.")
FOREIGN_PANEL = Refusal(Forbidden, "foreign_panel", "Esta credencial consulta só por outro painel.")
KEY_NOT_SHARED = Refusal(
    Forbidden, "bureau_key_not_shared", "Este painel não tem chave própria e nenhuma é compartilhada com ele."
)
INQUIRY_BUSY = Refusal(
    Conflict, "inquiry_busy", "Outras requisições não param de consultar este documento; tente de novo."
)
INQUIRY_IN_PROGRESS = Refusal(Conflict, "inquiry_in_progress", "Isto já está sendo consultado: consulta {inquiry}.")
OUTCOME_UNKNOWN = Refusal(
    Conflict,
    "inquiry_outcome_unknown",
    "A consulta {inquiry} pode ter sido cobrada sem resposta; verifique com o birô e então force uma nova.",
)
TOO_MANY_ROWS = Refusal(BusinessRefusal, "too_many", "Um arquivo tem no máximo {most} consultas; reduza o período.")

# Fields of an integration
UNKNOWN_PROVIDER = FieldRule("unknown_provider", "Este birô não existe.")
UNKNOWN_FIELD = FieldRule("unknown_field", "Este birô não tem este campo.")
FIELD_MISSING = FieldRule("missing", "Este birô precisa deste campo.")
FIELD_EMPTIED = FieldRule("required", "Este birô precisa deste campo: deixe-o de fora para não mudá-lo.")
WRONG_SECRET = FieldRule("secret", "Envie um texto de 1 a 512 caracteres imprimíveis.")
SECRETS_REQUIRED = FieldRule("secrets_required", "Envie com o novo ambiente todos os segredos dele.")
NO_TEXT = FieldRule("string_type", "Envie um texto.")
TEXT_LENGTH = FieldRule("length", "Envie de 1 a {most} caracteres imprimíveis.")
NO_FLAG = FieldRule("bool_type", "Envie true ou false.")
NO_CODE = FieldRule("code", "Envie um código de letras, dígitos, '_', '.' ou '-'.")
NO_CPF = FieldRule("cpf", "Envie um CPF válido.")
NO_CNPJ = FieldRule("cnpj", "Envie um CNPJ válido.")
NO_FEDERAL_UNIT = FieldRule("federal_unit", "Envie a sigla de uma das 27 unidades da federação, como SP.")
NO_REPORTS = FieldRule("list_type", "Envie uma lista com ao menos um relatório.")
FOREIGN_REPORT = FieldRule("unknown_report", "Um dos relatórios não é deste birô.")
FOREIGN_FEATURE = FieldRule("unknown_feature", "Um dos itens opcionais não é deste birô.")
CNPJ_UNCHANGEABLE = FieldRule(
    "unchangeable", "O CNPJ não pode mudar: ele está no contrato com o birô. Crie outra filial."
)
UNCHANGEABLE = FieldRule("unchangeable", "Este campo não pode mudar; remova esta integração e crie outra.")
NOT_A_MANAGER = FieldRule("not_a_manager", "Só a chave de um gestor pode ser compartilhada.")

# Fields of an inquiry
SUBJECT_OF_NOBODY = FieldRule("required", "Diga de quem é este id: client, lead ou prospect.")
SUBJECT_WITHOUT_ID = FieldRule("required", "Cliente, lead e prospect têm um id: envie-o.")
REPORT_REQUIRED = FieldRule("required", "Informe o relatório: a integração não contrata nenhum para este documento.")
REPORT_NOT_CONTRACTED = FieldRule("not_contracted", "A integração não tem este relatório para este tipo de pessoa.")
UNKNOWN_FEATURE = FieldRule("unknown_feature", "Não há item opcional {name}.")
FEATURE_NOT_CONTRACTED = FieldRule("not_contracted", "O contrato não inclui o item opcional {name}.")
FEATURES_UNSUPPORTED = FieldRule("unsupported", "Este birô não tem itens opcionais além dos contratados.")
AMBIGUOUS_BRANCH = FieldRule("ambiguous", "Mais de uma integração serve; informe a filial que consulta.")
WRONG_CURSOR = FieldRule("cursor", "Envie o next_cursor como foi respondido.")
ONE_CURSOR = FieldRule("one_cursor", "Envie cursor ou totals_cursor, não os dois.")
PERIOD_LENGTH = FieldRule("period", "O período tem de 1 a {most} dias.")
PERIOD_TOO_LATE = FieldRule("period", "O período termina tarde demais.")

# Automatic runs, by the code that tells why they are blocked
AUTOMATIC_OFF = Refusal(BusinessRefusal, "automatic_off", "As execuções automáticas estão desligadas.")
DEFAULT_CODE_ABSENT = Refusal(
    BusinessRefusal,
    "default_code_absent",
    "Falta um código padrão para as execuções automáticas da filial {branch}, integração {integration}: {names}.",
)
DEFAULT_CODE_GONE = Refusal(
    BusinessRefusal,
    "default_code_disappeared",
    "A lista do birô já não tem um código padrão da filial {branch}, integração {integration}: {names}.",
)

# Told to operators, in English
NO_BUREAU = Refusal(NotFound, "not_found", "There is no such bureau.")
NO_INTEGRATOR_KEYS = Refusal(NotFound, "not_found", "No such bureau wants integrator keys.")
KEYS_NO_OBJECT = FieldRule("object", "Send a JSON object with {names}.")
WRONG_INTEGRATOR_KEY = FieldRule("key", "Send {name}: 1 to {most} printable characters.")
UNKNOWN_INTEGRATOR_KEY = FieldRule("unknown_field", "There is no key {name}.")
