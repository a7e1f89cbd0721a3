"""What other contexts ask of surveys."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lastro.kernel.calendar import Clock
    from lastro.kernel.retention import PersonalData
    from lastro.surveys.store import SurveyStore


def keep_personal_data(store: SurveyStore, clock: Clock) -> PersonalData:
    """What surveys keep of people, as ``lastro/retention`` works it."""
    from lastro.surveys.retention import SurveyData

    return SurveyData(store, clock)
