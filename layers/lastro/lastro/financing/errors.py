"""What this context says when it refuses: codes, and texts in Portuguese."""

from __future__ import annotations

from lastro.kernel.errors import BusinessRefusal, Conflict, FieldRule, Forbidden, NotFound, PayloadTooLarge, Refusal

PROPOSAL_NOT_FOUND = Refusal(NotFound, "proposal_not_found", "Esta proposta não existe.")
ATTEMPT_NOT_FOUND = Refusal(NotFound, "proposal_attempt_not_found", "Esta tentativa não existe nesta proposta.")
PROPOSAL_ENDED = Refusal(Conflict, "proposal_ended", "Esta proposta terminou: não recebe mais nada.")
TOO_MANY_ATTEMPTS = Refusal(
    Conflict, "too_many_attempts", "Uma proposta tem no máximo {most} tentativas: abra outra proposta."
)
ATTEMPT_ACTIVE = Refusal(
    Conflict, "attempt_active", "Já há uma tentativa em andamento no banco {bank}: cancele-a, ou espere que termine."
)
ATTEMPT_IN_DOUBT = Refusal(
    Conflict,
    "attempt_in_doubt",
    "O banco {bank} talvez tenha a tentativa anterior, que é procurada lá por uma hora: tente de novo depois.",
)
ATTEMPT_ENDED = Refusal(Conflict, "attempt_ended", "Esta tentativa terminou, foi substituída ou já tem contrato.")
OFFER_TAKEN = Refusal(
    Conflict,
    "offer_taken",
    "Esta oferta já foi levada ao banco na proposta {proposal}: cancele a tentativa de lá, ou simule de novo.",
)
OFFER_TAKEN_UNSEEN = Refusal(
    Conflict, "offer_taken", "Esta oferta já foi levada ao banco em uma proposta que você não vê: simule de novo."
)
"""The same to whoever may not see that proposal: its number is not told."""
ANOTHER_BANK_ACTIVE = Refusal(
    Conflict,
    "another_bank_active",
    "Já há uma tentativa em andamento no banco {bank}: para vários bancos ao mesmo tempo, envie several_banks.",
)
TOO_MANY_DOCUMENTS = Refusal(Conflict, "too_many_documents", "Uma proposta tem no máximo {most} documentos.")
DOCUMENT_TOO_LARGE = Refusal(PayloadTooLarge, "payload_too_large", "O arquivo passa de {most} bytes.")
PROPOSAL_BUSY = Refusal(
    Conflict, "proposal_busy", "Outras requisições não param de alterar esta proposta; tente de novo."
)
OWNED_BY_OTHER = Refusal(
    Conflict, "owned_by_other", "Outra pessoa assumiu esta proposta; ela a devolve com leave_ownership."
)
READ_ONLY = Refusal(Forbidden, "forbidden", "Esta credencial só lê.")
EVENT_SOURCE_NOT_FOUND = Refusal(NotFound, "not_found", "Este endereço não existe.")
UNREADABLE_EVENT = Refusal(BusinessRefusal, "unreadable_event", "O aviso do banco não pôde ser lido.")

NOT_BASE64 = FieldRule("base64", "Envie o arquivo em Base64.")
FILE_CUT_OFF = FieldRule("cut_off", "O arquivo está incompleto: falta o fim dele. Envie-o de novo.")
NOT_A_DOCUMENT = FieldRule("content_mismatch", "Envie um JPEG, um PNG ou um PDF.")
TWO_STORES = FieldRule("two_stores", "store_id e o cabeçalho Store-Id nomeiam lojas diferentes.")
UNKNOWN_CUSTOMER = FieldRule("unknown_customer", "Não há cliente com este número.")
UNKNOWN_SELLER = FieldRule("unknown_seller", "Não há nesta loja quem venda com este número.")
UNKNOWN_OFFER = FieldRule("unknown_offer", "Não há nesta loja uma condição oferecida com este número na simulação.")
OFFER_EXPIRED = FieldRule("offer_expired", "Esta oferta venceu: simule de novo.")
OTHER_CUSTOMER = FieldRule("other_customer", "Esta oferta foi feita a outra pessoa.")
DIFFERS_FROM_STOCK = FieldRule("differs_from_stock", "O veículo do estoque que foi simulado é outro.")
KILOMETRES_OF_NEW = FieldRule(
    "zero_km", "Um veículo zero-quilômetro não rodou: deixe km_mileage de fora, ou simule como usado."
)
OTHER_VEHICLE = FieldRule("other_vehicle", "Todas as ofertas de uma proposta são para o mesmo veículo.")
OTHER_USE = FieldRule("other_use", "A oferta foi feita para outro uso do veículo (commercial): simule de novo.")
FIXED = FieldRule("mismatch", "Este campo de uma proposta não muda: abra outra.")
SAME_BANK = FieldRule("same_bank", "Duas ofertas do mesmo banco: envie uma.")
SEVERAL_BANKS = FieldRule("several_banks", "Para vários bancos ao mesmo tempo, envie several_banks.")
WRONG_CURSOR = FieldRule("cursor", "Envie o next_cursor como foi respondido.")
