"""Sheet Arsip: which papers were printed, under which number, and how the next one is numbered.

Source: "Common to all" in the papers' contract: the next free number comes from Arsip, numbers are never reused,
and a reprint of unchanged content keeps its number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.folding import fold
from tracker.register.cells import read_text
from tracker.register.headings import find_headings, find_sheets
from tracker.register.schema import ARSIP
from tracker.register.store import AppendRow, CellValue, Patch
from tracker.register.tables import table_of

if TYPE_CHECKING:
    from tracker.register.store import Snapshot
    from tracker.sop.figures import Month

__all__ = ["Filing", "Printed", "file_paper", "filing"]

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


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


def filing(snapshot: Snapshot, *, kind: str, month: Month, register_hash: str, template: str) -> Filing:
    """The number of this paper: that of an unchanged earlier print, else the next free one of the year."""
    rows = _rows(snapshot)
    same = [row for row in rows if (fold(row["kind"]), row["period"]) == (fold(kind), str(month))]
    same = [row for row in same if row["register_hash"] == register_hash]
    if same:
        return Filing(same[0]["number"], len(same))
    pattern = re.escape(template)
    forms = {"nomor": "([0-9]+)", "bulan_romawi": "[IVX]+", "tahun": str(month.year), "bulan": "[0-9]+"}
    for name, form in forms.items():
        pattern = pattern.replace(re.escape(f"{{{name}}}"), form)
    used = [
        int(found[1]) for row in rows if (found := re.fullmatch(pattern, row["number"])) and found.groups()
    ]
    values = {
        "nomor": str(max(used, default=0) + 1),
        "bulan_romawi": _ROMAN[month.month - 1],
        "tahun": str(month.year),
        "bulan": f"{month.month:02d}",
    }
    number = template
    for name, value in values.items():
        number = number.replace(f"{{{name}}}", value)
    return Filing(number, 0)


def _rows(snapshot: Snapshot) -> list[dict[str, str]]:
    name = find_sheets([grid.name for grid in snapshot.grids]).get(ARSIP.key)
    table, _ = table_of(ARSIP, None if name is None else snapshot.grid(name))
    keys = ("number", "kind", "period", "register_hash")
    columns = [[read_text(value) for value in table.values(key)] for key in keys]
    return [dict(zip(keys, cells, strict=True)) for cells in zip(*columns, strict=True)]


def file_paper(snapshot: Snapshot, paper: Printed) -> Patch | None:
    """The patch that adds the row of this paper to Arsip; None when the book has no such sheet."""
    name = find_sheets([grid.name for grid in snapshot.grids]).get(ARSIP.key)
    grid = None if name is None else snapshot.grid(name)
    if grid is None:
        return None
    headings = find_headings(ARSIP, grid)
    cells: dict[int, CellValue] = {
        headings.columns[key]: getattr(paper, key)
        for key in Printed.__slots__
        if key in headings.columns and getattr(paper, key) != ""
    }
    typed = tuple(headings.columns[one.key] for one in ARSIP.typed if one.key in headings.columns)
    return Patch(appends=(AppendRow(grid.name, cells, typed, headings.row, paper.document_hash),))
