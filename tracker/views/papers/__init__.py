"""The papers: words of `views` in, PDF out. Typst is loaded only when a paper is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.views.monthly import MonthlyPaper
    from tracker.views.papers.compile import Attachment

__all__ = ["monthly_pdf"]


def monthly_pdf(paper: MonthlyPaper, *, attachments: Sequence[Attachment] = ()) -> bytes:
    """The monthly report as PDF/A-3a and PDF/UA-1; the same paper gives the same bytes. PaperFailed when
    refused.
    """
    from tracker.views.papers.monthly import monthly_pdf as made  # noqa: PLC0415 - loads typst

    return made(paper, attachments=attachments)
