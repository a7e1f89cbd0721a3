"""What this context says when it refuses: codes, and texts in Portuguese."""

from __future__ import annotations

from lastro.kernel.errors import Conflict, FieldRule, NotFound, Refusal

MODEL_NOT_FOUND = Refusal(NotFound, "vehicle_model_not_found", "Nenhum modelo do catálogo corresponde à busca.")
CATALOGUE_CHANGED = Refusal(
    Conflict, "catalogue_changed", "another load of this partner's catalogue ended first; load it again"
)

NOT_A_TABLE = FieldRule("table", "Envie uma tabela CSV ou JSON Lines em UTF-8, cada linha com as colunas do título.")
NO_LINES = FieldRule("required", "A tabela não tem linhas.")
TWICE = FieldRule("twice", "O código {code} aparece mais de uma vez.")

WRONG_MOLICAR_CODE = FieldRule("molicar_code", "Envie o código Molicar como 00000000-0.")
WRONG_FIPE_CODE = FieldRule("fipe_code", "Envie o código FIPE como 000000-0.")
WRONG_MONTH = FieldRule("month", "Envie o mês como 2026-11.")
UNKNOWN_WORD = FieldRule("enum", "Envie um destes valores: {expected}.")
YEARS_CROSSED = FieldRule("before_start", "O último ano vem antes do primeiro.")
PRICE_MONTH_RANGE = FieldRule("month_range", "Um preço é de um mês entre {first} e {last}.")
PRICE_WITHOUT_MONTH = FieldRule("price_month", "Envie o preço com o mês a que se refere.")

UNKNOWN_MODEL = Refusal(NotFound, "vehicle_model_not_found", "Não há modelo com este número no catálogo.")
PRICE_NOT_FOUND = Refusal(NotFound, "vehicle_price_not_found", "Esta loja nunca teve preço deste modelo.")
PRICE_BUSY = Refusal(
    Conflict, "vehicle_price_busy", "Outras requisições não param de alterar este preço; tente de novo."
)
TWO_MODELS = FieldRule("mismatch", "O corpo e o endereço nomeiam modelos diferentes.")
ABOVE_DEFAULT_PRICE = FieldRule("above_default_price", "O preço mínimo é maior que o pedido.")

VEHICLE_NOT_FOUND = Refusal(NotFound, "vehicle_not_found", "Este veículo não existe, ou não está no estoque.")
VEHICLE_EXISTS = Refusal(
    Conflict,
    "vehicle_exists",
    "Já há no estoque desta loja um veículo com a mesma placa, chassi ou Renavam: {vehicle}.",
)
VEHICLE_REMOVED = Refusal(Conflict, "vehicle_removed", "Este veículo saiu do estoque: não muda mais.")
VEHICLE_BUSY = Refusal(Conflict, "vehicle_busy", "Outras requisições não param de alterar este veículo; tente de novo.")

YEARS_APART = FieldRule("years_apart", "O ano-modelo é o da fabricação ou o seguinte.")
YEAR_IN_FUTURE = FieldRule(
    "year_in_future", "O veículo não pode ser fabricado depois deste ano, nem ser de modelo depois do seguinte."
)
KILOMETRES_OF_NEW = FieldRule("zero_km", "Um veículo zero-quilômetro não rodou: envie km_mileage 0, ou zero_km false.")
YEAR_NOT_OF_MODEL = FieldRule(
    "year_of_model", "O modelo do catálogo é de {first} a {last}: confira o ano-modelo, ou o modelo."
)
NO_SUCH_MODEL = FieldRule("unknown_model", "Não há modelo com este número no catálogo.")
TWO_STORES = FieldRule("two_stores", "store_id e o cabeçalho Store-Id nomeiam lojas diferentes.")
