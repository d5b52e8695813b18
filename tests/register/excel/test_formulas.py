"""Formulas moved to other cells, and shared formulas whose master is overwritten."""

from __future__ import annotations

import pytest
from openpyxl.formula.translate import Translator

from tests.register.excel import packages as pk
from tests.register.excel.packages import reason_of
from tracker.errors import PackageRefused
from tracker.register.excel import CellValue, edit_package
from tracker.register.excel.formulas import translate


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("A1+$B2*C$3-$D$4", "B2+$B3*D$3-$D$4"),
        ("SUM(A1:B2,'My A1 Sheet'!C4,Sheet1!D5)", "SUM(B2:C3,'My A1 Sheet'!D5,Sheet1!E6)"),
        ('LOG10(A1)&"A1 ""A1"""', 'LOG10(B2)&"A1 ""A1"""'),
        ("T[[#This Row],[A1 x]]+A1", "T[[#This Row],[A1 x]]+B2"),
        ("T[[#Headers],['[A1']]]+A1", "T[[#Headers],['[A1']]]+B2"),
        ("A:A+$B:C+1:1+$2:3", "B:B+$B:D+2:2+$2:4"),
        ("A1_x+x.A1+R1C1+nama1.B2", "A1_x+x.A1+R1C1+nama1.B2"),
        ("[1]Sheet1!A1", "[1]Sheet1!B2"),
        ("XFE1+ABCD1+XFD1048577", "XFE1+ABCD1+XFD1048577"),
        ("1E5+2.5E+10+A1%", "1E5+2.5E+10+B2%"),
        ("#REF!+A1+#N/A", "#REF!+B2+#N/A"),
        ("A1#", "B2#"),
        ("_xlfn.XLOOKUP(A1,B:B,C:C)", "_xlfn.XLOOKUP(B2,C:C,D:D)"),
        ("'it''s A1'!B2", "'it''s A1'!C3"),
        ("A1:INDEX(A:A,5)", "B2:INDEX(B:B,5)"),
        ("TRUE+é1+A1", "TRUE+é1+B2"),
        ("Januari2026!A1", "Januari2026!B2"),
        ("AB12!A1", "AB12!B2"),
        ("DEC2HEX(A1)+BIN2DEC(A2)", "DEC2HEX(B2)+BIN2DEC(B3)"),
        ("IF(a1>0,$a1,A$1)", "IF(B2>0,$a2,B$1)"),
    ],
)
def test_relative_references_move_and_nothing_else(formula: str, moved: str) -> None:
    assert translate(formula, 1, 1) == moved
    assert translate(formula, 0, 0) == formula


@pytest.mark.parametrize("formula", ["A1", "$A1:B$2", "1:1", "A:A", "SUM(A1:C3)*Sheet2!B2", "IF(A1,B1,C1)"])
def test_an_independent_translator_agrees(formula: str) -> None:
    assert "=" + translate(formula, 3, 2) == Translator("=" + formula, "B2").translate_formula("D5")


@pytest.mark.parametrize(
    ("formula", "down", "right"),
    [
        ("A1", -1, 0), ("A1", 0, -1), ("XFD1", 0, 1), ("A1048576", 1, 0),
        ("T[[x", 1, 0), ('"x', 1, 0), ("'x!A1", 1, 0),
    ],
)  # fmt: skip
def test_what_cannot_be_moved_is_refused(formula: str, down: int, right: int) -> None:
    with pytest.raises(PackageRefused) as refusal:
        translate(formula, down, right)
    assert refusal.value.reason == "formula"


def shared(*places: str, ref: str, text: str = "D1+$E$1", si: int = 0) -> str:
    """Rows of a shared group; the first place is the master."""
    rows: dict[int, str] = {}
    for n, place in enumerate(places):
        number = int(place.lstrip("ABCDEFG"))
        tag = f'<f t="shared" ref="{ref}" si="{si}">{text}</f>' if n == 0 else f'<f t="shared" si="{si}"/>'
        rows[number] = rows.get(number, "") + f'<c r="{place}" s="1">{tag}<v>{n}</v></c>'
    return "".join(f'<row r="{n}">{cells}</row>' for n, cells in sorted(rows.items()))


def edited(rows: str, cells: dict[str, CellValue]) -> str:
    return pk.sheet_xml(edit_package(pk.hand_made(pk.worksheet(rows)), cells={"Data": cells}))


def test_the_next_cell_inherits_a_shared_formula() -> None:
    xml = edited(shared("A1", "A2", "A3", ref="A1:A3"), {"A1": 5})
    assert '<c r="A1" s="1"><v>5</v></c>' in xml
    assert '<c r="A2" s="1"><f t="shared" si="0" ref="A2:A3">D2+$E$1</f><v>1</v></c>' in xml
    assert '<c r="A3" s="1"><f t="shared" si="0"/><v>2</v></c>' in xml


def test_cells_overwritten_together_inherit_nothing() -> None:
    xml = edited(shared("A1", "A2", "A3", ref="A1:A3"), {"A1": 5, "A2": None})
    assert '<c r="A3" s="1"><f t="shared" si="0" ref="A3">D3+$E$1</f><v>2</v></c>' in xml
    assert "<f" not in edited(shared("A1", "A2", ref="A1:A2"), {"A1": 5, "A2": 6})


def test_a_rest_that_is_no_rectangle_gets_formulas_of_its_own() -> None:
    xml = edited(shared("A1", "B1", "A2", "B2", ref="A1:B2"), {"A1": 5})
    for place, text in (("B1", "E1+$E$1"), ("A2", "D2+$E$1"), ("B2", "E2+$E$1")):
        assert f'<c r="{place}" s="1"><f>{text}</f>' in xml


def test_an_overwritten_child_leaves_its_group_alone() -> None:
    rows = shared("A1", "A2", "A3", ref="A1:A3")
    assert edited(rows, {"A2": 1}).count('t="shared"') == 2
    assert 'ref="A1:A3" si="0">D1+$E$1</f>' in edited(rows, {"A2": 1})


def test_an_index_used_twice_belongs_to_the_master_before_it() -> None:
    rows = shared("A1", "A2", ref="A1:A2") + shared("A5", "A6", ref="A5:A6", text="G5")
    xml = edited(rows, {"A5": 1})
    assert '<c r="A6" s="1"><f t="shared" si="0" ref="A6">G6</f>' in xml
    assert '<c r="A2" s="1"><f t="shared" si="0"/>' in xml


def test_a_child_without_a_master_above_it_is_refused() -> None:
    rows = '<row r="1"><c r="A1"><f t="shared" si="0"/></c></row>' + shared("A2", "A3", ref="A2:A3")
    assert reason_of(pk.hand_made(pk.worksheet(rows)), cells={"Data": {"A2": 1}}) == "shared-formula"
    edited(rows, {"A1": 1})


def test_a_long_group_is_handed_on_at_once() -> None:
    rows = shared(*(f"A{n}" for n in range(1, 20_001)), ref="A1:A20000")
    xml = edited(rows, {"A1": 1})
    assert '<f t="shared" si="0" ref="A2:A20000">D2+$E$1</f>' in xml
