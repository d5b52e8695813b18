"""What a planned event would add to its item: refused when that is a galat.

Only the touched item is judged, as it stands and as it would stand; a galat that stood before never blocks (source:
"What a write is" in the writing contract).
"""

from __future__ import annotations

from collections import Counter

from tracker.errors import ChangeRefused
from tracker.findings import Finding, Severity
from tracker.folding import fold
from tracker.register.book import Book
from tracker.register.drafts import Draft, one_item, with_event
from tracker.sop.evaluation import evaluate
from tracker.sop.verdicts import Evaluation

__all__ = ["judged"]


def judged(book: Book, draft: Draft, *, forced: bool) -> tuple[str, ...]:
    """Sentences of what the draft adds below galat; ChangeRefused when it adds a galat."""
    before = one_item(book.register, fold(draft.id))
    after = with_event(before, draft)
    stood = _count(evaluate(before.register, book.now))
    would = evaluate(after, book.now)
    added = _added(would, stood)
    galat = tuple(one for one in added if one.severity is Severity.GALAT)
    if galat and not forced:
        codes = ", ".join(sorted({one.code for one in galat}))
        raise ChangeRefused(
            f"Ditolak ({codes}): " + " ".join(one.message for one in galat),
            " ".join(dict.fromkeys(one.remedy for one in galat)),
            findings=galat,
        )
    return tuple(one.message for one in added if one.severity is Severity.PERINGATAN)


def _key(one: Finding) -> tuple[str, str | None, int | None, str]:
    return one.code, one.place.sheet, one.place.row, one.message


def _count(evaluation: Evaluation) -> Counter[tuple[str, str | None, int | None, str]]:
    return Counter(_key(one) for one in evaluation.findings)


def _added(
    evaluation: Evaluation, stood: Counter[tuple[str, str | None, int | None, str]]
) -> tuple[Finding, ...]:
    left = Counter(stood)
    added = []
    for one in evaluation.findings:
        if left[_key(one)]:
            left[_key(one)] -= 1
        else:
            added.append(one)
    return tuple(added)
