"""The papers: words of `views` in, PDF out. Typst is loaded only when a paper is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.views.card import CardPaper
    from tracker.views.lists import IssueList, RunningList
    from tracker.views.monthly import MonthlyPaper
    from tracker.views.papers.compile import Attachment
    from tracker.views.semester import SemesterPaper
    from tracker.views.sop_paper import SopPaper

__all__ = ["card_pdf", "issues_pdf", "monthly_pdf", "running_pdf", "semester_pdf", "sop_pdf"]


def monthly_pdf(paper: MonthlyPaper, *, attachments: Sequence[Attachment] = ()) -> bytes:
    """The monthly report as PDF/A-3a and PDF/UA-1; the same paper gives the same bytes. PaperFailed when
    refused.
    """
    from tracker.views.papers.monthly import monthly_pdf as made  # noqa: PLC0415 - loads typst

    return made(paper, attachments=attachments)


def sop_pdf(paper: SopPaper, *, attachments: Sequence[Attachment] = ()) -> bytes:
    """The SOP as PDF/A-3a and PDF/UA-1; the same paper gives the same bytes. PaperFailed when refused."""
    from tracker.views.papers.sop import sop_pdf as made  # noqa: PLC0415 - loads typst

    return made(paper, attachments=attachments)


def card_pdf(paper: CardPaper, *, attachments: Sequence[Attachment] = ()) -> bytes:
    """The control card as PDF/A-3a and PDF/UA-1; the same paper gives the same bytes. PaperFailed when refused."""
    from tracker.views.papers.card import card_pdf as made  # noqa: PLC0415 - loads typst

    return made(paper, attachments=attachments)


def semester_pdf(paper: SemesterPaper, *, attachments: Sequence[Attachment] = ()) -> bytes:
    """The monitoring form as PDF/A-3a and PDF/UA-1; the same paper gives the same bytes. PaperFailed when refused."""
    from tracker.views.papers.semester import semester_pdf as made  # noqa: PLC0415 - loads typst

    return made(paper, attachments=attachments)


def running_pdf(paper: RunningList) -> bytes:
    """The list of running items as PDF/A-3a and PDF/UA-1; the same list gives the same bytes. PaperFailed when
    refused.
    """
    from tracker.views.papers.lists import running_pdf as made  # noqa: PLC0415 - loads typst

    return made(paper)


def issues_pdf(paper: IssueList) -> bytes:
    """The list of findings as PDF/A-3a and PDF/UA-1; the same list gives the same bytes. PaperFailed when refused."""
    from tracker.views.papers.lists import issues_pdf as made  # noqa: PLC0415 - loads typst

    return made(paper)
