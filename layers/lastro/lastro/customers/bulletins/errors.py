"""What the board says when it refuses: codes, and texts in Portuguese."""

from __future__ import annotations

from lastro.kernel.errors import BusinessRefusal, Conflict, FieldRule, NotFound, Refusal

BULLETIN_NOT_FOUND = Refusal(NotFound, "bulletin_not_found", "Este comunicado do mural não existe.")
BULLETIN_WITHDRAWN = Refusal(Conflict, "bulletin_withdrawn", "Este comunicado foi retirado do mural: crie outro.")
BULLETIN_BUSY = Refusal(
    Conflict, "bulletin_busy", "Outras requisições não param de alterar este comunicado; tente de novo."
)
BOARD_FULL = Refusal(
    BusinessRefusal,
    "board_full",
    "Este público já tem {most} comunicados que não terminaram: retire um deles, ou dê-lhe um fim.",
)

AUDIENCE_MISSING = FieldRule("required", "Diga a quem se destina o comunicado deste tipo.")
AUDIENCE_UNWANTED = FieldRule("not_of_this_kind", "Só o comunicado do tipo {kind} tem este campo.")
ENDS_BEFORE_START = FieldRule("before_start", "O comunicado terminaria antes de começar.")
ENDED_ALREADY = FieldRule("already_over", "O último dia já passou: ninguém veria o comunicado.")
