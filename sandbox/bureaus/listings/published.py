"""The test documents of listings (docs/test-documents.md): without a script, the document decides how a listing ends.

All are arithmetic: CPFs of the base 9999992NN with their check digits.
"""

from __future__ import annotations

from collections.abc import Mapping

from sandbox.bureaus.outcomes import Manner, Outcome, Treatment

PUBLISHED_LISTINGS: Mapping[str, Treatment] = {
    "99999920136": Treatment(word=Manner.OK, word_delay_ms=1_500),
    "99999920217": Treatment(word=Manner.ERROR),
    "99999920306": Treatment(word=Manner.TWICE),
    "99999920489": Treatment(word=Manner.EARLY),
    "99999920560": Treatment(word=Manner.NEVER),
    "99999920640": Treatment(Outcome.TIMEOUT_AFTER_EFFECT, times=1),
    "99999920721": Treatment(Outcome.BAD_REQUEST),
    "99999920802": Treatment(Outcome.UNSTABLE, times=1),
}
"""Document -> treatment of its listings and removals. Any other document is listed and removed at once."""
