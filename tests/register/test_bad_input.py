"""Whatever is named .xlsx: `check` ends in bounded time and memory, with a sentence and the right exit code."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.books import codes, office, snapshot, workbook
from tests.cli.doors import ROOT
from tests.fuzz.targets import book_with, parts
from tracker.errors import TrackerError
from tracker.register.excel.reading import read_snapshot
from tracker.register.excel.texts import shared_lengths, shared_total
from tracker.register.reader import read_register
from tracker.register.store import RawValue

SECONDS, MEGABYTES = 20.0, 2_500
"""Limits for one `check`: far above what is needed on a free machine, far below what a bomb would take."""
SHEET = "xl/worksheets/sheet2.xml"
STRINGS = "xl/sharedStrings.xml"


def check(path: Path, *options: str) -> tuple[int, str, str]:
    """`python -m tracker check` in a process that may not take more memory than MEGABYTES."""
    bounded = (
        "import resource, runpy, sys;"
        f"resource.setrlimit(resource.RLIMIT_AS, ({MEGABYTES} << 20,) * 2);"
        "sys.argv[0] = 'tracker'; runpy.run_module('tracker', run_name='__main__')"
    )
    begin = ["-m", "tracker"] if os.name == "nt" else ["-c", bounded]
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, *begin, "check", str(path), "--now", "2026-08-06T10:00", *options],
        capture_output=True, cwd=ROOT, timeout=110, check=False, encoding="utf-8",
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert time.monotonic() - begun < SECONDS
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def rows(*cells: bytes, before: bytes = b"</sheetData>") -> bytes:
    """Sheet Riwayat of the small book with more rows."""
    return parts()[SHEET].replace(before, b"".join(cells) + before)


def inflated(megabytes: int) -> bytes:
    """A package whose sheet inflates to so many megabytes of white space."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in parts().items():
            if name != SHEET:
                package.writestr(name, content)
        with package.open(SHEET, "w") as sheet:
            sheet.write(b"<worksheet>")
            for _ in range(megabytes):
                sheet.write(b" " * (1 << 20))
    return stream.getvalue()


def laughs(part: str) -> bytes:
    """A billion laughs in front of a part."""
    entities = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    return book_with(part, b'<!DOCTYPE x [<!ENTITY l0 "ha">' + entities + b"]>" + parts()[part])


def shared_many_times() -> bytes:
    """One text of 100 kB that 200,000 cells name: 20 GB of text in a file of a megabyte."""
    strings = parts()[STRINGS].replace(b"</sst>", b"<si><t>%s</t></si></sst>" % (b"x" * 100_000))
    number = strings.count(b"<si>") - 1
    named = (b'<row r="%d"><c r="A%d" t="s"><v>%d</v></c></row>' % (r, r, number) for r in range(10, 200_010))
    return book_with({SHEET: rows(*named), STRINGS: strings})


def crowded() -> bytes:
    """A package of 60,000 parts."""
    stream = io.BytesIO(book_with("", b""))
    with zipfile.ZipFile(stream, "a") as package:
        for number in range(60_000):
            package.writestr(f"xl/media/{number}", b"")
    return stream.getvalue()


TOO_MUCH: dict[str, Callable[[], bytes]] = {
    "zip bomb": lambda: inflated(600),
    "entities in a sheet": lambda: laughs(SHEET),
    "entities in the shared strings": lambda: laughs(STRINGS),
    "entities in the workbook": lambda: laughs("xl/workbook.xml"),
    "two far cells": lambda: book_with(SHEET, rows(b'<row r="5"><c r="XFD1048576"><v>1</v></c></row>')),
    "a far cell that its row denies": lambda: book_with(
        SHEET, rows(b'<c r="XFD1048576"><v>1</v></c>', before=b"</row></sheetData>")
    ),
    "a column that cannot be": lambda: book_with(SHEET, rows(b'<row r="9"><c r="ZZZZZZ9"><v>1</v></c></row>')),
    "a row that cannot be": lambda: book_with(SHEET, rows(b'<row r="4294967295"><c><v>1</v></c></row>')),
    "a far cell with a prefix": lambda: book_with(SHEET, rows(b'<row><x:c r="XFD1048576"><v>1</v></x:c></row>')),
    "10 MB in one cell": lambda: book_with(
        SHEET, rows(b'<row r="9"><c r="A9" t="inlineStr"><is><t>%s</t></is></c></row>' % (b"x" * 10_000_000))
    ),
    "10 MB in a shared string": lambda: book_with(
        STRINGS, parts()[STRINGS].replace(b"</sst>", b"<si><t>%s</t></si></sst>" % (b"x" * 10_000_000))
    ),
    "a text named 200,000 times": shared_many_times,
}  # fmt: skip


@pytest.mark.parametrize("kind", TOO_MUCH)
def test_what_would_exhaust_the_machine_is_refused(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "bom.xlsx"
    path.write_bytes(TOO_MUCH[kind]())
    code, out, err = check(path)
    assert (code, out) == (4, "")
    assert err.strip()


def formatted_rows() -> bytes:
    return book_with(SHEET, rows(*(b'<row r="%d" s="1" customFormat="1"/>' % r for r in range(5, 1_000_005))))


def formatted_cells() -> bytes:
    row = b'<row r="%d"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>'
    return book_with(SHEET, rows(*(row % (r, r, r) for r in range(5, 1_000_005))))


def wide(columns: int = 300) -> bytes:
    cells = [f"kolom {column}" for column in range(columns)]
    head = ["ID", "Langkah", "Selesai"]
    sheet: list[list[RawValue]] = [[*head, *cells]]
    sheet += [["K-1", 1, "entah", *cells]] * 500
    return workbook(office() | {"Riwayat": sheet})


MUCH: dict[str, Callable[[], bytes]] = {
    "a million empty formatted rows": formatted_rows,
    "a million rows of empty formatted cells": formatted_cells,
    "300 columns": wide,
    "60,000 parts": crowded,
    "merges over merges": lambda: book_with(SHEET, parts()[SHEET].replace(
        b"</sheetData>", b"</sheetData><mergeCells>" + b'<mergeCell ref="A2:A1048576"/>' * 50_000 + b"</mergeCells>")),
    "elements in elements": lambda: book_with(
        "xl/workbook.xml",
        parts()["xl/workbook.xml"].replace(b"</workbook>", b"<x>" * 200_000 + b"</x>" * 200_000 + b"</workbook>")),
}  # fmt: skip


@pytest.mark.parametrize("kind", MUCH)
def test_what_is_merely_large_is_read(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "besar.xlsx"
    path.write_bytes(MUCH[kind]())
    code, out, err = check(path)
    assert code in (0, 1), err
    assert "dibaca" in out


def test_a_file_that_is_too_large_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "besar.xlsx"
    with path.open("wb") as file:
        file.truncate(300 << 20)  # sparse
    code, _, err = check(path)
    assert code == 4
    assert err.strip()


def test_garbage_in_every_cell_is_counted_exactly(tmp_path: Path) -> None:
    chance = random.Random(4)
    garbage: list[list[RawValue]] = [[f"{chance.random():.9f}x" for _ in range(6)] for _ in range(3_000)]
    head: list[RawValue] = ["ID", "Langkah", "Pelaksana", "Mulai", "Selesai", "Hasil"]
    path = tmp_path / "sampah.xlsx"
    sheet: list[list[RawValue]] = [head, *garbage]
    path.write_bytes(workbook(office() | {"Riwayat": sheet}))
    code, out, _ = check(path, "--json")
    found = json.loads(out)
    assert code == 1
    assert Counter(one["code"] for one in found["findings"]) == {
        "D402": 3_000, "D403": 3_000, "D404": 6_000, "D407": 3_000, "P302": 3_000,
    }  # fmt: skip
    assert found["counts"] == {"galat": 18_000, "peringatan": 0, "catatan": 0}


def test_a_long_id_does_not_widen_every_line(tmp_path: Path) -> None:
    sheets = office() | {
        "Riwayat": [["ID", "Langkah", "Selesai"], ["K" * 30_000, 1, None], *([["K-1", 9, None]] * 500)]
    }
    path = tmp_path / "panjang.xlsx"
    path.write_bytes(workbook(sheets))
    code, out, _ = check(path)
    assert code == 1
    assert len(out) < 500_000


# ---------------------------------------------------------------- any bytes


def opened(data: bytes) -> None:
    try:
        read_register(read_snapshot(data))
    except TrackerError as refusal:
        assert refusal.sentence
        assert refusal.exit_code == 4


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
)
def test_random_bytes_are_refused(data: bytes, begins: bytes) -> None:
    opened(begins + data)


BOOK = workbook(office())


@given(st.integers(0, len(BOOK)))
def test_a_cut_book_is_refused(length: int) -> None:
    opened(BOOK[:length])


@given(st.data())
def test_a_book_with_flipped_bytes_is_read_or_refused(data: st.DataObject) -> None:
    torn = bytearray(BOOK)
    for _ in range(data.draw(st.integers(1, 8))):
        torn[data.draw(st.integers(0, len(BOOK) - 1))] = data.draw(st.integers(0, 255))
    opened(bytes(torn))


@given(st.sampled_from(sorted(parts())), st.data())
def test_a_part_that_is_cut_is_read_or_refused(name: str, data: st.DataObject) -> None:
    content = parts()[name]
    opened(book_with(name, content[: data.draw(st.integers(0, len(content)))]))


# ---------------------------------------------------------------- how much text there is

PLAIN = b"<sst><si><t>satu</t></si><si><r><t>du</t></r><r><t>a</t></r></si></sst>"


SPELLINGS = (
    PLAIN,
    PLAIN.replace(b"<si>", b"<s:si>").replace(b"</si>", b"</s:si>").replace(b"<sst", b'<sst xmlns:s="u"'),
    PLAIN.replace(b"<sst>", b"<sst><!-- <si/> -->"),
    PLAIN.decode().encode("utf-16"),
)


@pytest.mark.parametrize("strings", SPELLINGS)
def test_shared_strings_are_measured_however_they_are_written(strings: bytes) -> None:
    lengths = shared_lengths(strings)
    assert len(lengths) == 2
    assert (lengths >= (4, 3)).all()


@pytest.mark.parametrize(
    "sheet",
    [
        b'<c t="s"><v>1</v></c><c t="s"><v>0</v></c><c t="s"><v>9</v></c>',
        b'<c t="s"><v>+1</v></c><c t="s"><v>&#48;</v></c>',
        b"<c t='s'><v >1</v></c><c t='&#115;'><v>0</v></c><c t='str'><v>1</v></c>",
        b'<c t="s"><v><![CDATA[1]]></v></c><c t="s"><v>0</v></c>',
    ],
)
def test_named_strings_are_added_up_however_they_are_named(sheet: bytes) -> None:
    lengths = shared_lengths(PLAIN)
    assert shared_total(b"<x>" + sheet + b"</x>", lengths) == int(lengths.sum())


def test_a_text_of_excels_own_limit_is_read() -> None:
    longest = "é" * 32_767
    sheets = office() | {"Riwayat": [["ID", "Langkah", "Selesai", "Catatan"], ["K-1", 1, None, longest]]}
    assert read_register(read_snapshot(workbook(sheets))).events.note.tolist() == [longest]


def test_merges_over_merges_fill_each_row_once() -> None:
    sheets = office("ID | Langkah | Selesai\nK-1 | 1 |\n | 2 |\n | 3 |")
    register = read_register(snapshot(sheets, merges={"Riwayat": [(1, 0, 2, 0), (1, 0, 3, 0), (1, 0, 3, 0)]}))
    assert register.events.id.tolist() == ["K-1"] * 3
    assert codes(register) == []
