"""Every edited book opens in LibreOffice, with the new values and with all other cells as they were.

One start of LibreOffice converts each book before and after its edit; the cells of both are compared. A plain run
takes a book for each feature; `TRACKER_THOROUGH=1` takes all of them (docs/testing.md).
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from python_calamine import CalamineError, CalamineWorkbook

from tests.register.excel import packages as pk
from tests.register.excel.feature_books import FEATURES
from tests.register.excel.test_real_workbooks import (
    Place,
    free_places,
    last_content_row,
    places_of,
    reads_as,
)
from tracker.errors import PackageRefused
from tracker.register.excel import CellValue, edit_package

TEXT = '=1+1 "kutip", <b>\nbaris kedua'
MOMENT = datetime(2026, 8, 3, 9, 15)
ALL = os.environ.get("TRACKER_THOROUGH") == "1"

USUAL = {
    "apache__63934_d8aa43.xlsx", "apache__59021_0f485d.xlsx", "apache__51850_c04129.xlsx", "apache__47504_8805a7.xlsx",
    "apache__57914_2477fa.xlsx", "apache__NewStyleConditionalFormattings_93c034.xlsx",
    "jmcnamara__optimize13_fa4bf9.xlsx", "closedxml__FileWithButton_da6cfd.xlsm",
    "phpoffice__PivotTableSimple_9001f2.xlsx", "mathnya__issue_285_d83f8e.xlsx",
}  # fmt: skip
"""A table with calculated columns, a prefix, x14 lists, 1904, strict, x14 rules, notes, controls, a pivot, threads."""

NOT_OPENED = {"apache__49609_03d9d1.xlsx"}
"""LibreOffice itself opens no package whose member names have backslashes."""

Grid = dict[Place, object]


@dataclass(frozen=True, slots=True)
class Edited:
    """A book before and after one edit of one sheet, and what was written there."""

    name: str
    sheet: str
    before: bytes
    after: bytes
    written: Mapping[Place, CellValue]
    rows: frozenset[int]
    """Rows that were added: formulas of the records go on in them."""


def books() -> Iterable[tuple[str, bytes]]:
    for path in pk.well_formed():
        if ALL or path.name in USUAL:
            yield path.name, path.read_bytes()
    for name, make in FEATURES.items():
        yield name, make()


def edited(name: str, data: bytes) -> Edited:
    """One cell overwritten, one blanked, and two rows appended where the book allows it."""
    parts = pk.members(data)
    sheet, part = next(iter(pk.sheet_parts(parts).items()))
    places = free_places(parts, part) or [(2, 2)]
    cells: dict[Place, CellValue] = {places[-1]: None, places[len(places) // 2]: TEXT, places[0]: 12.5}
    after = edit_package(data, cells={sheet: {pk.a1(place): value for place, value in cells.items()}})
    tables = pk.related(parts, part, "table")
    refs = [pk.parse(parts[table]).get("ref", "") for table in tables]
    left = min((pk.number_of(ref.partition(":")[0].rstrip("0123456789")) for ref in refs), default=1)
    last = max((int(ref.partition(":")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for ref in refs), default=0)
    last = last or last_content_row(pk.members(after)[part])
    letters = [pk.letters_of(left + n) for n in range(2)]
    try:
        after = edit_package(after, append={sheet: [{letters[0]: TEXT, letters[1]: MOMENT}, {letters[0]: 7}]})
    except PackageRefused:
        return Edited(name, sheet, data, after, cells, frozenset())
    new: dict[Place, CellValue] = {(last + 1, left): TEXT, (last + 1, left + 1): MOMENT, (last + 2, left): 7}
    return Edited(name, sheet, data, after, cells | new, frozenset((last + 1, last + 2)))


def converted(soffice: str, folder: Path, files: Mapping[str, bytes]) -> dict[str, Path]:
    """What LibreOffice makes of the files, by their names; all in one start."""
    out = folder / "hasil"
    paths = {}
    for number, (name, content) in enumerate(files.items()):
        path = folder / f"{number:03d}{Path(name).suffix}"
        path.write_bytes(content)
        paths[name] = path
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out)]
    subprocess.run(
        [*command, *map(str, paths.values())], check=True, timeout=20 * len(files), capture_output=True
    )
    return {name: out / f"{path.stem}.xlsx" for name, path in paths.items()}


def grids(path: Path) -> dict[str, Grid]:
    with CalamineWorkbook.from_path(path) as book:
        found: dict[str, Grid] = {}
        for name in book.sheet_names:
            try:
                rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            except CalamineError:  # a sheet of charts
                continue
            found[name] = {
                (r, c): value
                for r, row in enumerate(rows, 1)
                for c, value in enumerate(row, 1)
                if value not in ("", None)
            }
        return found


def computed(data: bytes, sheet: str) -> set[Place]:
    """Places that LibreOffice computes when it opens the book: formulas, arrays, data tables and pivot tables."""
    parts = pk.members(data)
    part = pk.sheet_parts(parts)[sheet]
    found: set[Place] = set()
    for place, cell in pk.cells_of(pk.parse(parts[part])):
        formula = cell.find("{*}f")
        if formula is not None:
            found |= {place, *(places_of(formula.get("ref", "")) if formula.get("ref") else ())}
    for table in pk.related(parts, part, "pivotTable"):
        (location,) = pk.parse(parts[table]).iterfind("{*}location")
        corners = places_of(location.get("ref", ""))
        (top, left), (bottom, right) = corners[0], corners[-1]
        # it shows the records that were added too
        found |= set(places_of(f"{pk.a1((top, left))}:{pk.a1((bottom + 10, right + 10))}"))
    return found


def difference(one: Edited, before: dict[str, Grid], after: dict[str, Grid]) -> str:
    """What is not as it should be; empty when all is well."""
    if before.keys() != after.keys():
        return f"sheets {list(before)} became {list(after)}"
    for sheet, old in before.items():
        new, own = after[sheet], one.written if sheet == one.sheet else {}
        for place, value in own.items():
            if not (new.get(place) == value or reads_as(new.get(place), value)):
                return f"{sheet}!{pk.a1(place)}: {new.get(place)!r} instead of {value!r}"
        follows = computed(one.before, sheet) if sheet in pk.sheet_parts(pk.members(one.before)) else set()
        for place in old.keys() | new.keys():
            is_free = place in own or place in follows or (sheet == one.sheet and place[0] in one.rows)
            if not is_free and old.get(place) != new.get(place):
                return f"{sheet}!{pk.a1(place)}: {old.get(place)!r} became {new.get(place)!r}"
    return ""


@pytest.mark.timeout(1200 if ALL else 150)
def test_every_edited_book_opens_with_the_new_values_and_the_old_neighbours(
    soffice: str, tmp_path: Path
) -> None:
    edits = [edited(name, data) for name, data in books()]
    files = {f"{one.name} before{Path(one.name).suffix}": one.before for one in edits}
    files |= {f"{one.name} after{Path(one.name).suffix}": one.after for one in edits}
    paths = converted(soffice, tmp_path, files)
    wrong = {}
    for one in edits:
        first, second = (paths[f"{one.name} {when}{Path(one.name).suffix}"] for when in ("before", "after"))
        if one.name in NOT_OPENED:
            assert not first.exists()
        elif not first.exists():
            wrong[one.name] = "does not open even before the edit"
        elif (
            found := "does not open" if not second.exists() else difference(one, grids(first), grids(second))
        ):
            wrong[one.name] = found
    print(f"{len(edits)} books, {sum(bool(one.rows) for one in edits)} of them appended to")
    assert not wrong, "\n".join(f"{name}: {what}" for name, what in wrong.items())
