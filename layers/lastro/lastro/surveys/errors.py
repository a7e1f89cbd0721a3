"""What surveys say when they refuse: codes, and texts in Portuguese."""

from __future__ import annotations

from lastro.kernel.errors import BusinessRefusal, Conflict, FieldRule, Forbidden, NotFound, Refusal

SURVEY_MANAGERS_ONLY = Refusal(Forbidden, "survey_managers_only", "Só o painel do gestor mantém as pesquisas.")
SURVEY_NOT_FOUND = Refusal(NotFound, "survey_not_found", "Esta pesquisa não existe.")
SURVEY_BUSY = Refusal(Conflict, "survey_busy", "Outras requisições não param de alterar esta pesquisa; tente de novo.")
TOO_MANY_SURVEYS = Refusal(BusinessRefusal, "too_many_surveys", "Um parceiro tem no máximo {most} pesquisas.")
SENT_SURVEY_NOT_FOUND = Refusal(NotFound, "sent_survey_not_found", "Esta pesquisa não foi enviada a esta pessoa.")
SURVEY_ANSWERED = Refusal(
    Conflict, "survey_answered", "Esta pesquisa já foi respondida de outra forma: cada uma se responde uma vez."
)
TOO_MANY_SENT = Refusal(
    BusinessRefusal, "too_many_rows", "A pesquisa foi enviada mais de {most} vezes; um arquivo não as contém."
)

SCALE_CROSSED = FieldRule("below_minimum", "A maior nota é menor que a menor.")
SCALE_FIXED = FieldRule("cannot_change", "A escala de uma pesquisa não muda: crie outra.")
OUTSIDE_SCALE = FieldRule("out_of_scale", "Envie uma nota de {lowest} a {highest}.")
TOLD_BY_SYSTEM = FieldRule("told_by_system", "O próprio sistema conta este acontecimento.")
RECIPIENT_MISSING = FieldRule("required", "Envie customer_id ou portal_person_id, um dos dois.")
UNKNOWN_CUSTOMER = FieldRule("not_found", "Este cliente não existe.")
UNKNOWN_PERSON = FieldRule("not_found", "Esta pessoa não tem acesso ao portal.")
WRONG_PLACE = FieldRule("cursor", "Envie o next_cursor como foi respondido.")
