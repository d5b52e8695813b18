"""Which known ID an unknown one was probably meant to be, in time that does not grow with the register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tracker.folding import fold, nearest

__all__ = ["Offers"]

_FEW = 300
"""Up to this many IDs each is compared; above, only those one slip of the finger away."""


class Offers:
    """The IDs that may be offered; built when the first offer is asked for."""

    __slots__ = ("_by_remainder", "_ids", "_known")

    def __init__(self, ids: Iterable[str]) -> None:
        self._ids = [identifier for identifier in ids if identifier]
        self._by_remainder: dict[str, list[str]] = {}
        self._known: dict[str, str | None] = {}

    def nearest(self, written: str) -> str | None:
        """The ID nearest to `written`, or None."""
        if written not in self._known:
            candidates = self._ids if len(self._ids) <= _FEW else self._one_slip_away(written)
            self._known[written] = nearest(written, candidates)
        return self._known[written]

    def _one_slip_away(self, written: str) -> list[str]:
        """IDs one letter left out, added, changed or swapped away: both share a text less one letter."""
        if not self._by_remainder:
            for identifier in self._ids:
                for remainder in _remainders(fold(identifier)):
                    self._by_remainder.setdefault(remainder, []).append(identifier)
        found = (identifier for remainder in _remainders(fold(written))
                 for identifier in self._by_remainder.get(remainder, ()))  # fmt: skip
        return list(dict.fromkeys(found))


def _remainders(text: str) -> Iterator[str]:
    yield text
    for place in range(len(text)):
        yield text[:place] + text[place + 1 :]
