"""The workbook made from the schema: the empty template, and any book with given rows."""

from __future__ import annotations

from tracker.register.seed import TEMPLATE_YEARS, empty_content
from tracker.register.seed.content import BookContent
from tracker.register.template.workbook import build_workbook

__all__ = ["BookContent", "build_workbook", "template_bytes"]


def template_bytes(years: tuple[int, ...] = TEMPLATE_YEARS) -> bytes:
    """The empty register of the SOP for these years: the bytes of `templates/sop_register.xlsx`."""
    return build_workbook(empty_content(years))
