"""The provider's restriction codes and reports as last pulled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lastro.bureaus.setup.codes.defaults import missing_defaults
from lastro.bureaus.setup.integrations.reading import find_integration
from lastro.bureaus.setup.views import CodesAnswer, CodesView, CodeView, ProductView
from lastro.kernel.calendar import format_moment
from lastro.kernel.dataclass import dataclass

if TYPE_CHECKING:
    from lastro.bureaus.model import Integration
    from lastro.bureaus.records import CodeList
    from lastro.bureaus.setup.integrations.path_requests import FindIntegration
    from lastro.bureaus.setup.store import SetupStore
    from lastro.kernel.callers.caller import Caller


@dataclass(frozen=True)
class CodeLists:
    """Reading the lists."""

    store: SetupStore

    def show(self, request: FindIntegration, caller: Caller) -> CodesAnswer:
        """The lists as last pulled, empty before. Raises ``NotFound``."""
        known = find_integration(self.store.find_setup(caller.partner_id), request.integration_id, caller)
        return tell_codes(known, self.store.find_codes([known.id]).get(known.id))


def tell_codes(known: Integration, codes: CodeList | None) -> CodesAnswer:
    """The lists of an integration; empty where they were never pulled."""
    return CodesAnswer(
        data=CodesView(
            codes=[
                CodeView(code=each.code, description=each.description, kind=each.kind.value, person=each.person)
                for each in (codes.codes if codes else ())
            ],
            products=[
                ProductView(code=each.code, name=each.name, person=each.person, features=list(each.features))
                for each in (codes.products if codes else ())
            ],
            missing_codes=list(missing_defaults(known, codes)),
            refreshed_at=format_moment(codes.refreshed_at) if codes else None,
        )
    )
