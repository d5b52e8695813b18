"""Working copies of the papers as `.xlsx`: the same words to go on working with, never the paper itself.

Each is labelled as a working copy and has neither signature, QR code nor drawn flow (source: the papers' layout,
section 5). openpyxl is loaded only when one is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.views.card import CardPaper
    from tracker.views.lists import IssueList, RunningList
    from tracker.views.monthly import MonthlyPaper
    from tracker.views.semester import SemesterPaper
    from tracker.views.sop_paper import SopPaper

__all__ = ["card_copy", "issues_copy", "monthly_copy", "running_copy", "semester_copy", "sop_copy"]


def monthly_copy(paper: MonthlyPaper) -> bytes:
    """The monthly report as a workbook, a sheet for each section; the same paper gives the same bytes."""
    from tracker.views.copies.monthly import monthly_copy as made  # noqa: PLC0415 - loads openpyxl

    return made(paper)


def semester_copy(paper: SemesterPaper) -> bytes:
    """The monitoring form as a workbook; the same paper gives the same bytes."""
    from tracker.views.copies.semester import semester_copy as made  # noqa: PLC0415 - loads openpyxl

    return made(paper)


def card_copy(paper: CardPaper) -> bytes:
    """The control card as a workbook; the same paper gives the same bytes."""
    from tracker.views.copies.card import card_copy as made  # noqa: PLC0415 - loads openpyxl

    return made(paper)


def sop_copy(paper: SopPaper) -> bytes:
    """The SOP as a workbook, the flow told by its targets; the same paper gives the same bytes."""
    from tracker.views.copies.sop import sop_copy as made  # noqa: PLC0415 - loads openpyxl

    return made(paper)


def running_copy(paper: RunningList) -> bytes:
    """The list of running items as a workbook; the same list gives the same bytes."""
    from tracker.views.copies.lists import running_copy as made  # noqa: PLC0415 - loads openpyxl

    return made(paper)


def issues_copy(paper: IssueList) -> bytes:
    """The list of findings as a workbook; the same list gives the same bytes."""
    from tracker.views.copies.lists import issues_copy as made  # noqa: PLC0415 - loads openpyxl

    return made(paper)
