"""A formula copied to another cell: relative references move along, everything else stays as written."""

from __future__ import annotations

import re

from tracker.errors import PackageRefused
from tracker.register.excel.references import LAST_COLUMN, LAST_ROW, column_number
from tracker.register.store import letters

__all__ = ["translate"]

# One alternative per thing that can stand in a formula; only the last three hold references. Order matters:
# text, quoted sheet names and structured references swallow look-alikes, and a name runs to its end so that
# LOG10( or A1_total or R1C1! are never taken for cells.
_TOKEN = re.compile(
    r"""
    (?P<skip> "(?:[^"]|"")*" | '(?:[^']|'')*'!? | \[ (?: '. | [^\[\]'] | \[ (?:'.|[^\[\]'])* \] )* \]
      | \#[A-Z0-9/]+[!?]? )
  | (?P<cell> (?P<c1>\$?)(?P<col>[A-Za-z]{1,3})(?P<r1>\$?)(?P<row>[1-9][0-9]{0,6}) ) (?![\w.\\(!$\[]|\?)
  | (?P<cols> (?P<k1>\$?)(?P<colA>[A-Za-z]{1,3}):(?P<k2>\$?)(?P<colB>[A-Za-z]{1,3}) ) (?![\w.\\(!$\[]|\?)
  | (?P<rows> (?P<l1>\$?)(?P<rowA>[1-9][0-9]{0,6}):(?P<l2>\$?)(?P<rowB>[1-9][0-9]{0,6}) ) (?![\w.\\(!$])
  | (?P<word> [\w.\\?$]+ )
    """,
    re.VERBOSE,
)


def translate(formula: str, down: int, right: int) -> str:
    """The formula as Excel shows it when its cell is copied `down` rows and `right` columns.

    PackageRefused `formula`: a reference would leave the sheet, or brackets or quotes do not close.
    """
    if not (down or right):
        return formula

    def moved(match: re.Match[str]) -> str:
        if match["cell"] and _is_column(match["col"]) and int(match["row"]) <= LAST_ROW:
            column = _column(match["c1"], match["col"], right)
            return column + _row(match["r1"], match["row"], down)
        if match["cols"]:
            return (
                _column(match["k1"], match["colA"], right) + ":" + _column(match["k2"], match["colB"], right)
            )
        if match["rows"]:
            return _row(match["l1"], match["rowA"], down) + ":" + _row(match["l2"], match["rowB"], down)
        return match[0]

    if any(sign in _TOKEN.sub("", formula) for sign in "\"'[]"):
        raise PackageRefused("formula")
    return _TOKEN.sub(moved, formula)


def _is_column(name: str) -> bool:
    """XFE and beyond begin a name, not a cell."""
    return len(name) < 3 or name.upper() <= "XFD"


def _column(fixed: str, name: str, by: int) -> str:
    if fixed or not _is_column(name):
        return fixed + name
    number = column_number(name)
    if not 1 <= number + by <= LAST_COLUMN:
        raise PackageRefused("formula")
    return letters(number + by - 1)


def _row(fixed: str, number: str, by: int) -> str:
    if fixed:
        return fixed + number
    if not 1 <= int(number) + by <= LAST_ROW:
        raise PackageRefused("formula")
    return str(int(number) + by)
