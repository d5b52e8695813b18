"""How the book looks: colours and the formats made of them. Colour never stands alone: a word always says the same."""

from __future__ import annotations

from typing import Final

from tracker.register.layout import Column, Kind
from tracker.register.template.book import Style

__all__ = [
    "BANNER",
    "FAULT",
    "FINISHED",
    "HINT",
    "LATE",
    "RUNNING",
    "TABLE_STYLE",
    "TITLE",
    "WARN",
    "cell_style",
    "heading_style",
]

NAVY: Final = "#1F3A5F"
SLATE: Final = "#51657D"
STEEL: Final = "#7A8794"
LINE: Final = "#D5DBE3"
COMPUTED: Final = "#F2F4F7"
INK: Final = "#1F2933"
MUTED: Final = "#5B6775"

TABLE_STYLE: Final = "Table Style Light 15"
"""Banded in grey with thin lines; the headings have formats of their own."""

_BASE: Final = {"font_name": "Calibri", "font_size": 10.5, "font_color": INK}
TITLE: Final[Style] = {**_BASE, "font_size": 16, "bold": True, "font_color": NAVY, "valign": "vcenter"}
BANNER: Final[Style] = {**_BASE, "font_color": MUTED, "valign": "vcenter"}
HINT: Final[Style] = {**_BASE, "italic": True, "font_color": MUTED, "valign": "vcenter"}

LATE: Final[Style] = {"font_color": "#B00020", "bold": True, "bg_color": "#FDECEC"}
RUNNING: Final[Style] = {"font_color": "#0B5CAD", "bg_color": "#E8F1FB"}
FINISHED: Final[Style] = {"font_color": "#1B6B3A", "bg_color": "#E9F5EC"}
WARN: Final[Style] = {"font_color": "#8A5300", "italic": True, "bg_color": "#FFF6E0"}
FAULT: Final[Style] = {"border": 1, "border_color": "#C00020", "font_color": "#B00020", "bold": True}

_NUMBER_FORMATS: Final = {
    Kind.MOMENT: "dd/mm/yyyy hh:mm",
    Kind.DATE: "dd/mm/yyyy",
    Kind.TIME: "hh:mm",
    Kind.ID: "@",
}
_CENTRED: Final = (
    Kind.STEP,
    Kind.MOMENT,
    Kind.DATE,
    Kind.TIME,
    Kind.NUMBER,
    Kind.TARGET,
    Kind.DURATION,
    Kind.CHOICE,
)
_AS_TEXT: Final = ("nip", "phone", "links")
_COMPUTED_FORMATS: Final = {"deadline": "dd/mm/yyyy hh:mm", "elapsed": "#,##0"}
_COMPUTED_LEFT: Final = ("title", "activity", "position")


def heading_style(column: Column) -> Style:
    """Headings: navy where a cell is required, slate where it may stay empty, grey where a formula fills it."""
    colour = STEEL if column.is_formula else NAVY if column.required else SLATE
    italic = {"italic": True} if column.is_formula else {}
    return {
        **_BASE,
        **italic,
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": colour,
        "border": 1,
        "border_color": "#FFFFFF",
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
    }


def cell_style(column: Column, *, wraps: bool = False) -> Style:
    """A cell of a record: thin line below, top aligned, centred where the content is short."""
    style: dict[str, object] = {**_BASE, "valign": "top", "bottom": 1, "bottom_color": LINE}
    if wraps:
        style["text_wrap"] = True
    if column.is_formula:
        style |= {"bg_color": COMPUTED, "font_color": MUTED, "locked": True}
        style["align"] = "left" if column.key in _COMPUTED_LEFT else "center"
        style["shrink"] = column.key not in _COMPUTED_LEFT
        if column.key in _COMPUTED_FORMATS:
            style["num_format"] = _COMPUTED_FORMATS[column.key]
        return style
    if column.kind in _CENTRED:
        style["align"] = "center"
    form = "@" if column.key in _AS_TEXT else _NUMBER_FORMATS.get(column.kind)
    return {**style, "num_format": form} if form else style
