"""What this context says when it refuses: codes, and texts in Portuguese; in English what operators and logs read."""

from __future__ import annotations

from lastro.kernel.errors import Conflict, FieldRule, Forbidden, NotFound, Refusal, TooManyRequests, Unauthorized

INVALID_CLIENT = Refusal(Unauthorized, "invalid_client", "O client_id ou o client_secret está errado.")
SCOPE_NOT_GRANTED = Refusal(Forbidden, "scope_not_granted", "Este cliente não pode usar o escopo {scopes}.")
TOO_MANY_FAILED_LOGINS = Refusal(
    TooManyRequests, "too_many_failed_logins", "Tentativas demais deste endereço falharam; aguarde."
)
PARTNER_GONE = Refusal(NotFound, "not_found", "Este parceiro não existe mais.")
NO_MORE_STORES = Refusal(Conflict, "too_many_stores", "Um parceiro tem no máximo {most} lojas.")
STORE_BUSY = Refusal(Conflict, "store_busy", "Outras requisições não param de alterar esta loja; tente de novo.")
READ_ONLY = Refusal(Forbidden, "forbidden", "Esta credencial só lê.")
STORE_GONE = Refusal(NotFound, "not_found", "Esta loja não existe mais.")
UNKNOWN_BANK = Refusal(NotFound, "unknown_bank", "Não há banco com este código.")

KEY_NOT_FOUND = Refusal(NotFound, "key_not_found", "Não há chave com este id que esta credencial veja.")
KEY_ENDED = Refusal(Conflict, "key_ended", "Esta chave foi revogada ou expirou.")
KEY_REPLACED = Refusal(
    Conflict, "key_replaced", "A chave {successor} já substitui esta; revogue aquela para substituir esta de novo."
)
KEY_IN_USE = Refusal(Conflict, "key_in_use", "Esta chave é a da própria chamada: revogue-a com outra, ou substitua-a.")
TOO_MANY_KEYS = Refusal(Conflict, "too_many_keys", "Um parceiro tem no máximo {most} chaves que valem: encerre uma.")
TOO_MANY_CLIENTS = Refusal(
    Conflict, "too_many_clients", "Um parceiro tem no máximo {most} clientes que valem: encerre um."
)
KEY_BUSY = Refusal(Conflict, "key_busy", "Outras requisições não param de alterar esta chave; tente de novo.")
CLIENT_NOT_FOUND = Refusal(NotFound, "client_not_found", "Não há cliente com este número que esta credencial veja.")
CLIENT_ENDED = Refusal(Conflict, "client_ended", "Este cliente foi revogado.")
SECRET_OVERLAPS = Refusal(
    Conflict, "secret_overlaps", "O segredo anterior vale até {until}; encerre-o antes de trocar de novo."
)
SECRET_ALONE = Refusal(Conflict, "secret_alone", "Não há outro segredo deste cliente que valha agora.")
CLIENT_BUSY = Refusal(Conflict, "client_busy", "Outras requisições não param de alterar este cliente; tente de novo.")

WRONG_LOGIN = Refusal(Unauthorized, "wrong_login", "O e-mail ou a senha está errado.")
WRONG_CODE = Refusal(
    Unauthorized, "wrong_code", "O código está errado ou já passou; use o que o aplicativo mostra agora."
)
LOGIN_OVER = Refusal(Unauthorized, "login_over", "O login acabou; entre de novo.")
TOO_MANY_LOGINS = Refusal(TooManyRequests, "too_many_logins", "Tentativas demais; aguarde um pouco e entre de novo.")
NEW_PASSWORD_WEAK = FieldRule(
    "weak_password",
    "Use ao menos 12 caracteres, com letras maiúsculas e minúsculas e um número, e não uma senha anterior.",
)
TWO_FORMS = FieldRule("duplicate_field", "Envie os campos da loja dentro de store ou fora dele, não nos dois lugares.")
NOT_OWN_STORE = FieldRule("unknown_store", "O parceiro não tem a loja {store}.")
FIELD_OF_NO_CREDENTIAL = FieldRule(
    "unknown_field", "Este campo não existe aqui, e a credencial sairia sem o que ele quer dizer."
)
NOT_AN_EMAIL = FieldRule("email", "Envie um endereço de e-mail.")

WRONG_CURSOR = FieldRule("cursor", "Envie o next_cursor como foi respondido.")
PERIOD_ORDER = FieldRule("period", "O começo vem depois do fim.")
PERIOD_TOO_LONG = FieldRule("period", "Peça no máximo {days} dias de cada vez.")
CLIENT_MISSING = FieldRule("missing", "Envie este campo, ou HTTP Basic.")
DIFFERS_FROM_HEADER = FieldRule(
    "differs_from_header", "Não é o que o cabeçalho Authorization traz: envie as credenciais em um só lugar."
)
SCOPES_TWICE = FieldRule("duplicate_field", "scopes e scope são o mesmo campo: envie um só.")
SCOPES_MISSING = FieldRule("missing", "Envie ao menos um de {scopes}.")
UNKNOWN_SCOPE = FieldRule("unknown_scope", "Os escopos são {scopes}.")
CREDENTIAL_MISSING = FieldRule("missing", "Este banco precisa deste campo.")
CREDENTIAL_NO_TEXT = FieldRule("string_type", "Envie um texto.")
CREDENTIAL_LENGTH = FieldRule("length", "Envie de 1 a {most} caracteres imprimíveis.")

# Told to the log alone: API Gateway answers whoever sent the credential with a text of its own.
UNKNOWN_KEY = Refusal(Unauthorized, "unauthorized", "The API key is not valid.")
HOLDER_GONE = Refusal(Unauthorized, "unauthorized", "The partner of this credential is gone.")
INVALID_TOKEN = Refusal(Unauthorized, "invalid_token", "The token is not valid.")
FOREIGN_TOKEN = Refusal(Unauthorized, "invalid_token", "The token is not of this service.")
STAFF_GONE = Refusal(Unauthorized, "invalid_token", "The person of this token is gone, or has another job.")
INVALID_TOKEN_CLIENT = Refusal(Unauthorized, "invalid_token", "The client of this token is not valid.")
INVALID_SIGNATURE = Refusal(Unauthorized, "invalid_token", "The signature of the token is wrong.")

# Told to operators.
UNKNOWN_PARTNER = Refusal(NotFound, "not_found", "There is no such partner.")
UNKNOWN_STAFF_MEMBER = Refusal(NotFound, "not_found", "This partner has no such person.")
ADDRESS_TAKEN = Refusal(Conflict, "address_taken", "Somebody logs in with this address already.")
UNKNOWN_PARTNER_KEY = Refusal(NotFound, "not_found", "This partner has no such key.")
UNKNOWN_PARTNER_CLIENT = Refusal(NotFound, "not_found", "This partner has no such client.")
TOO_MANY_STORES = Refusal(Conflict, "too_many_stores", "A partner has at most {most} stores.")
NO_STORE = FieldRule("unknown_store", "This partner has no store {store}.")
NO_BANK = FieldRule("unknown_bank", "There is no bank {code}.")
LIMIT_RANGE = FieldRule("range", "Name a number from 1 to {most}.")
SCOPE_MISSING = FieldRule("missing", "Name at least one scope.")
PAYER_KEY = FieldRule("api_key", "Send the payer's key: 1 to {most} printable characters.")
INVALID_CNPJ = FieldRule("cnpj", "Send a CNPJ: 14 characters with right check digits.")
