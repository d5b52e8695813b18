"""What goes to the screen: data to stdout, talk to stderr; colour on a terminal, plain text elsewhere."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Final

from rich.cells import cell_len

__all__ = [
    "Table",
    "cleaned",
    "configure_streams",
    "data",
    "discard_output",
    "document",
    "is_terminal",
    "show_table",
    "talk",
    "waiting",
]

# A cell may hold anything; control characters could move the cursor or hide text on a terminal.
_CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_STYLES: Final = {
    "galat": "bold red",
    "peringatan": "yellow",
    "catatan": "cyan",
    "lewat tenggat": "bold red",
    "menunggu lama": "bold red",
    "terlambat": "bold red",
    "berjalan": "blue",
    "tepat": "green",
    "baik": "green",
    "perhatian": "yellow",
    "masalah": "bold red",
}
"""Words that are coloured on a terminal; the word itself always stands there too."""


_WIDEST_WORD: Final = 16
_WIDEST_COLUMN: Final = 60
"""Longer cells stick out: one ID of a thousand letters must not widen every line."""


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and rows of text; the last column takes what width is left."""

    headings: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    title: str = ""


def configure_streams() -> None:
    """Characters that the terminal's encoding lacks (cp1252 on Windows) become `?` instead of an error.

    A stream that the caller closed (`>&-`) leads nowhere from then on; Python leaves None in its place.
    """
    sys.stdout = sys.stdout or _unseen()
    sys.stderr = sys.stderr or _unseen()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _unseen() -> TextIOWrapper:
    """A stream for what nobody wants to see."""
    return TextIOWrapper(Path(os.devnull).open("wb"), encoding="utf-8")


def discard_output() -> None:
    """Let what is still buffered vanish, so that the interpreter does not complain while it shuts down."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())


def cleaned(text: str) -> str:
    """The text on one line, without control characters.

    >>> cleaned("satu\\ndua\\x1b[31m")
    'satu dua [31m'
    """
    return _CONTROLS.sub(" ", text).strip()


def data(line: str = "") -> None:
    """One line of the answer, to stdout."""
    print(line)


def talk(line: str) -> None:
    """One line about what goes on, to stderr."""
    print(line, file=sys.stderr, flush=True)


def document(content: Mapping[str, object]) -> None:
    """One JSON document to stdout; pure ASCII where the encoding could lose characters."""
    is_unicode = (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")
    print(json.dumps(content, ensure_ascii=not is_unicode, indent=2))


def is_terminal() -> bool:
    """Whether a person looks at stdout."""
    return sys.stdout.isatty()


def show_table(table: Table) -> None:
    """The table to stdout: drawn by rich on a terminal, aligned with spaces elsewhere (one line a row)."""
    rows = [tuple(cleaned(cell) for cell in row) for row in table.rows]
    if is_terminal():
        _show_rich(table, rows)
        return
    if table.title:
        data(table.title)
    for line in _aligned([table.headings, *rows]):
        data(line)


def _aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    longest = (max(map(_width, column)) for column in list(zip(*rows, strict=True))[:-1])
    widths = [min(width, _WIDEST_COLUMN) for width in longest]
    for row in rows:
        padded = [cell + " " * (width - _width(cell)) for cell, width in zip(row[:-1], widths, strict=True)]
        yield "  ".join([*padded, row[-1]]).rstrip()


def _width(text: str) -> int:
    return len(text) if text.isascii() else cell_len(text)


def _show_rich(table: Table, rows: Sequence[tuple[str, ...]]) -> None:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - only a terminal needs rich
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table as Drawn  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(highlight=False)
    columns = list(zip(table.headings, *rows, strict=True))
    gap, widths = _fitted([_longest_word(cells) for cells in columns], [max(map(cell_len, cells)) for cells in columns],
                          console.width)  # fmt: skip
    drawn = Drawn(
        title=table.title or None,
        title_justify="left",
        title_style="bold",
        box=SIMPLE_HEAD,
        padding=(0, gap, 0, 0),
    )
    for (heading, *_), width in zip(columns, widths, strict=True):
        drawn.add_column(heading, overflow="fold", width=width)
    for row in rows:
        drawn.add_row(*(Text(cell, style=_style(cell)) for cell in row))
    console.print(drawn)


def _fitted(least: Sequence[int], natural: Sequence[int], room: int) -> tuple[int, list[int]]:
    """(gap, widths of the columns) with which a table fits in `room`, given its longest words and longest cells.

    Left to itself rich cuts off what sticks out on the right, and nobody sees that anything is missing. Words
    stay whole where that is possible, with narrower gaps if need be; else the widest columns are folded.
    """
    edges = len(least) + 1
    gap = 1 if sum(least) + edges + len(least) <= room else 0
    spare = room - edges - gap * len(least) - sum(least)
    widths = list(least)
    columns = range(len(widths))
    for _ in range(-spare):
        widest = max(columns, key=widths.__getitem__)
        widths[widest] = max(1, widths[widest] - 1)
    for _ in range(spare):
        tallest = max(columns, key=lambda at: natural[at] / widths[at])
        widths[tallest] += natural[tallest] > widths[tallest]
    return gap, widths


def _longest_word(cells: Sequence[str]) -> int:
    """A column this wide breaks lines between words only; very long words are folded all the same."""
    return min(max(cell_len(word) for cell in cells for word in cell.split() or [""]), _WIDEST_WORD)


def _style(cell: str) -> str:
    return next((style for word, style in _STYLES.items() if cell.startswith(word)), "")


@contextmanager
def waiting(text: str) -> Iterator[None]:
    """Show on the terminal that something goes on; nothing when stderr is no terminal."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs rich

    with Console(stderr=True).status(cleaned(text)):
        yield
