"""Temuan: what is wrong in the book, grouped so that it can be mended, each with its cells and an excerpt."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tracker.findings import CODES, Finding, Severity
from tracker.sop.verdicts import Evaluation

__all__ = ["ELSEWHERE", "Excerpt", "Issue", "Issues", "excerpt", "issues", "nav_count"]

ELSEWHERE: Final = frozenset({"W201", "W202", "W209", "W210"})
"""Lateness has its own places (N1): Hari ini, Papan konten, the monthly report."""
MANY: Final = 5
"""Above this many cells the same problem is one row (T2)."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One row of the page: one finding, or the same problem in many cells."""

    key: str
    """What names this row in the address: code, sheet and cell."""
    code: str
    severity: Severity
    title: str
    findings: tuple[Finding, ...]
    effect: str

    @property
    def first(self) -> Finding:
        return self.findings[0]

    @property
    def count(self) -> int:
        return len(self.findings)

    @property
    def is_group(self) -> bool:
        return len(self.findings) > 1

    @property
    def cells(self) -> tuple[str, ...]:
        """The addresses, each once, in sheet order."""
        return tuple(dict.fromkeys(address(one) for one in self.findings))


@dataclass(frozen=True, slots=True)
class Issues:
    """The whole page."""

    galat: tuple[Issue, ...]
    peringatan: tuple[Issue, ...]
    catatan: tuple[Issue, ...]
    elsewhere: int
    """Findings on lateness, which are shown on other pages."""
    items_not_counted: int
    """Items concerned by a galat."""
    rows_read: int

    @property
    def galat_count(self) -> int:
        return sum(one.count for one in self.galat)

    @property
    def peringatan_count(self) -> int:
        return sum(one.count for one in self.peringatan)

    @property
    def catatan_count(self) -> int:
        return sum(one.count for one in self.catatan)

    @property
    def total(self) -> int:
        return self.galat_count + self.peringatan_count + self.catatan_count

    def find(self, key: str) -> Issue | None:
        """The row that the address names; None when it is gone."""
        every = (*self.galat, *self.peringatan, *self.catatan)
        return next((one for one in every if one.key == key), None)


def nav_count(evaluation: Evaluation) -> int:
    """How many findings the navigation announces (N1)."""
    return sum(_is_announced(one) for one in evaluation.findings)


def _is_announced(one: Finding) -> bool:
    return one.severity is not Severity.CATATAN and one.code not in ELSEWHERE


def issues(evaluation: Evaluation) -> Issues:
    """All findings in three groups, in sheet order, the same problem in many cells as one row."""
    here = [one for one in evaluation.findings if one.code not in ELSEWHERE]
    level = {each: _rows([one for one in here if one.severity is each]) for each in Severity}
    broken = {one.id for one in here if one.severity is Severity.GALAT and one.id}
    return Issues(
        galat=level[Severity.GALAT],
        peringatan=level[Severity.PERINGATAN],
        catatan=level[Severity.CATATAN],
        elsewhere=len(evaluation.findings) - len(here),
        items_not_counted=len(broken),
        rows_read=sum(int(rows) for rows in evaluation.register.rows_read.values()),
    )


def _rows(findings: Sequence[Finding]) -> tuple[Issue, ...]:
    alike: dict[tuple[str, str | None, str | None], list[Finding]] = defaultdict(list)
    for one in findings:
        alike[one.code, one.place.sheet, one.place.column].append(one)
    many = {key for key, group in alike.items() if len({address(one) for one in group}) > MANY}
    seen: set[tuple[str, str | None, str | None]] = set()
    made: list[Issue] = []
    for one in findings:
        key = (one.code, one.place.sheet, one.place.column)
        if key not in many:
            made.append(_issue((one,)))
        elif key not in seen:
            made.append(_issue(tuple(alike[key])))
        seen.add(key)
    return _distinct(made)


def _issue(findings: tuple[Finding, ...]) -> Issue:
    first = findings[0]
    code = CODES[first.code]
    group = "+" if len(findings) > 1 else ""
    return Issue(
        f"{first.code}{group}:{address(first)}", first.code, first.severity, code.title, findings, code.why
    )


def _distinct(made: list[Issue]) -> tuple[Issue, ...]:
    """Two findings of one code in one cell get different keys."""
    count: Counter[str] = Counter()
    result = []
    for one in made:
        count[one.key] += 1
        again = f"{one.key}~{count[one.key]}" if count[one.key] > 1 else one.key
        result.append(Issue(again, one.code, one.severity, one.title, one.findings, one.effect))
    return tuple(result)


def address(one: Finding) -> str:
    """Where a finding stands: `Riwayat!F418`, as much of it as is known."""
    place = one.place
    at = place.cell or (str(place.row) if place.row else "")
    return f"{place.sheet or ''}!{at}" if at else (place.sheet or "")


# -- the cells around one cell


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Up to 3x3 cells: letters of the columns, 1-based row numbers, raw texts; `mark` is (row, column) within."""

    columns: tuple[str, ...]
    rows: tuple[int, ...]
    cells: tuple[tuple[str, ...], ...]
    mark: tuple[int, int]


_A1: Final = re.compile(r"([A-Z]{1,3})([1-9]\d*)")


def excerpt(rows: Sequence[Sequence[str]], cell: str) -> Excerpt | None:
    """The cells around `cell` (`F418`) of a sheet given as texts from A1; None when it is no cell address."""
    found = _A1.fullmatch(cell)
    if found is None:
        return None
    column, row = _column_number(found[1]), int(found[2]) - 1
    left, top = max(column - 1, 0), max(row - 1, 0)
    across, down = range(left, left + 3), range(top, top + 3)
    texts = tuple(tuple(_at(rows, one, two) for two in across) for one in down)
    return Excerpt(tuple(_letters(one) for one in across), tuple(one + 1 for one in down), texts,
                   (row - top, column - left))  # fmt: skip


def _at(rows: Sequence[Sequence[str]], row: int, column: int) -> str:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""


def _column_number(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _letters(column: int) -> str:
    name, column = "", column + 1
    while column:
        column, digit = divmod(column - 1, 26)
        name = chr(65 + digit) + name
    return name
