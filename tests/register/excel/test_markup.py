"""Rare ways of writing XML that the search for tags must see through, or refuse."""

from __future__ import annotations

import pytest

from tests.register.excel import packages as pk
from tests.register.excel.packages import reason_of
from tracker.register.excel import edit_package
from tracker.register.excel.markup import Markup, escape, unescape


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("a&amp;&lt;&gt;&quot;&apos;", "a&<>\"'"),
        ("&#65;&#x42;", "AB"),
        ("&#x110000;", "\ufffd"),
        ("&nbsp;", "&nbsp;"),
    ],
)
def test_entities_are_read(written: str, text: str) -> None:
    assert unescape(written) == text
    assert unescape(escape(text)) == text


def test_attributes_are_changed_in_place() -> None:
    tag = Markup(b"<a  x='1'\n y=\"2\" z:x='3' xmlns:z='u'/>").root
    assert tag.with_attribute("x", "&9").text() == b"<a  x='&amp;9'\n y=\"2\" z:x='3' xmlns:z='u'/>"
    assert tag.with_attribute("q", "4").text(closed=False).endswith(b" xmlns:z='u' q=\"4\">")
    assert tag.without("x", "y").text() == b"<a \n z:x='3' xmlns:z='u'/>"
    assert tag.attributes() == {"x": "1", "y": "2", "z:x": "3", "xmlns:z": "u"}


def test_a_formula_in_cdata_with_a_comment_is_understood() -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0"><![CDATA[B1&"<"]]><!-- x --></f></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/></c></row>'
    )
    after = edit_package(pk.hand_made(pk.worksheet(rows)), cells={"Data": {"A1": 1}})
    assert "B2&amp;&quot;&lt;&quot;</f>" in pk.sheet_xml(after)


def test_shared_formulas_of_cells_without_addresses_are_found() -> None:
    rows = '<row><c><f t="shared" ref="A1:A2" si="0">B1</f></c></row><row><c><f t="shared" si="0"/></c></row>'
    after = edit_package(pk.hand_made(pk.worksheet(rows)), cells={"Data": {"A1": 1}})
    assert '<c><f t="shared" si="0" ref="A2">B2</f></c>' in pk.sheet_xml(after)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_needs_no_mark(codec: str) -> None:
    sheet = ('<?xml version="1.0" encoding="UTF-16"?>' + pk.worksheet("")).encode(codec)
    after = edit_package(pk.hand_made(sheet), cells={"Data": {"A1": "ñ"}})
    assert "ñ" in pk.members(after)["xl/worksheets/sheet1.xml"].decode(codec)


def test_a_second_prefix_for_cells_is_refused_and_an_idle_one_is_not() -> None:
    idle = pk.worksheet('<row r="1"><c r="A1"/></row>').replace(
        "<worksheet ", f'<worksheet xmlns:q="{pk.MAIN}" '
    )
    edit_package(pk.hand_made(idle), cells={"Data": {"A1": 1}})
    used = idle.replace('<c r="A1"/>', '<q:c r="A1"/>')
    assert reason_of(pk.hand_made(used), cells={"Data": {"A1": 1}}) == "namespaces"
    both = f'xmlns:x="{pk.MAIN}" xmlns="{pk.MAIN}"'
    bare = f'<x:worksheet {both}><x:sheetData><row r="1"/></x:sheetData></x:worksheet>'
    assert reason_of(pk.hand_made(bare), cells={"Data": {"A1": 1}}) == "namespaces"


def test_column_letters_in_an_append_are_capital() -> None:
    for name in ("a", "A1", "", "XFE", "Ä"):
        with pytest.raises(ValueError, match=r"column"):
            edit_package(pk.hand_made(pk.worksheet("")), append={"Data": [{name: 1}]})
