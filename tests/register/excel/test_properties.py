"""What holds for every edit: it reads back, many at once equal one after the other, the rest never moves."""

from __future__ import annotations

import gc
from datetime import date, datetime, time, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.register.excel import packages as pk
from tests.register.excel.test_append import office_book
from tests.register.excel.test_moments import styled
from tracker.errors import PackageRefused
from tracker.register.excel import CellValue, edit_package
from tracker.register.excel.markup import Markup
from tracker.register.excel.package import Package

BOOKS = {
    "table": office_book(),
    "plain": styled('<row r="2"><c r="B2" s="1"/><c r="D2"><v>4</v></c></row><row r="5"/>', "styles.xml"),
    "formulas": pk.hand_made(
        pk.worksheet(
            "".join(
                f'<row r="{r}">'
                + "".join(
                    f'<c r="{c}{r}"><f t="shared" si="0"'
                    + (' ref="A1:D6">F1*$G$2</f>' if (c, r) == ("A", 1) else "/>")
                    + "<v>1</v></c>"
                    for c in "ABCD"
                )
                + "</row>"
                for r in range(1, 7)
            )
        )
    ),
}

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=40)
hostile = st.text(st.sampled_from("=+-@\t\r\n _x0D&<>\"']\0\x0bé😀"), max_size=12)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(
    lambda m: m.replace(second=0, microsecond=0)
)
values: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    texts,
    hostile,
    st.booleans(),
    moments,
    st.integers(-1_000_000, 1_000_000),
    st.floats(-1e6, 1e6, allow_subnormal=False),
)  # fmt: skip  (calamine panics on numbers beyond any date in a cell of date format)
places = st.builds(lambda c, r: f"{c}{r}", st.sampled_from("ABCDEF"), st.integers(1, 12))
edits = st.dictionaries(places, values, max_size=8)
quick = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def without_headings(name: str, cells: dict[str, CellValue]) -> dict[str, CellValue]:
    """The heading row of a table is refused (`table-heading`)."""
    return {place: v for place, v in cells.items() if name != "table" or place[1:] != "1"}


def seen(data: bytes) -> dict[str, object]:
    return {pk.a1(place): value for place, value in pk.calamine_grid(data, "Data").items()}


def reads_as(found: object, value: CellValue) -> bool:
    if value is None or value == "":
        return found is None
    if isinstance(value, datetime) and isinstance(found, date) and not isinstance(found, datetime):
        return value == datetime(found.year, found.month, found.day)  # calamine: midnight is a mere date
    if isinstance(value, int | float) and not isinstance(value, bool) and not isinstance(found, int | float):
        return found is not None  # a number in a cell of date format
    return found == value


@quick
@given(st.sampled_from(sorted(BOOKS)), edits)
def test_what_was_written_is_read_and_the_rest_stays(name: str, cells: dict[str, CellValue]) -> None:
    book, cells = BOOKS[name], without_headings(name, cells)
    before, after = seen(book), seen(edit_package(book, cells={"Data": cells}))
    for place, value in cells.items():
        assert reads_as(after.get(place), value)
    assert {k: v for k, v in before.items() if k not in cells} == {
        k: v for k, v in after.items() if k not in cells
    }


@quick
@given(st.sampled_from(sorted(BOOKS)), st.lists(edits, min_size=1, max_size=4))
def test_edits_one_after_the_other_equal_all_at_once(name: str, steps: list[dict[str, CellValue]]) -> None:
    book = stepwise = BOOKS[name]
    together: dict[str, CellValue] = {}
    for step in (without_headings(name, step) for step in steps):
        stepwise = edit_package(stepwise, cells={"Data": step})
        together |= step
    at_once = edit_package(book, cells={"Data": together})
    old, new = seen(stepwise), seen(at_once)
    # a date format taken on the way stays, so a later number may show as a date in one of the two
    assert old.keys() == new.keys()
    for place, value in new.items():
        both = (old[place], value)
        assert old[place] == value or any(isinstance(v, date | time | timedelta) for v in both)


rows = st.lists(
    st.dictionaries(st.sampled_from("ABD"), values, min_size=1).filter(
        lambda row: any(v is not None and v != "" for v in row.values())
    ),
    min_size=1,
    max_size=4,
)


@quick
@given(st.sampled_from(["table", "plain"]), rows)
def test_rows_appended_one_by_one_equal_all_at_once(name: str, new: list[dict[str, CellValue]]) -> None:
    stepwise = BOOKS[name]
    for row in new:
        stepwise = edit_package(stepwise, append={"Data": [row]})
    at_once = edit_package(BOOKS[name], append={"Data": new})
    assert pk.members(stepwise) == pk.members(at_once)
    last = max(place[0] for place in pk.calamine_grid(BOOKS[name], "Data"))
    for number, row in enumerate(new, start=last + 1):
        for column, value in row.items():
            assert reads_as(seen(at_once).get(f"{column}{number}"), value)


@quick
@given(st.binary(max_size=300), st.integers(0, 2**16))
def test_no_bytes_raise_anything_but_a_refusal(noise: bytes, at: int) -> None:
    book = BOOKS["plain"]
    at %= len(book)
    for data in (
        noise,
        b"PK\3\4" + noise,
        book[:at] + noise + book[at:],
        book[:at] + noise + book[at + len(noise) :],
    ):
        try:
            edit_package(data, cells={"Data": {"A1": 1}}, append={"Data": [{"A": 1}]})
        except PackageRefused:
            continue


def test_a_large_sheet_is_let_go_as_soon_as_it_is_edited() -> None:
    """A circle of references would keep its XML in memory until the collector comes, after the peak."""
    gc.collect()
    gc.disable()
    try:
        edit_package(office_book(), cells={"Data": {"A2": "x"}}, append={"Data": [{"A": "y"}]})
        left = [one for one in gc.get_objects() if isinstance(one, Markup | Package)]
    finally:
        gc.enable()
    assert left == []
