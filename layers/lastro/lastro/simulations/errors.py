"""What this context says when it refuses: codes, and texts in Portuguese."""

from __future__ import annotations

from lastro.kernel.errors import Conflict, FieldRule, Forbidden, NotFound, Refusal, TooManyRequests

SIMULATION_NOT_FOUND = Refusal(NotFound, "not_found", "Esta simulação não existe.")
TOO_MANY_IN_FLIGHT = Refusal(
    TooManyRequests, "too_many_simulations", "Há {most} simulações deste parceiro em andamento; espere que terminem."
)
LEAD_NOT_FOUND = Refusal(NotFound, "lead_not_found", "Esta loja não tem lead com este documento.")
LEAD_EXISTS = Refusal(Conflict, "lead_exists", "Esta loja já tem um lead com este documento.")
LEAD_BUSY = Refusal(Conflict, "lead_busy", "Outras requisições não param de alterar este lead; tente de novo.")

# Plus returns
RULE_NOT_FOUND = Refusal(NotFound, "plus_return_rule_not_found", "Esta loja não tem regra de retorno com este número.")
RULE_OVERLAPS = Refusal(
    Conflict,
    "plus_return_rule_overlaps",
    "A regra {rule} vale para as mesmas condições: desative-a, ou separe os prazos ou os valores.",
)
RULE_BUSY = Refusal(
    Conflict, "plus_return_rule_busy", "Outras requisições não param de alterar as regras desta loja; tente de novo."
)
TOO_MANY_RULES = Refusal(Conflict, "too_many_plus_return_rules", "Uma loja tem no máximo {most} regras de retorno.")
RULE_READ_ONLY = Refusal(Forbidden, "forbidden", "Esta credencial só lê.")
BANK_FIXED = FieldRule("mismatch", "O banco de uma regra não muda: crie outra.")
UPSIDE_DOWN = FieldRule("above_max", "O mínimo é maior que o máximo.")
TWO_STORES = FieldRule("two_stores", "store_id e o cabeçalho Store-Id nomeiam lojas diferentes.")

# Leads
UNKNOWN_IDENTIFIER = FieldRule(
    "unknown_identifier", "Envie um identificador listado por GET /api/v1/banks_api/domains?types={types}."
)
DOCUMENT_MISMATCH = FieldRule("mismatch", "O documento de um lead não pode mudar.")

# Simulations
UNKNOWN_LEAD = FieldRule(LEAD_NOT_FOUND.code, LEAD_NOT_FOUND.text)
UNKNOWN_BANK = FieldRule("unknown_bank", "Não há banco com este código.")
BANK_NOT_INTEGRATED = FieldRule("bank_not_integrated", "A loja não tem credencial ativa neste banco.")
NO_INTEGRATED_BANK = FieldRule("no_integrated_bank", "A loja não tem nenhum banco ativo.")
TOO_MANY_ORIGINALS = FieldRule(
    "too_many_originals", "As condições cruzadas com os bancos somam {count}; o limite é {most}."
)
ASSET_MISSING = FieldRule("required", "Envie assets_value ou vehicle.asset_value.")
ASSET_MISMATCH = FieldRule("mismatch", "assets_value e vehicle.asset_value devem ser o mesmo valor.")
FINANCED_MISMATCH = FieldRule(
    "mismatch", "financed_amount é o valor do bem menos a entrada: corrija um dos três ou deixe-o de fora."
)
ABOVE_ASSET_VALUE = FieldRule("above_asset_value", "A entrada é maior que o valor do bem.")
ABOVE_MAX_RETURN = FieldRule("above_max_return", "min_return é maior que max_return.")
OUTSIDE_RETURN_RULE = FieldRule(
    "outside_return_rule", "A regra de retorno {rule} desta loja, no banco {bank}, permite de {least} a {most}."
)
VEHICLE_MISSING = FieldRule("required", "Envie vehicle_molicar_code ou credere_vehicle_model_id.")
FIELD_MISSING = FieldRule("missing", "Campo obrigatório.")
NOT_IN_STOCK = FieldRule("not_in_stock", "Não há no estoque desta loja um veículo com este número.")
DIFFERS_FROM_STOCK = FieldRule("differs_from_stock", "O estoque da loja diz outra coisa: deixe o campo de fora.")
NOT_TOLD_BY_STOCK = FieldRule("missing", "O estoque não diz este campo: envie-o, ou complete o veículo.")
MADE_IN_FUTURE = FieldRule("year_in_future", "O veículo não pode ser fabricado depois deste ano.")
MODEL_IN_FUTURE = FieldRule("year_in_future", "O modelo não pode ser de depois do ano que vem.")
MODEL_BEFORE_MAKING = FieldRule("before_manufacture_year", "O modelo não pode ser de um ano anterior ao da fabricação.")
