"""Sheet Arsip: which papers were printed, under which number, and how the next one is numbered.

Source: "Common to all" in the papers' contract: the next free number comes from Arsip, numbers are never reused,
and a reprint of unchanged content keeps its number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from tracker.errors import RegisterReadOnly
from tracker.folding import fold
from tracker.register.cells import read_text
from tracker.register.headings import find_headings, find_sheets
from tracker.register.schema import ARSIP, PEGAWAI
from tracker.register.store import AddSheet, AppendRow, CellValue, Grid, Patch
from tracker.register.tables import table_of

if TYPE_CHECKING:
    from tracker.register.store import Snapshot
    from tracker.sop.figures import Month

__all__ = ["Filed", "Filing", "Ledger", "Printed"]

_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_DIGITS: Final = "([0-9]{1,9})"
"""More digits are no running number (and Python refuses to read thousands of them)."""


@dataclass(frozen=True, slots=True)
class Filing:
    """Under which number a paper is filed; `reprint` is 0 for the first print, n for the n-th reprint."""

    number: str
    reprint: int


@dataclass(frozen=True, slots=True)
class Printed:
    """One row of Arsip: a paper that was printed."""

    number: str
    kind: str
    period: str
    printed_at: datetime
    """Local time of the register's zone, naive."""
    printed_by: str
    file: str
    register_hash: str
    document_hash: str


@dataclass(frozen=True, slots=True)
class Filed:
    """A row of Arsip as read: texts only."""

    number: str
    kind: str
    period: str
    file: str
    register_hash: str
    document_hash: str


class Ledger:
    """The rows of Arsip at one moment, and those that are about to be added (`note`)."""

    def __init__(self, snapshot: Snapshot) -> None:
        names = find_sheets([grid.name for grid in snapshot.grids])
        self._grid = snapshot.grid(names.get(ARSIP.key, ""))
        self._like = _heading_like(snapshot, names)
        table, _ = table_of(ARSIP, self._grid)
        columns = [[read_text(value) for value in table.values(key)] for key in Filed.__slots__]
        self.rows = [Filed(*cells) for cells in zip(*columns, strict=True)]

    @property
    def is_there(self) -> bool:
        """Whether the book has a sheet Arsip; else the first paper filed makes it."""
        return self._grid is not None

    def note(self, number: str, kind: str, period: str, register_hash: str) -> None:
        """Count this paper as printed, so that the next one gets another number."""
        self.rows.append(Filed(number, kind, period, "", register_hash, ""))

    def numbered(self, kind: str, period: str, register_hash: str, *, template: str, month: Month) -> Filing:
        """The number of a report: that of an unchanged earlier print, else the next free one of the year."""
        same = self._prints(kind, period, register_hash)
        return Filing(same[0].number, len(same)) if same else Filing(self._next(template, month), 0)

    def named(self, kind: str, period: str, register_hash: str, number: str) -> Filing:
        """The number of a paper that brings its own: an SOP, the card of an item."""
        return Filing(number, len(self._prints(kind, period, register_hash)))

    def _prints(self, kind: str, period: str, register_hash: str) -> list[Filed]:
        return [
            row
            for row in self.rows
            if (fold(row.kind), row.period, row.register_hash) == (fold(kind), period, register_hash)
        ]

    def _next(self, template: str, month: Month) -> str:
        if "{nomor}" not in template:  # else every paper would have the same number
            template = f"{{nomor}}/{template}"
        pattern = re.escape(template)
        forms = {"nomor": _DIGITS, "bulan_romawi": "[IVX]+", "tahun": str(month.year), "bulan": "[0-9]+"}
        for name, form in forms.items():
            pattern = pattern.replace(re.escape(f"{{{name}}}"), form)
        matches = (re.fullmatch(pattern, row.number) for row in self.rows)
        values = {
            "nomor": str(max((int(found[1]) for found in matches if found), default=0) + 1),
            "bulan_romawi": _ROMAN[month.month - 1],
            "tahun": str(month.year),
            "bulan": f"{month.month:02d}",
        }
        number = template
        for name, value in values.items():
            number = number.replace(f"{{{name}}}", value)
        return number

    def patch(self, papers: Sequence[Printed]) -> Patch:
        """The patch that adds the rows of these papers, and the sheet where the book has none.

        RegisterReadOnly when the sheet is there but has no column for the number of a paper.
        """
        if not papers:
            return Patch()
        grid, made = self._grid, tuple[AddSheet, ...]()
        if grid is None:
            made = (self._made(),)
            grid = Grid(ARSIP.name, [one.headings for one in made])
        headings = find_headings(ARSIP, grid)
        if not headings.is_sound:
            raise RegisterReadOnly(
                f"Lembar {ARSIP.name} tidak mempunyai kolom {ARSIP.column('number').heading}, jadi naskah tidak dapat "
                "dicatat.",
                "Betulkan judul kolomnya, atau hapus lembar itu agar dibuat kembali.",
            )
        typed = tuple(headings.columns[one.key] for one in ARSIP.typed if one.key in headings.columns)
        rows = (
            AppendRow(grid.name, _cells(paper, headings.columns), typed, headings.row, paper.document_hash)
            for paper in papers
        )
        return Patch(appends=tuple(rows), sheets=made)

    def _made(self) -> AddSheet:
        """The sheet as the schema describes it, with headings that look like those of a sheet that is there."""
        return AddSheet(
            ARSIP.name,
            tuple(column.heading for column in ARSIP.columns),
            tuple(column.width for column in ARSIP.columns),
            self._like,
        )


def _heading_like(snapshot: Snapshot, names: Mapping[str, str]) -> tuple[str, int, int] | None:
    """A heading of sheet Pegawai, which is small: the one of the column that must be there."""
    grid = snapshot.grid(names.get(PEGAWAI.key, ""))
    if grid is None:
        return None
    headings = find_headings(PEGAWAI, grid)
    column = headings.columns.get("name")
    return None if column is None else (grid.name, headings.row, column)


def _cells(paper: Printed, columns: Mapping[str, int]) -> dict[int, CellValue]:
    return {
        columns[key]: getattr(paper, key)
        for key in Printed.__slots__
        if key in columns and getattr(paper, key) != ""
    }
