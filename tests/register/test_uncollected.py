"""Reading in peace: the garbage collector rests meanwhile, and afterwards is as it was."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tracker.register.uncollected import uncollected


@pytest.fixture(autouse=True)
def _collecting() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


@pytest.mark.parametrize("is_enabled", [True, False])
def test_the_collector_is_as_it_was(is_enabled: bool) -> None:
    if not is_enabled:
        gc.disable()
    frozen = gc.get_freeze_count()
    with suppress(KeyError), uncollected():
        assert not gc.isenabled()
        raise KeyError
    assert gc.isenabled() == is_enabled
    assert gc.get_freeze_count() == frozen


def test_what_was_read_is_not_looked_through_again() -> None:
    with uncollected():
        rows = [[at] for at in range(10_000)]
    gc.collect(0)
    young = {id(one) for one in gc.get_objects(generation=0)}
    assert not young.intersection(map(id, rows))
    assert id(rows) in {id(one) for one in gc.get_objects(generation=2)}


def test_a_cycle_is_collected_in_the_end() -> None:
    class Knot:
        def __init__(self) -> None:
            self.itself = self

    with uncollected():
        Knot()
    gc.collect()
    assert not [one for one in gc.get_objects() if isinstance(one, Knot)]
