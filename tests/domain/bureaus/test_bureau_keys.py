"""Whose key asks: a manager's own, a broker's own first, a shared one, or none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.bureaus.orders.sharing import choose_key
from lastro.kernel.callers.caller import Panel
from lastro.kernel.errors import BusinessRefusal, Forbidden, InvalidInput, NotFound
from tests.domain.bureaus.bureau_setups import integration, setup


def test_a_manager_asks_with_the_branchs_own_key() -> None:
    two = setup(integration(1), integration(2))
    chosen = choose_key(two, Panel.MANAGER, 2)
    assert (chosen.integration.id, chosen.branch.id, chosen.shared) == (2, 2, False)
    with pytest.raises(InvalidInput):
        choose_key(two, Panel.MANAGER, None)
    assert choose_key(setup(integration(1)), Panel.MANAGER, None).integration.id == 1


def test_a_manager_never_asks_with_another_branchs_key() -> None:
    with pytest.raises(BusinessRefusal):
        choose_key(setup(integration(1), integration(2), unlinked=(2,)), Panel.MANAGER, 2)


def test_a_broker_asks_with_its_own_key_first() -> None:
    both = setup(integration(1, shared=(Panel.BROKER,)), integration(2, Panel.BROKER))
    for branch_id in (None, 1, 2):
        chosen = choose_key(both, Panel.BROKER, branch_id)
        assert (chosen.integration.id, chosen.shared) == (2, False)


def test_a_broker_without_a_key_asks_with_the_shared_one_or_not_at_all() -> None:
    chosen = choose_key(setup(integration(1, shared=(Panel.BROKER,))), Panel.BROKER, 1)
    assert (chosen.integration.id, chosen.shared) == (1, True)
    for others in (setup(integration(1)), setup(integration(1, shared=(Panel.AGENCY,)))):
        with pytest.raises(Forbidden):
            choose_key(others, Panel.BROKER, 1)


def test_a_key_nobody_linked_is_no_key() -> None:
    with pytest.raises(BusinessRefusal):
        choose_key(setup(integration(1), unlinked=(1,)), Panel.MANAGER, None)


def test_a_branch_of_another_store_is_not_there() -> None:
    two = setup(integration(1), integration(2), stores=(7, 8))
    assert choose_key(two, Panel.MANAGER, None, store_id=8).integration.id == 2
    with pytest.raises(NotFound):
        choose_key(two, Panel.MANAGER, 1, store_id=8)
    with pytest.raises(NotFound):
        choose_key(two, Panel.MANAGER, 99)


@given(
    panels=st.lists(st.sampled_from(Panel), min_size=1, max_size=3),
    shared=st.lists(st.sets(st.sampled_from([Panel.BROKER, Panel.AGENCY])), min_size=3, max_size=3),
    asker=st.sampled_from(Panel),
    branch_id=st.none() | st.integers(1, 3),
)
def test_nobody_ever_gets_a_key_that_is_not_theirs(
    panels: list[Panel], shared: list[set[Panel]], asker: Panel, branch_id: int | None
) -> None:
    integrations = [
        integration(number, panel, tuple(sorted(shared[number - 1])) if panel is Panel.MANAGER else ())
        for number, panel in enumerate(panels, start=1)
    ]
    try:
        chosen = choose_key(setup(*integrations), asker, branch_id)
    except (BusinessRefusal, Forbidden, InvalidInput, NotFound):
        return
    if chosen.shared:
        assert chosen.integration.panel is Panel.MANAGER
        assert asker in chosen.integration.shared_with
        assert asker not in panels
    else:
        assert chosen.integration.panel is asker
    if asker is Panel.MANAGER and branch_id is not None:
        assert chosen.branch.id == branch_id
