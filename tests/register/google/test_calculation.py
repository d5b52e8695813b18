"""The formulas of a Google register give what the engine says; LibreOffice calculates what Google would."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter

from tests.register.google.office import ID
from tests.register.google.spreadsheets import Formula, Spreadsheet, Tab
from tests.register.google.structure import restructure
from tests.register.spreadsheets import REASON, SOFFICE, at_moment, recalculated
from tracker.register.demo import demo_content
from tracker.register.google.layout.plan import Existing, requests_for
from tracker.register.google.values import serial
from tracker.register.moments import minutes_of
from tracker.register.seed.content import BookContent, Value
from tracker.register.template.cached import with_cached_values
from tracker.register.template.hidden import HIDDEN, TOP

NOW = datetime(2026, 8, 3, 10, 40)


def _comma(text: str) -> str:
    parts = re.split(r'("(?:[^"]|"")*")', text)
    return "".join(part if part.startswith('"') else part.replace(";", ",") for part in parts)


def _workbook(content: BookContent) -> bytes:
    """The laid-out spreadsheet as a workbook: copied formulas spelled out, array formulas left away."""
    google = Spreadsheet(ID, [Tab("Sheet1", [], 0)])
    restructure(google, list(requests_for(content, Existing({"Sheet1": 0})).requests))
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for tab in google.tabs:
        page = book.create_sheet(tab.title)
        for row, cells in enumerate(tab.cells, start=1):
            for column, value in enumerate(cells, start=1):
                text = value.text if isinstance(value, Formula) else value
                if isinstance(text, str) and "ARRAYFORMULA" in text:
                    continue
                page.cell(row, column, _comma(text) if isinstance(value, Formula) else text)
    page = book[HIDDEN]
    for request in google.structural:
        if "copyPaste" in request:
            source, destination = request["copyPaste"]["source"], request["copyPaste"]["destination"]
            column, top = source["startColumnIndex"] + 1, source["startRowIndex"] + 1
            origin = f"{get_column_letter(column)}{top}"
            translator = Translator(str(page[origin].value), origin)
            for row in range(destination["startRowIndex"] + 1, destination["endRowIndex"] + 1):
                page.cell(row, column, translator.translate_formula(f"{get_column_letter(column)}{row}"))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _plain(value: Value | Any) -> object:
    if isinstance(value, datetime):
        return round(serial(value) * 1440)
    if isinstance(value, float) and 36_526 < value < 73_050:
        return round(value * 1440)
    return "" if value is None else int(value) if isinstance(value, float) and value == int(value) else value


@pytest.mark.libreoffice
@pytest.mark.skipif(SOFFICE is None, reason=REASON)
@pytest.mark.timeout(240)
def test_the_formulas_say_what_the_engine_says(tmp_path: Path) -> None:
    minutes = minutes_of(NOW)
    content = with_cached_values(demo_content(now_minutes=minutes, seed=1), minutes)
    shown = recalculated(at_moment(_workbook(content), minutes), tmp_path)
    rows = shown.get_sheet_by_name(HIDDEN).to_python(skip_empty_area=False)
    headings = {str(text): column for column, text in enumerate(rows[TOP - 2])}
    wrong = []
    for key in ("register", "events"):
        for index, _ in enumerate(content.of(key)):
            for name, expected in content.cached_of(key, index).items():
                found = rows[TOP - 1 + index][headings[f"{key}.{name}"]]
                if _plain(found) != _plain(expected):
                    wrong.append((key, index, name, found, expected))
    assert wrong == []
