"""Real workbooks with every feature of the list: after an edit nothing but the edit differs."""

from __future__ import annotations

import io
import random
import warnings
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from tests.register.excel import packages as pk
from tests.register.excel.feature_books import FEATURES
from tracker.errors import PackageRefused
from tracker.register.excel import CellValue, edit_package

VALUES: list[CellValue] = ["=1+1", " Judul & <b>\n", 12, -0.5, True, datetime(2026, 8, 3, 9, 15), "_x000D_"]

# well-formed books an append is refused for: two tables side by side, each ending in a totals row
APPEND_REFUSED = {("apache__DataTableCities_ca2f66.xlsx", "Table"): "totals-row"}

# calamine looks for xl/styles.xml instead of following the relationship, so it shows no dates in this one
STYLES_ELSEWHERE = "phpoffice__rootZipFiles_3de127.xlsx"

Place = tuple[int, int]


def free_places(parts: dict[str, bytes], part: str) -> list[Place]:
    """Places of existing cells: no covered part of a merge, no array of several cells, no table heading."""
    root = pk.parse(parts[part])
    covered: set[Place] = set()
    for table in pk.related(parts, part, "table"):
        ref = pk.parse(parts[table]).get("ref", "")
        covered |= {place for place in places_of(ref) if place[0] == places_of(ref)[0][0]}
    for tag in root.iterfind(".//{*}mergeCell"):
        covered |= set(places_of(tag.get("ref", ""))[1:])
    for tag in root.iterfind(".//{*}f"):
        if tag.get("t") in ("array", "dataTable") and ":" in tag.get("ref", ""):
            covered |= set(places_of(tag.get("ref", "")))
    return [place for place, _ in pk.cells_of(root) if place not in covered]


def places_of(ref: str) -> list[Place]:
    first, _, last = ref.partition(":")
    (r1, c1), (r2, c2) = corner(first), corner(last or first)
    return [(r, c) for r in range(r1, r2 + 1) for c in range(c1, c2 + 1)]


def corner(text: str) -> Place:
    letters = text.rstrip("0123456789")
    return int(text[len(letters) :]), pk.number_of(letters)


def assert_only_calculation_differs(before: bytes, after: bytes, *also: str) -> None:
    old, new = pk.members(before), pk.members(after)
    (workbook,) = pk.related(old, "", "officeDocument")
    assert pk.frame(old[workbook], "calcPr", *also) == pk.frame(new[workbook], "calcPr", *also)
    (calc,) = pk.parse(new[workbook]).iterfind(".//{*}calcPr")
    assert calc.get("fullCalcOnLoad") in ("1", "true")


def assert_opens_as_before(before: bytes, after: bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            openpyxl.load_workbook(io.BytesIO(before))
        except Exception:  # what openpyxl cannot open before is no measure afterwards
            return
        openpyxl.load_workbook(io.BytesIO(after))


def grid_or_none(data: bytes, sheet: str) -> dict[Place, object] | None:
    try:
        return pk.calamine_grid(data, sheet)
    except Exception:
        return None


def assert_only_these_cells_differ(
    before: bytes, after: bytes, sheet: str, written: dict[Place, CellValue]
) -> None:
    old, new = pk.members(before), pk.members(after)
    part = pk.sheet_parts(old)[sheet]
    old_cells, new_cells = pk.cell_shapes(old[part]), pk.cell_shapes(new[part])
    differing = {p for p in old_cells.keys() | new_cells.keys() if old_cells.get(p) != new_cells.get(p)}
    assert differing <= written.keys()
    old_rows, new_rows = pk.row_attributes(old[part]), pk.row_attributes(new[part])
    assert {k: v for k, v in new_rows.items() if k in old_rows} == old_rows
    seen, first = grid_or_none(after, sheet), grid_or_none(before, sheet)
    if first is None:
        return
    assert seen is not None
    for place, value in written.items():
        assert reads_as(seen.get(place), value), pk.a1(place)
    kept = {k: v for k, v in first.items() if k not in written}
    assert kept == {k: v for k, v in seen.items() if k not in written}


def reads_as(seen: object, value: CellValue) -> bool:
    """A number keeps the cell's style, so one written into a date cell shows as a date."""
    if isinstance(value, int | float) and isinstance(seen, date | datetime | time | timedelta):
        return not isinstance(value, bool)
    return seen == value


def sheets_of(data: bytes) -> tuple[bytes, dict[str, str], dict[str, bytes]]:
    parts = pk.members(data)
    sheets = dict(list(pk.sheet_parts(parts).items())[:3])
    assert sheets
    return data, sheets, parts


BOOKS: list[tuple[str, Callable[[], bytes]]] = [
    *((path.name, path.read_bytes) for path in pk.well_formed()),
    *FEATURES.items(),
]


@pytest.mark.parametrize(("name", "make"), BOOKS, ids=[name for name, _ in BOOKS])
def test_overwriting_and_blanking_changes_nothing_else(name: str, make: Callable[[], bytes]) -> None:
    data, sheets, parts = sheets_of(make())
    dice = random.Random(name)
    for sheet, part in sheets.items():
        places = free_places(parts, part) or [(2, 2)]
        written: dict[Place, CellValue] = {dice.choice(places): dice.choice(VALUES) for _ in range(3)}
        written[dice.choice(places)] = None
        after = edit_package(data, cells={sheet: {pk.a1(p): v for p, v in written.items()}})
        assert_only_these_cells_differ(data, after, sheet, written)
        assert pk.frame(parts[part]) == pk.frame(pk.members(after)[part])
        changed = pk.changed_parts(data, after)
        allowed = {"styles.xml", "calcChain.xml", "workbook.xml.rels", "[Content_Types].xml"}
        (workbook,) = pk.related(parts, "", "officeDocument")
        assert {c for c in changed - {part, workbook} if c.rpartition("/")[2] not in allowed} == set()
        if changed:
            assert_only_calculation_differs(data, after)
        assert_opens_as_before(data, after)


@pytest.mark.parametrize(("name", "make"), BOOKS, ids=[name for name, _ in BOOKS])
def test_appending_changes_nothing_else(name: str, make: Callable[[], bytes]) -> None:
    data, sheets, parts = sheets_of(make())
    for sheet, part in sheets.items():
        tables = pk.related(parts, part, "table")
        left = min((pk.number_of(table_ref(parts[t])[0].rstrip("0123456789")) for t in tables), default=1)
        letters = [pk.letters_of(left + n) for n in range(2)]
        rows: list[dict[str, CellValue]] = [
            {letters[0]: "=baru", letters[1]: datetime(2026, 12, 31, 23, 59)},
            {letters[0]: 7},
        ]
        if reason := APPEND_REFUSED.get((name, sheet)):
            with pytest.raises(PackageRefused) as refusal:
                edit_package(data, append={sheet: rows})
            assert refusal.value.reason == reason
            continue
        after = edit_package(data, append={sheet: rows})
        new = pk.members(after)
        ends = [int(table_ref(parts[t])[1].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for t in tables]
        last = max(ends) if ends else last_content_row(parts[part])
        old_cells, new_cells = pk.cell_shapes(parts[part]), pk.cell_shapes(new[part])
        differing = {p for p in old_cells.keys() | new_cells.keys() if old_cells.get(p) != new_cells.get(p)}
        assert {row for row, _ in differing} == {last + 1, last + 2}
        assert_ranges_only_grew(parts[part], new[part], last)
        (workbook,) = pk.related(parts, "", "officeDocument")
        (style, *_) = [*pk.related(new, workbook, "styles"), "none"]
        also = (
            {style, "[Content_Types].xml", workbook.replace("xl/", "xl/_rels/") + ".rels"}
            if (style not in parts or parts[style] != new[style])
            else set()
        )
        assert pk.changed_parts(data, after) <= {part, workbook, *tables, *also}
        for table in tables:
            assert without_range(parts[table]) == without_range(new[table])
        assert_only_calculation_differs(data, after, "definedNames")
        seen = grid_or_none(after, sheet)
        if seen is not None:
            assert seen[last + 1, left] == "=baru"
            if name != STYLES_ELSEWHERE:
                assert seen[last + 1, left + 1] == datetime(2026, 12, 31, 23, 59)
            assert reads_as(seen[last + 2, left], 7)
        for table in tables:
            assert table_ref(new[table])[1].endswith(str(last + 2))
        assert_opens_as_before(data, after)


def without_range(table: bytes) -> pk.Shape:
    """A table part with neither its own range nor that of its filter."""
    root = pk.parse(table)
    for element in (root, *root.iterfind("{*}autoFilter")):
        element.attrib.pop("ref", None)
    root.attrib.pop("insertRow", None)
    return pk.shape(root)


def assert_ranges_only_grew(before: bytes, after: bytes, last: int) -> None:
    """Outside the cells nothing differs but ranges that ended with the last record and end two rows below now."""
    old, new = pk.parse(before), pk.parse(after)
    for was, now in zip(ranged(old), ranged(new), strict=True):
        for name in ("sqref", "ref"):
            words, new_words = was.get(name, "").split(), now.get(name, "").split()
            assert [grown_or_same(a, b, last) for a, b in zip(words, new_words, strict=True)] == new_words
            now.attrib.pop(name, None)
            was.attrib.pop(name, None)
        if pk.local(was) == "sqref":
            words, new_words = (was.text or "").split(), (now.text or "").split()
            assert [grown_or_same(a, b, last) for a, b in zip(words, new_words, strict=True)] == new_words
            was.text = now.text = None
    assert pk.frame(ElementTree.tostring(old)) == pk.frame(ElementTree.tostring(new))


def ranged(root: ElementTree.Element) -> list[ElementTree.Element]:
    """The elements whose range may grow."""
    kinds = ("autoFilter", "dataValidation", "conditionalFormatting", "sqref")
    return [element for element in root.iter() if pk.local(element) in kinds]


def grown_or_same(old: str, new: str, last: int) -> str:
    """The range as it may be now: `new` when that is `old` ending two rows further down, else `old`."""
    ends = old.replace("$", "").rpartition(":")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if ends != str(last) or new == old:
        return old
    first, last_cell = old.partition(":")[0], old.rpartition(":")[2]
    return f"{first}:{last_cell[: -len(str(last))]}{last + 2}"


def table_ref(xml: bytes) -> tuple[str, str]:
    first, _, last = pk.parse(xml).get("ref", "").partition(":")
    return first, last


def last_content_row(xml: bytes) -> int:
    def holds(cell: ElementTree.Element) -> bool:
        texts = [t.text for name in ("v", "t") for t in cell.iterfind(f".//{{*}}{name}")]
        return any(texts) or cell.find("{*}f") is not None

    return max((place[0] for place, cell in pk.cells_of(pk.parse(xml)) if holds(cell)), default=0)


@pytest.mark.parametrize(("name", "reason"), pk.NOT_WELL_FORMED.items())
def test_what_is_no_well_formed_book_is_refused_by_name(name: str, reason: str) -> None:
    with pytest.raises(PackageRefused) as refusal:
        edit_package((pk.WORKBOOKS / name).read_bytes(), cells={"Sheet1": {"A1": 1}})
    assert refusal.value.reason == reason


def test_at_most_three_per_cent_of_well_formed_books_are_refused() -> None:
    assert len(APPEND_REFUSED) <= 0.03 * len(BOOKS)


@pytest.mark.parametrize("book", pk.books(), ids=lambda p: p.name)
def test_no_edit_gives_the_identical_bytes(book: Path) -> None:
    data = book.read_bytes()
    assert edit_package(data) == data
    assert edit_package(data, cells={"Sheet1": {}}, append={"Sheet1": []}) == data
