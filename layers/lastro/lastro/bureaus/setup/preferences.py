"""The partner's switches, and what providers there are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lastro.bureaus.errors import SETTINGS_BUSY
from lastro.bureaus.model import Settings
from lastro.bureaus.providers.catalogue import BUREAUS, BureauFacts, Person
from lastro.bureaus.setup.requests import PutSettings
from lastro.bureaus.setup.views import BureauList, BureauView, FieldView, ReportFactsView, SettingsAnswer, SettingsView
from lastro.kernel.calendar import Clock, format_moment
from lastro.kernel.callers.caller import Caller
from lastro.kernel.commits import until_committed
from lastro.kernel.dataclass import dataclass

if TYPE_CHECKING:
    from lastro.bureaus.setup.store import SetupStore


@dataclass(frozen=True)
class Preferences:
    """Reading and replacing the switches."""

    store: SetupStore
    clock: Clock

    def show(self, caller: Caller) -> SettingsAnswer:
        """The partner's switches, the defaults before they were ever set."""
        return _answer(self.store.find_setup(caller.partner_id).settings)

    def put(self, request: PutSettings, caller: Caller) -> SettingsAnswer:
        """Put all switches anew; the same ones again make no version."""
        sent = request.bureau_settings

        def put_once() -> SettingsAnswer | None:
            known = self.store.find_setup(caller.partner_id).settings
            settings = replace(
                known,
                enabled=sent.enabled,
                repeat_days=sent.repeat_days,
                force_panels=tuple(dict.fromkeys(sent.force_panels)),
            )
            if settings == known:
                return _answer(known)
            settings = replace(settings, updated_at=self.clock.now(), version=known.version + 1)
            return _answer(settings) if self.store.put_settings(caller.partner_id, settings) else None

        return until_committed(put_once, SETTINGS_BUSY)


def list_bureaus() -> BureauList:
    """Every provider with what its integrations are made of."""
    return BureauList(data=[_view(facts) for facts in BUREAUS.values()])


def _view(facts: BureauFacts) -> BureauView:
    features = facts.features or {}
    return BureauView(
        code=facts.code,
        name=facts.name,
        fields=[
            FieldView(
                name=field.name,
                label=field.label,
                kind=field.kind.value,
                secret=field.secret,
                required=field.required,
            )
            for field in facts.fields
        ],
        reports=[
            ReportFactsView(code=each.code, name=each.name, person=each.person.value if each.person else None)
            for each in facts.reports
        ],
        natural_features=list(features.get(Person.NATURAL, ())),
        legal_features=list(features.get(Person.LEGAL, ())),
        has_restriction_codes=facts.lists_codes,
    )


def _answer(settings: Settings) -> SettingsAnswer:
    return SettingsAnswer(
        data=SettingsView(
            enabled=settings.enabled,
            repeat_days=settings.repeat_days,
            force_panels=[panel.value for panel in settings.force_panels],
            updated_at=format_moment(settings.updated_at),
        )
    )
