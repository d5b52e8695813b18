"""A compact set of cells: which cells of a sheet are formulas, for sheets that have a million of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

import numpy as np
import numpy.typing as npt

__all__ = ["CellSet", "rows_by_column"]

_WIDTH = 16_384
"""Columns of an Excel sheet; a cell is packed as row × _WIDTH + column."""


Packed = npt.NDArray[np.int64]


def _ordered(packed: Packed) -> Packed:
    """Sorted without repetition; cells mostly come so from a sheet."""
    return packed if bool(np.all(packed[1:] > packed[:-1])) else np.unique(packed)


class CellSet(AbstractSet[tuple[int, int]]):
    """An immutable set of 0-based (row, column) kept as one sorted int64 array."""

    __slots__ = ("packed",)

    def __init__(self, cells: Iterable[tuple[int, int]] = ()) -> None:
        pairs = np.array(list(cells), dtype=np.int64).reshape(-1, 2)
        self.packed = _ordered(pairs[:, 0] * _WIDTH + pairs[:, 1])

    @classmethod
    def of(cls, rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64]) -> CellSet:
        """The set of (rows[i], columns[i])."""
        made = cls()
        made.packed = _ordered(rows * _WIDTH + columns)
        return made

    def __contains__(self, cell: object) -> bool:
        if not (isinstance(cell, tuple) and len(cell) == 2):
            return False
        packed = cell[0] * _WIDTH + cell[1]
        index = int(np.searchsorted(self.packed, packed))
        return index < len(self.packed) and bool(self.packed[index] == packed)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        for packed in self.packed.tolist():
            yield divmod(packed, _WIDTH)

    def __len__(self) -> int:
        return len(self.packed)

    def __hash__(self) -> int:
        return hash(self.packed.tobytes())


def rows_by_column(cells: AbstractSet[tuple[int, int]]) -> dict[int, npt.NDArray[np.int64]]:
    """The 0-based rows of the set, sorted, by 0-based column."""
    packed = (cells if isinstance(cells, CellSet) else CellSet(cells)).packed
    columns = packed % _WIDTH
    return {int(column): packed[columns == column] // _WIDTH for column in np.unique(columns)}
