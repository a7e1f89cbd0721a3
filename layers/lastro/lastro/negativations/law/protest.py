"""What may be said of a protest at a notary's.

Source: Lei 9.492/1997 art. 26 and STJ, Tema 725: after a lawful protest it is for the debtor, not for the creditor, to
have it cancelled. So a step that sends to the notary promises no cancellation when the money comes.
"""

from __future__ import annotations

CANCELLATION = (
    "Depois de pagar, cabe ao devedor pedir o cancelamento do protesto no cartório (Lei 9.492/1997, art. 26; STJ, "
    "Tema 725); ele não é feito automaticamente."
)
"""Told wherever a debt is sent to a notary."""
