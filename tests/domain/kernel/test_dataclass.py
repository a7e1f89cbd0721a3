"""Our `dataclass` holds what the standard library's does, and writes a class's methods at its first use."""

import dataclasses
import threading
import typing
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.kernel.dataclass import dataclass


def declare(decorate: Any) -> dict[str, Any]:
    """The same classes, made by ours and by the standard library's."""

    @decorate(frozen=True)
    class Amount:
        """An amount."""

        kind: ClassVar[str] = "amount"
        cents: int
        currency: str = "BRL"

        def __post_init__(self) -> None:
            if self.cents < 0:
                raise ValueError("below zero")

    @decorate(frozen=True, order=True)
    class Priced(Amount):
        tags: tuple[str, ...] = dataclasses.field(default_factory=tuple)
        note: str = dataclasses.field(default="none", compare=False)

    @decorate(frozen=True, kw_only=True)
    class Named:
        name: str

    @decorate()
    class Counter:
        count: int = 0

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Counter) and other.count == self.count

    @decorate(frozen=True, repr=False)
    class Secret:
        value: str

        def __repr__(self) -> str:
            return "Secret(***)"

    return {each.__name__: each for each in (Amount, Priced, Named, Counter, Secret)}


LATE, STANDARD = declare(dataclass), declare(dataclasses.dataclass)
amounts = st.tuples(st.integers(0, 9), st.sampled_from(("BRL", "USD")), st.lists(st.sampled_from("ab")).map(tuple))


@given(amounts, amounts)
def test_instances_are_alike_in_all_that_can_be_seen_of_them(one: tuple[Any, ...], other: tuple[Any, ...]) -> None:
    ours, theirs = (made["Priced"](*one) for made in (LATE, STANDARD))
    our_other, their_other = (made["Priced"](*other) for made in (LATE, STANDARD))
    assert repr(ours) == repr(theirs)
    assert (ours == our_other) is (theirs == their_other)
    assert (ours < our_other) is (theirs < their_other)
    assert (hash(ours) == hash(our_other)) is (hash(theirs) == hash(their_other))
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert dataclasses.replace(ours, cents=3).cents == 3


@pytest.mark.parametrize("name", sorted(STANDARD))
def test_a_class_tells_its_fields_before_and_after_its_first_instance(name: str) -> None:
    ours, theirs = declare(dataclass)[name], STANDARD[name]
    assert [each.name for each in dataclasses.fields(ours)] == [each.name for each in dataclasses.fields(theirs)]
    assert ours.__match_args__ == theirs.__match_args__
    assert ours.__doc__ == (theirs.__doc__ if name == "Amount" else None)


def test_a_frozen_one_takes_no_change() -> None:
    amount = declare(dataclass)["Amount"](5)
    with pytest.raises(dataclasses.FrozenInstanceError, match="cents"):
        amount.cents = 6
    with pytest.raises(dataclasses.FrozenInstanceError, match="other"):
        amount.other = 6
    with pytest.raises(dataclasses.FrozenInstanceError, match="cents"):
        del amount.cents
    assert amount.cents == 5


def test_what_is_missing_wrong_or_refused_is_told_at_the_first_instance_as_at_any() -> None:
    for made in (declare(dataclass), STANDARD):
        for _ in range(2):
            with pytest.raises(TypeError, match="missing 1 required positional argument: 'cents'"):
                made["Amount"]()
            with pytest.raises(TypeError, match="unexpected keyword argument 'cent'"):
                made["Amount"](cent=5)
            with pytest.raises(TypeError, match="positional"):
                made["Named"]("name")
            with pytest.raises(ValueError, match="below zero"):
                made["Priced"](-1)


def test_defaults_stand_where_they_stood() -> None:
    made = declare(dataclass)
    priced = made["Priced"](1)
    assert (priced.tags, priced.note, priced.currency, made["Priced"].note) == ((), "none", "BRL", "none")
    assert not hasattr(made["Priced"], "tags")
    with pytest.raises(TypeError, match="unhashable"):
        hash(made["Counter"](1))
    counter = made["Counter"]()
    counter.count += 1
    assert counter == made["Counter"](1)
    assert repr(made["Secret"]("x")) == "Secret(***)"


def test_a_subclass_without_fields_of_its_own_is_made_as_its_base() -> None:
    amount = declare(dataclass)["Amount"]

    debt = type("Debt", (amount,), {})
    doubled = dataclasses.replace(debt(2), cents=4)
    assert doubled == debt(4)
    assert type(doubled) is debt


def test_a_generic_one_is_made() -> None:
    item = typing.TypeVar("item")

    @dataclass(frozen=True)
    class Page(typing.Generic[item]):
        items: tuple[item, ...]

    assert Page[int]((1,)) == Page((1,))


def test_threads_that_make_the_first_instance_together_all_get_whole_ones() -> None:
    for _ in range(20):
        priced = declare(dataclass)["Priced"]
        ready = threading.Barrier(8)
        made: list[Any] = []

        def make(priced: Any = priced, ready: threading.Barrier = ready, made: list[Any] = made) -> None:
            ready.wait()
            made.append((priced(7), priced(7) == priced(7), hash(priced(7))))

        threads = [threading.Thread(target=make) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len({(amount, equal, hashed) for amount, equal, hashed in made}) == 1
        assert len(made) == 8


@pytest.mark.parametrize("name", ["__init__", "__setattr__", "__delattr__"])
def test_a_method_that_would_be_lost_is_refused(name: str) -> None:
    with pytest.raises(TypeError, match=name):
        dataclass(frozen=True)(type("Own", (), {"__annotations__": {"cents": int}, name: lambda self: None}))


def test_slots_are_refused() -> None:
    with pytest.raises(TypeError, match="slots"):
        declare(lambda **options: dataclass(slots=True, **options))
