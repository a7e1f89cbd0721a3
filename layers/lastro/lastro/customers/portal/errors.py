"""What the portal says when it refuses: codes, and texts in Portuguese."""

from __future__ import annotations

from lastro.kernel.errors import (
    BusinessRefusal,
    Conflict,
    FieldRule,
    Forbidden,
    NotFound,
    Refusal,
    TooManyRequests,
    Unauthorized,
)

MANAGERS_ONLY = Refusal(Forbidden, "managers_only", "Só o painel do gestor faz isto.")
SCHEDULE_BUSY = Refusal(
    Conflict, "registration_schedule_busy", "Outras requisições não param de alterar esta frequência; tente de novo."
)
PERSON_NOT_FOUND = Refusal(NotFound, "portal_person_not_found", "Esta pessoa não tem acesso ao portal.")
ACCESS_EXISTS = Refusal(Conflict, "portal_access_exists", "Já há um acesso ao portal com este e-mail ou celular.")
PERSON_BUSY = Refusal(
    Conflict, "portal_person_busy", "Outras requisições não param de alterar estes dados; tente de novo."
)
TOO_MANY_CODES = Refusal(
    TooManyRequests, "too_many_codes", "Já foram pedidos {most} códigos para este endereço hoje; tente amanhã."
)
CODES_AT_ONCE = Refusal(
    TooManyRequests,
    "codes_at_once",
    "Muitos códigos são pedidos para este endereço de uma vez; tente em um segundo.",
)
CODE_REFUSED = Refusal(
    Unauthorized, "code_refused", "O código está errado, venceu, já foi usado ou trocado: confira-o ou peça outro."
)
LOGIN_ENDED = Refusal(Unauthorized, "login_ended", "Este login terminou; peça um código para entrar de novo.")
NO_UPDATE_ASKED = Refusal(Conflict, "no_update_asked", "Ninguém pede agora a atualização deste cadastro.")
TOO_MANY_CHANGES = Refusal(
    BusinessRefusal, "too_many_rows", "Há mais de {most} alterações; peça um período menor de cada vez."
)

LOGIN_MISSING = FieldRule("required", "Envie login_email, login_mobile ou os dois.")
ADDRESS_MISSING = FieldRule("required", "Envie email ou mobile: para lá vai o código.")
ONE_ADDRESS = FieldRule("one_address", "Envie email ou mobile, um só.")
NO_SUCH_CUSTOMER = FieldRule("not_found", "Este cliente não existe.")
DIFFERS_FROM_RECORD = FieldRule(
    "differs_from_customer", "O registro deste cliente diz outra coisa: altere-o, ou deixe este campo de fora."
)
SEVERAL_ON_RECORD = FieldRule(
    "several_on_record", "Há mais de um no seu cadastro: envie o que vale; os outros, só a equipe retira."
)
HIDDEN_FIELD = FieldRule("hidden_field", "O gestor não pede este campo: deixe-o de fora.")
REQUIRED_FIELD = FieldRule("required", "O gestor exige este campo: preencha-o.")
DAYS_MISSING = FieldRule("required", "Envie start e end: o período custom tem os seus dias.")
DAYS_UNWANTED = FieldRule("not_of_this_period", "Só o período custom tem start e end.")
PERIOD_LENGTH = FieldRule("period_length", "Peça de um a {most} dias, com o fim depois do começo.")
WRONG_CURSOR = FieldRule("cursor", "Envie o next_cursor como foi respondido.")
