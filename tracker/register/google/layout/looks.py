"""How the cells look on Google: the template's colours and number formats, in the words of the API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tracker.register.layout import Column, Kind
from tracker.register.template.styles import cell_style, heading_style

__all__ = ["Message", "cell_format", "colour", "format_of", "heading_format"]

Message = dict[str, object]
"""A message of the API as JSON."""

_TYPES: Final = {Kind.MOMENT: "DATE_TIME", Kind.DATE: "DATE", Kind.TIME: "TIME"}
_ALIGNED: Final = {"center": "CENTER", "left": "LEFT", "right": "RIGHT"}
_STOOD: Final = {"top": "TOP", "vcenter": "MIDDLE"}


def colour(text: str) -> Message:
    """`#1F3A5F` as a ColorStyle."""
    parts = (int(text[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return {"rgbColor": dict(zip(("red", "green", "blue"), parts, strict=True))}


def format_of(style: Mapping[str, object]) -> Message:
    """A style of the template as a CellFormat; fonts and borders are left to Google's own."""
    text: Message = {key: True for key in ("bold", "italic") if style.get(key)}
    if "font_color" in style:
        text["foregroundColorStyle"] = colour(str(style["font_color"]))
    found: Message = {"textFormat": text} if text else {}
    if "bg_color" in style:
        found["backgroundColorStyle"] = colour(str(style["bg_color"]))
    return found


def heading_format(column: Column) -> Message:
    """A heading: navy where a cell is required, slate where it may stay empty, grey where a formula fills it."""
    return {
        **format_of(heading_style(column)),
        "horizontalAlignment": "CENTER",
        "verticalAlignment": "MIDDLE",
        "wrapStrategy": "WRAP",
    }


def cell_format(column: Column) -> Message:
    """A cell of a record: number format, alignment, and grey where a formula fills it."""
    style = cell_style(column)
    found = format_of(style)
    found["verticalAlignment"] = _STOOD.get(str(style.get("valign")), "TOP")
    if style.get("align"):
        found["horizontalAlignment"] = _ALIGNED.get(str(style["align"]), "LEFT")
    pattern = style.get("num_format")
    if pattern == "@":
        found["numberFormat"] = {"type": "TEXT"}
    elif pattern:
        kind = "DATE_TIME" if "hh" in str(pattern) else "NUMBER"
        found["numberFormat"] = {"type": _TYPES.get(column.kind, kind), "pattern": str(pattern)}
    if column.kind is Kind.LINKS:
        found["wrapStrategy"] = "WRAP"
    return found
