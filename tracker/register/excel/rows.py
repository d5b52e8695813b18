"""Where the rows of a worksheet begin: 100,000 of them are listed in hundredths of a second, and sought one by one."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from itertools import islice
from operator import lt

from tracker.errors import PackageRefused
from tracker.register.excel.markup import Markup
from tracker.register.excel.references import LAST_ROW

__all__ = ["Rows"]

_NUMBER = re.compile(rb"\sr\s*=\s*[\"']\s*([0-9]{1,7})\s*[\"']")


class Rows:
    """The `<row>` elements between two positions of a worksheet part, in ascending order of their numbers.

    The part itself is not held: a circle of references would keep a large one in memory until the collector comes.

    PackageRefused: `row-order`, `malformed-sheet` (a number that is none).
    """

    def __init__(self, sheet: Markup, start: int, end: int) -> None:
        self._end = end
        plain = re.compile(b"<" + re.escape(sheet.prefix) + rb'row r="([0-9]{1,7})"[\s/>]')
        self.numbers = array("q", map(int, plain.findall(sheet.mask, start, end)))
        self._starts = array("q", [match.start() for match in plain.finditer(sheet.mask, start, end)])
        if len(self.numbers) != sheet.mask.count(b"<" + sheet.prefix + b"row", start, end):
            self._number(sheet, start, end)
        is_ascending = all(map(lt, self.numbers, islice(self.numbers, 1, None)))
        if not is_ascending or (self.numbers and not 0 < self.numbers[0] <= self.numbers[-1] <= LAST_ROW):
            raise PackageRefused("row-order")

    def _number(self, sheet: Markup, start: int, end: int) -> None:
        """Number rows that are written in any other way; one without a number follows the last."""
        self.numbers, self._starts = array("q"), array("q")
        number = 0
        for tag in sheet.tags("row", start, end):
            match = _NUMBER.search(tag.body)
            if match is None and tag.get("r"):
                raise PackageRefused("malformed-sheet")
            number = int(match[1]) if match else number + 1
            self.numbers.append(number)
            self._starts.append(tag.start)

    def place(self, number: int) -> int | None:
        """Where the row of this number begins, or None when it has no element."""
        index = self.before(number)
        return self._starts[index] if index < len(self.numbers) and self.numbers[index] == number else None

    def before(self, number: int) -> int:
        """How many rows lie above the row of this number."""
        return bisect_left(self.numbers, number)

    def start(self, index: int) -> int:
        """Where the row at `index` begins; behind the last one, where the rows end."""
        return self._starts[index] if index < len(self._starts) else self._end

    def around(self, position: int) -> int:
        """The number of the row that holds a position behind the first row's beginning."""
        return self.numbers[max(0, bisect_left(self._starts, position + 1) - 1)]
