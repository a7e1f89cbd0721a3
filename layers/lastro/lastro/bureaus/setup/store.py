"""Branches, integrations and settings in the table (keys in ``aws/dynamodb/keys``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from lastro.aws.dynamodb import keys
from lastro.aws.dynamodb.first_answers import FirstAnswers
from lastro.aws.dynamodb.keys import bureaus as bureau_keys
from lastro.aws.dynamodb.table import ABSENT, Delete, Item, Put, Update, Write
from lastro.bureaus.model import Branch, Integration, Leftover, Settings, Setup
from lastro.bureaus.providers.environment import Environment
from lastro.kernel.calendar import read_moment
from lastro.kernel.callers.caller import Panel
from lastro.kernel.documents import Cnpj

if TYPE_CHECKING:
    from lastro.bureaus.records import CodeList
    from lastro.kernel.keyed_request import Answered

_SCHEMA = 1


class SetupStore(FirstAnswers):
    """Branches, integrations and settings of every partner; reads that decide are consistent."""

    def find_setup(self, partner_id: str) -> Setup:
        """Everything a partner has configured, one query."""
        settings = Settings()
        branches: list[Branch] = []
        integrations: list[Integration] = []
        leftovers: list[Leftover] = []
        for item in self._table.query(bureau_keys.bureau_settings(partner_id).pk):
            match item["entity"]:
                case "branch":
                    branches.append(_to_branch(item))
                case "bureau_integration":
                    integrations.append(_to_integration(item))
                case "bureau_settings":
                    settings = _to_settings(item)
                case "bureau_leftover":
                    leftovers.append(Leftover(item["integration_id"], tuple(item["names"]), read_moment(item["due"])))
        return Setup(settings, tuple(branches), tuple(integrations), tuple(leftovers))

    def reserve_id(self, kind: str) -> int:
        return self._table.reserve(keys.sequence(kind), 1)

    def put_settings(self, partner_id: str, settings: Settings) -> bool:
        """Put settings in the place of the version before them; false when that is no longer there."""
        where = {"version": settings.version - 1} if settings.version > 1 else {"PK": ABSENT}
        item = _entity("bureau_settings", **{**asdict(settings), "force_panels": list(settings.force_panels)})
        return self._commit([Put(bureau_keys.bureau_settings(partner_id), item, where)])

    # branches ---------------------------------------------------------------------------------------------------

    def add_branch(self, partner_id: str, branch: Branch, answered: Answered | None) -> bool:
        """Keep a new branch with its idempotency record; false when another has the CNPJ, or the key, by now."""
        writes = [
            Put(bureau_keys.branch(partner_id, branch.id), _branch_item(branch), {"PK": ABSENT}),
            Put(bureau_keys.branch_cnpj(partner_id, branch.cnpj.value), _entity("branch_cnpj"), {"PK": ABSENT}),
        ]
        return self._commit(writes, answered)

    def replace_branch(self, partner_id: str, branch: Branch) -> bool:
        """Put a branch in the place of the version before it; false when that is no longer there."""
        where = {"version": branch.version - 1}
        return self._commit([Put(bureau_keys.branch(partner_id, branch.id), _branch_item(branch), where)])

    def remove_branch(self, partner_id: str, branch: Branch) -> bool:
        """False when the branch is no longer of this version."""
        writes = [
            Delete(bureau_keys.branch(partner_id, branch.id), {"version": branch.version}),
            Delete(bureau_keys.branch_cnpj(partner_id, branch.cnpj.value)),
        ]
        return self._commit(writes)

    def link(self, partner_id: str, branch: Branch, integration: Integration, moment: datetime) -> bool:
        """Let a branch without an integration have this one; false when it has one by now or either is gone."""
        # Counting the integration's version up makes a removal at the same time fail, or this.
        counted = Update(
            bureau_keys.bureau_integration(partner_id, integration.id),
            add={"version": 1},
            where={"entity": "bureau_integration"},
        )
        return self._commit([self._linked(partner_id, branch.id, integration.id, moment), counted])

    def unlink(self, partner_id: str, branch: Branch, integration_id: int, moment: datetime) -> bool:
        """False when the branch is no longer linked to this integration."""
        return self._commit([self._unlinked(partner_id, branch.id, integration_id, moment)])

    def _linked(self, partner_id: str, branch_id: int, integration_id: int, moment: datetime) -> Update:
        return Update(
            bureau_keys.branch(partner_id, branch_id),
            assign={"integration_id": integration_id, "updated_at": moment},
            add={"version": 1},
            where={"entity": "branch", "integration_id": None},
        )

    def _unlinked(self, partner_id: str, branch_id: int, integration_id: int, moment: datetime) -> Update:
        return Update(
            bureau_keys.branch(partner_id, branch_id),
            assign={"integration_id": None, "updated_at": moment},
            add={"version": 1},
            where={"integration_id": integration_id},
        )

    # integrations -----------------------------------------------------------------------------------------------

    def add_integration(self, partner_id: str, integration: Integration, answered: Answered | None) -> bool:
        """Keep a new integration, link its branch to it and take away the note of its secrets, all or nothing.

        False when the branch has an integration by now, is gone, or a request with the same key was first.
        """
        at = bureau_keys.bureau_integration(partner_id, integration.id)
        writes: list[Write] = [
            Put(at, _integration_item(integration), {"PK": ABSENT}),
            self._linked(partner_id, integration.branch_id, integration.id, integration.created_at),
            Delete(bureau_keys.leftover_secrets(partner_id, integration.id), {"entity": "bureau_leftover"}),
        ]
        return self._commit(writes, answered)

    def replace_integration(self, partner_id: str, integration: Integration) -> bool:
        """Put an integration in the place of the version before it; false when that is no longer there."""
        at = bureau_keys.bureau_integration(partner_id, integration.id)
        return self._commit([Put(at, _integration_item(integration), {"version": integration.version - 1})])

    def remove_integration(
        self, partner_id: str, integration: Integration, linked: Sequence[Branch], leftover: Leftover, moment: datetime
    ) -> bool:
        """Remove an integration and every link to it, noting its secrets; false when something changed meanwhile.

        At most ``MAX_LINKS`` of ``linked``: a transaction holds no more.
        """
        at = bureau_keys.bureau_integration(partner_id, integration.id)
        writes: list[Write] = [
            Delete(at, {"version": integration.version}),
            _leftover_put(partner_id, leftover),
            *(self._unlinked(partner_id, branch.id, integration.id, moment) for branch in linked),
        ]
        return self._commit(writes)

    def has_listings(self, partner_id: str, kind: str, number: int) -> bool:
        """Whether a listing that may stand at its bureau was made through an integration, or for a branch."""
        pk = bureau_keys.bureau_hold(partner_id, kind, number).pk
        return next(self._table.query(pk, prefix=bureau_keys.HOLD_PREFIX, limit=1), None) is not None

    def close_integration(self, partner_id: str, integration_id: int, until: datetime) -> None:
        """Say that an integration may be gone in a moment: until then no inclusion leaves through it."""
        item = _entity("closing_integration", until=until)
        self._table.write(Put(bureau_keys.closing_integration(partner_id, integration_id), item))

    def is_closing(self, partner_id: str, integration_id: int, now: datetime) -> bool:
        item = self._table.get(bureau_keys.closing_integration(partner_id, integration_id))
        return item is not None and read_moment(item["until"]) > now

    def note_leftover(self, partner_id: str, leftover: Leftover) -> None:
        """Say which secrets will be in the vault without an integration; ``add_integration`` takes the note away."""
        self._table.write(_leftover_put(partner_id, leftover))

    def drop_leftover(self, partner_id: str, integration_id: int) -> None:
        """Take the note away: the secrets are gone."""
        self._table.write(Delete(bureau_keys.leftover_secrets(partner_id, integration_id)))

    def find_codes(self, integration_ids: Sequence[int]) -> Mapping[int, CodeList]:
        from lastro.bureaus.setup.codes.items import to_codes

        wanted = {bureau_keys.restriction_codes(each): each for each in integration_ids}
        return {wanted[key]: to_codes(item) for key, item in self._table.get_many(wanted).items()}

    def put_codes(self, integration_id: int, codes: CodeList) -> None:
        """Keep a bureau's list as it was read just now. The one read last holds: all of them say the same of a day."""
        from lastro.bureaus.setup.codes.items import codes_item

        self._table.write(Put(bureau_keys.restriction_codes(integration_id), codes_item(codes)))


def _leftover_put(partner_id: str, leftover: Leftover) -> Put:
    item = _entity("bureau_leftover", **{**asdict(leftover), "names": list(leftover.names)})
    return Put(bureau_keys.leftover_secrets(partner_id, leftover.integration_id), item)


def _entity(kind: str, /, **attributes: object) -> Item:
    return {"entity": kind, "schema": _SCHEMA, "version": 1, **attributes}


def _to_settings(item: Item) -> Settings:
    return Settings(
        enabled=item["enabled"],
        repeat_days=item["repeat_days"],
        force_panels=tuple(map(Panel, item["force_panels"])),
        updated_at=read_moment(item["updated_at"]),
        version=item["version"],
    )


def _branch_item(branch: Branch) -> Item:
    return _entity("branch", **{**asdict(branch), "cnpj": branch.cnpj.value})


def _to_branch(item: Item) -> Branch:
    known = {name: item[name] for name in Branch.__dataclass_fields__}
    return Branch(**{**known, **_moments(item), "cnpj": Cnpj(item["cnpj"])})


def _moments(item: Item) -> dict[str, datetime]:
    return {name: read_moment(item[name]) for name in ("created_at", "updated_at")}


def _integration_item(integration: Integration) -> Item:
    item = {name: getattr(integration, name) for name in Integration.__dataclass_fields__}
    return _entity(
        "bureau_integration",
        **{
            **item,
            "fields": dict(integration.fields),
            "secrets": dict(integration.secrets),
            "prices": dict(integration.prices),
        },
    )


def _to_integration(item: Item) -> Integration:
    known = {name: item[name] for name in Integration.__dataclass_fields__ if name in item}
    return Integration(
        **{
            **known,
            **_moments(item),
            "secrets": {name: read_moment(moment) for name, moment in item["secrets"].items()},
            "environment": Environment(item["environment"]),
            "panel": Panel(item["panel"]),
            "shared_with": tuple(map(Panel, item["shared_with"])),
            "features": None if item.get("features") is None else tuple(item["features"]),
            "fields": {
                name: tuple(value) if isinstance(value, list) else value for name, value in item["fields"].items()
            },
        }
    )
