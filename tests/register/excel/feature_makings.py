"""Books with the features that XlsxWriter can write: charts, pictures, notes, rules, formulas, a table."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from datetime import datetime

import xlsxwriter  # type: ignore[import-untyped]

__all__ = ["charts", "comments_and_controls", "drawings", "formats", "made", "table", "texts_and_formulas"]

RECORDS = 5


def made(fill: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None]) -> bytes:
    """A book of sheet Data with five records under a heading, and whatever `fill` adds."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "dd/mm/yyyy hh:mm"})
    sheet = book.add_worksheet("Data")
    sheet.write_row(0, 0, ["ID", "Selesai", "Jumlah"])
    for row in range(1, RECORDS + 1):
        sheet.write_row(row, 0, [f"K-{row}", datetime(2026, 8, row, 9, 15), row * 10])
    fill(book, sheet)
    book.close()
    return stream.getvalue()


def _picture() -> io.BytesIO:
    """One red pixel."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixel = zlib.compress(b"\0\xff\0\0")
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")
    )


def charts(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    for place, kind in (("E2", "column"), ("E20", "line"), ("N2", "pie")):
        chart = book.add_chart({"type": kind})
        chart.add_series({"categories": "=Data!$A$2:$A$6", "values": "=Data!$C$2:$C$6"})
        sheet.insert_chart(place, chart)
    alone = book.add_chartsheet("Grafik")
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=Data!$C$2:$C$6"})
    alone.set_chart(chart)


def drawings(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.insert_image("E2", "titik.png", {"image_data": _picture()})
    sheet.embed_image("D2", "titik.png", {"image_data": _picture()})
    sheet.insert_textbox("E8", "Catatan di samping", {"url": "internal:Data!A1"})
    sheet.set_header("&L&G", {"image_left": "titik.png", "image_data_left": _picture()})


def comments_and_controls(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.write_comment("A2", "Periksa ulang", {"author": "Staf"})
    sheet.insert_button("E2", {"caption": "Cetak", "macro": "Cetak"})
    sheet.insert_checkbox("D3", True)


def formats(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.conditional_format(
        "C2:C6", {"type": "data_bar", "data_bar_2010": True, "bar_negative_color": "red"}
    )
    sheet.conditional_format("C2:C6", {"type": "icon_set", "icon_style": "3_arrows"})
    sheet.conditional_format("A2:A6", {"type": "text", "criteria": "begins with", "value": "K"})
    sheet.data_validation("C2:C6", {"validate": "integer", "criteria": ">", "value": 0})
    sheet.add_sparkline("D2", {"range": "Data!C2:C6"})
    sheet.autofilter("A1:C6")
    sheet.protect("rahasia", {"sort": True})
    sheet.unprotect_range("A1:C6")


def texts_and_formulas(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    bold = book.add_format({"bold": True})
    sheet.write_rich_string("A3", "K-", bold, "2", " tebal")
    sheet.write_dynamic_array_formula("E2", "=UNIQUE(C2:C6)", None, 10)
    sheet.write_array_formula("F2:F3", "{=C2:C3*2}", None, 20)
    for row in range(2, 7):
        sheet.write_formula(f"D{row}", f"=C{row}*2", None, (row - 1) * 20)
    sheet.write_formula("H1", '=HYPERLINK("https://contoh.go.id","x")', None, "x")
    sheet.write_url("H2", "https://contoh.go.id/?a=1&b=2", string="tautan")
    book.define_name("Jumlah", "=Data!$C$2:$C$6")
    sheet.merge_range("H4:J4", "gabungan")
    book.add_worksheet("Sembunyi").very_hidden()


def table(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    columns = [
        {"header": "ID"},
        {"header": "Selesai"},
        {"header": "Jumlah"},
        {"header": "Dua", "formula": "=[@Jumlah]*2"},
    ]
    sheet.add_table("A1:D6", {"name": "Kejadian", "columns": columns})
