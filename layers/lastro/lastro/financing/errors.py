"""What this context says when it refuses: codes, and texts in Portuguese."""

from __future__ import annotations

from lastro.kernel.errors import Conflict, NotFound, Refusal

PROPOSAL_NOT_FOUND = Refusal(NotFound, "proposal_not_found", "Esta proposta não existe.")
ATTEMPT_NOT_FOUND = Refusal(NotFound, "proposal_attempt_not_found", "Esta tentativa não existe nesta proposta.")
PROPOSAL_ENDED = Refusal(Conflict, "proposal_ended", "Esta proposta terminou: não recebe mais nada.")
TOO_MANY_ATTEMPTS = Refusal(
    Conflict, "too_many_attempts", "Uma proposta tem no máximo {most} tentativas: abra outra proposta."
)
ATTEMPT_ACTIVE = Refusal(
    Conflict, "attempt_active", "Já há uma tentativa em andamento no banco {bank}: cancele-a, ou espere que termine."
)
ANOTHER_BANK_ACTIVE = Refusal(
    Conflict,
    "another_bank_active",
    "Já há uma tentativa em andamento no banco {bank}: para vários bancos ao mesmo tempo, envie several_banks.",
)
PROPOSAL_BUSY = Refusal(
    Conflict, "proposal_busy", "Outras requisições não param de alterar esta proposta; tente de novo."
)
