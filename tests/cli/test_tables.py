"""Tables on a terminal: whatever its width, nothing is cut off at the right edge."""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from io import BytesIO, TextIOWrapper

import pytest
from rich.cells import cell_len

from tracker.cli.listings import PATH_HEADINGS
from tracker.cli.output import Table, show_table


class Screen(TextIOWrapper):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


PATH = (
    "12", "5", "Rahma Aulia, S.H.", "25 Nov 2025 10.27", "25 Nov 2025 10.32", "Tidak", "12", "25 Nov 2025 10.37",
    "1 hari 3 jam 23 menit", "lewat tenggat +24 menit",
)  # fmt: skip
RUNNING = (
    "K-2026-0042", "Pemilih Disabilitas: Hak atas Layanan", "2", "Staf Subbagian Hukum", "19 Nov 2026 07.30", "07.30",
    "menunggu lama +3 jam 10 menit",
)  # fmt: skip
STATUS = ("ID", "Judul", "Langkah", "Pelaksana", "Sejak", "Tenggat", "Keadaan")
LONG = "https://contoh.id/" + "sangat-panjang-" * 12
FACTS = ("Hal", "Isi")
_STYLE = re.compile(r"\x1b\[[0-9;]*m")
"""Bold headings, which NO_COLOR leaves."""


def drawn(table: Table, width: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lines of the table on a terminal of this width."""
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    seen = BytesIO()
    screen = Screen(seen, encoding="utf-8", newline="\n")
    with redirect_stdout(screen):
        show_table(table)
    screen.flush()
    return _STYLE.sub("", seen.getvalue().decode()).splitlines()


def letters(text: str) -> int:
    return sum(one.isalnum() for one in text)


@pytest.mark.parametrize("width", [40, 60, 79, 80, 100, 120, 200])
@pytest.mark.parametrize(
    ("headings", "rows"),
    [
        (PATH_HEADINGS, [PATH] * 3),
        (STATUS, [RUNNING]),
        (FACTS, [("ID", LONG), ("Judul", "字" * 70)]),
        (FACTS, []),
        (("Kode",), [("D404",)]),
    ],
)
def test_nothing_is_cut_off(
    headings: tuple[str, ...], rows: list[tuple[str, ...]], width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = drawn(Table(headings, rows), width, monkeypatch)
    assert max(map(cell_len, lines)) <= width
    assert letters("".join(lines)) == letters("".join([*headings, *(cell for row in rows for cell in row)]))


@pytest.mark.parametrize(("headings", "row"), [(PATH_HEADINGS, PATH), (STATUS, RUNNING)])
def test_words_stay_whole_on_eighty_columns(
    headings: tuple[str, ...], row: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = set("\n".join(drawn(Table(headings, [row]), 80, monkeypatch)).split())
    assert shown >= {word for cell in (*headings, *row) for word in cell.split()}
