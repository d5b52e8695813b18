"""What follows for calculation: everything anew on opening, and a chain without lost formulas."""

from __future__ import annotations

import pytest

from tests.register.excel import packages as pk
from tracker.register.excel import CellValue, edit_package


@pytest.mark.parametrize(
    ("workbook", "expected"),
    [
        ("", '</sheets><calcPr fullCalcOnLoad="1"/></workbook>'),
        ("<definedNames/><extLst/>", '<definedNames/><calcPr fullCalcOnLoad="1"/><extLst/>'),
        ('<calcPr calcId="1" calcMode="manual"/>',
         '<calcPr calcId="1" calcMode="manual" fullCalcOnLoad="1"/>'),
        ('<calcPr fullCalcOnLoad="0" calcId="1"/>', '<calcPr fullCalcOnLoad="1" calcId="1"/>'),
        ("<calcPr></calcPr>", '<calcPr fullCalcOnLoad="1"></calcPr>'),
        ('<externalReferences><x/></externalReferences><oleSize ref="A1"/>',
         '</externalReferences><calcPr fullCalcOnLoad="1"/><oleSize ref="A1"/>'),
    ],
)  # fmt: skip
def test_the_book_recalculates_when_opened(workbook: str, expected: str) -> None:
    after = edit_package(pk.hand_made(pk.worksheet(""), workbook=workbook), cells={"Data": {"A1": 1}})
    assert expected in pk.members(after)["xl/workbook.xml"].decode()


CHAIN_REL = f'<Relationship Id="rId3" Type="{pk.OFFICE}/calcChain" Target="calcChain.xml"/>'
CHAIN_TYPE = '<Override PartName="/xl/calcChain.xml" ContentType="application/x"/>'
FORMULAS = '<row r="1"><c r="A1"><f>1</f></c><c r="B1"><f>2</f></c><c r="C1"><f>3</f></c></row>'


def chained(entries: str) -> bytes:
    chain = f'<calcChain xmlns="{pk.MAIN}">{entries}</calcChain>'
    return pk.hand_made(
        pk.worksheet(FORMULAS),
        book_rels=CHAIN_REL,
        overrides=CHAIN_TYPE,
        extra={"xl/calcChain.xml": chain},
    )


@pytest.mark.parametrize(
    ("entries", "cells", "left"),
    [
        ('<c r="A1" i="7"/><c r="B1"/><c r="C1"/>', {"A1": 1}, '<c r="B1" i="7"/><c r="C1"/>'),
        ('<c r="A1" i="7"/><c r="B1"/><c r="C1"/>', {"A1": 1, "B1": None}, '<c r="C1" i="7"/>'),
        ('<c r="A1" i="7"/><c r="B1"/><c r="C1"/>', {"B1": 1}, '<c r="A1" i="7"/><c r="C1"/>'),
        (
            '<c r="A1" i="2"/><c r="A1" i="7"/><c r="A1" i="3"/>',
            {"A1": 1},
            '<c r="A1" i="2"/><c r="A1" i="3"/>',
        ),
        ('<c r="A1" i="2"/>', {"A1": 1}, '<c r="A1" i="2"/>'),
    ],
)
def test_formulas_removed_leave_the_calculation_chain(
    entries: str, cells: dict[str, CellValue], left: str
) -> None:
    after = edit_package(chained(entries), cells={"Data": cells})
    assert f">{left}</calcChain>" in pk.members(after)["xl/calcChain.xml"].decode()


def test_the_last_formula_takes_the_chain_with_it() -> None:
    after = edit_package(chained('<c r="A1" i="7"/>'), cells={"Data": {"A1": 1}})
    parts = pk.members(after)
    assert "xl/calcChain.xml" not in parts
    assert b"calcChain" not in parts["[Content_Types].xml"] + parts["xl/_rels/workbook.xml.rels"]
