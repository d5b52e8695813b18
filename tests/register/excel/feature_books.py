"""Books of our own with every feature that a careless writer drops."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import xlsxwriter  # type: ignore[import-untyped]

from tests.register.excel import feature_makings as making
from tests.register.excel import feature_parts as part
from tests.register.excel import packages as pk
from tests.register.excel.feature_makings import made

__all__ = ["FEATURES"]


def macros() -> bytes:
    """A real VBA project, from a book of the collection."""
    with zipfile.ZipFile(pk.WORKBOOKS / "jmcnamara__macro02_288f22.xlsm") as real:
        project = io.BytesIO(real.read("xl/vbaProject.bin"))

    def fill(book: xlsxwriter.Workbook, _: xlsxwriter.worksheet.Worksheet) -> None:
        book.add_vba_project(project, is_stream=True)

    return made(fill)


FEATURES: dict[str, Callable[[], bytes]] = {
    "charts.xlsx": lambda: made(making.charts),
    "drawings.xlsx": lambda: made(making.drawings),
    "comments and controls.xlsx": lambda: made(making.comments_and_controls),
    "formats.xlsx": lambda: made(making.formats),
    "texts and formulas.xlsx": lambda: made(making.texts_and_formulas),
    "table.xlsx": lambda: made(making.table),
    "x14 rules.xlsx": part.x14_rules,
    "threaded comments.xlsx": part.threaded_comments,
    "slicer.xlsx": part.slicer,
    "pivot.xlsx": part.pivot,
    "form control.xlsx": part.form_control,
    "custom xml and links.xlsx": part.outside,
    "macros.xlsm": macros,
}
"""File name → the book."""
