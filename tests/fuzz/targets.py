"""What the fuzzer and its regression test run: bytes in, an assertion that must hold for every input.

`cells` reads a text as every kind of cell; `packages` opens bytes as a workbook. The first byte of a package
input says what the rest replaces: nothing (the rest is the file) or one part of a small sound book.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from tests.books import office, workbook
from tracker.errors import TrackerError
from tracker.folding import fold
from tracker.register.calendar_words import MONTHS
from tracker.register.cells import (
    raw_text,
    read_choice,
    read_id,
    read_step,
    read_target,
    read_time,
    read_weekdays,
)
from tracker.register.excel.reading import read_snapshot
from tracker.register.moments import MomentCell, read_date, read_moment, written_moment
from tracker.register.quantities import read_percent, read_standard
from tracker.register.reader import read_register
from tracker.register.reader_sop import read_zone
from tracker.register.schema import OUTCOMES, UNITS
from tracker.register.store import RawValue
from tracker.sop.evaluation import evaluate
from tracker.sop.model import State

__all__ = ["PARTS", "TARGETS", "book_with", "cells", "packages", "parts"]

NOW: Final = 29_780_000
PARTS: Final = (
    "",
    "xl/worksheets/sheet1.xml",
    "xl/worksheets/sheet2.xml",
    "xl/worksheets/sheet4.xml",
    "xl/worksheets/sheet6.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/sharedStrings.xml",
    "[Content_Types].xml",
    "_rels/.rels",
)
MAIN: Final = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RIWAYAT: Final = """
    ID  | Langkah   | Pelaksana    | Mulai             | Selesai              | Hasil  | Catatan
    K-1 | 1         | Rahma Aulia  | @2026-08-03 09:00 | 3/8/2026 09.15       |        |
    K-1 | Langkah 2 | Budi Santoso | @2026-08-03 09:20 | 46238.5              |        | #REF!
    k-1 | 4         | Siti Aminah  | 12.3              | 5 Agustus 2026 08.15 | setuju | =A2
"""


def cells(data: bytes) -> None:
    """A cell of any text is read or is a problem; a moment says what the text says, day before month."""
    text = data.decode("utf-8", "replace")
    _read_as_anything(text)
    number = _number(text)
    if number is not None:
        _read_as_anything(number)
    for zone in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"):
        _compare(text, read_moment(text, zone=zone))
    day = read_date(text)
    assert (day.state in (State.OK, State.REPAIRED)) == (
        read_moment(text).state in (State.DATE_ONLY, State.REPAIRED)
    )


def _read_as_anything(value: RawValue) -> None:
    raw_text(value)
    for read in (
        read_id,
        read_step,
        read_target,
        read_time,
        read_weekdays,
        read_standard,
        read_percent,
        read_zone,
    ):
        reading = read(value)
        assert reading.value is None or not reading.problem
    for options in (OUTCOMES, UNITS):
        choice = read_choice(value, options)
        assert choice.value is None or choice.value in options
    minutes = read_time(value).value
    assert minutes is None or 0 <= minutes <= 1440
    standard = read_standard(value, "Menit").value
    assert standard is None or 0 < standard.amount <= 9999 * 60 or not isinstance(value, str)
    found = read_moment(value)
    assert bool(found.problem) == (found.state is State.UNREADABLE)
    assert found.state in (State.BLANK, State.UNREADABLE) or 2000 <= written_moment(found.value).year <= 2100


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _compare(text: str, cell: MomentCell) -> None:
    """The oracle: the moment that was read, told from the numbers of the text alone."""
    if cell.state not in (State.REPAIRED, State.DATE_ONLY):
        return
    assert not any(unicodedata.category(sign) == "No" for sign in text)
    folded = re.sub(r"\+0[789]:00$", "", fold(text))
    if re.match("[0-9]{4}", folded):
        numbers = [int(number) for number in re.findall("[0-9]+", folded)]
    else:
        day, clock = _day_and_clock(folded)
        numbers = [int(number) for number in re.findall("[0-9]+", day)]
        between = re.search("[0-9]+([^0-9]*)", day)
        named = re.findall("[a-z]+", between[1] if between else "")
        if named:
            numbers.insert(1, MONTHS[named[0]])
        numbers[:3] = [numbers[2] + (2000 if numbers[2] < 100 else 0), numbers[1], numbers[0]]
        numbers += [int(number) for number in re.findall("[0-9]+", clock)]
    said = datetime(*numbers[:5]) + timedelta(minutes=(numbers[5:] or [0])[0] >= 30)  # type: ignore[arg-type]
    moved = written_moment(cell.value) - said
    assert moved == timedelta() or (
        cell.zone and moved in {timedelta(hours=hours) for hours in (-2, -1, 1, 2)}
    )
    assert (cell.state is State.DATE_ONLY) == (len(numbers) == 3)


def _day_and_clock(folded: str) -> tuple[str, str]:
    """The two parts of a moment, whichever stands first: only a clock in front is told by what ends the text."""
    gaps = [gap.strip() for gap in re.findall("(?<=[0-9])[^0-9]+(?=[0-9])", folded)]
    if gaps[0] in (".", ":") and gaps[-1] not in (".", ":"):
        clock = re.match(r"[^0-9]*[0-9]+(?:\s*[.:]\s*[0-9]+)+", folded)
        assert clock is not None
        return folded[clock.end() :], clock[0]
    return folded, ""


@cache
def parts() -> Mapping[str, bytes]:
    """The parts of a small sound book, its texts shared as Excel shares them (openpyxl writes them inline)."""
    with zipfile.ZipFile(io.BytesIO(workbook(office(RIWAYAT)))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    shared: dict[bytes, int] = {}

    def refer(match: re.Match[bytes]) -> bytes:
        return b't="s"><v>%d</v>' % shared.setdefault(match[1], len(shared))

    for name in [name for name in parts if name.startswith("xl/worksheets/")]:
        parts[name] = re.sub(rb't="inlineStr"><is>(.*?)</is>', refer, parts[name])
    items = b"".join(b"<si>%s</si>" % item for item in shared)
    parts["xl/sharedStrings.xml"] = b'<sst xmlns="%s">%s</sst>' % (MAIN, items)
    relation = b'<Relationship Id="rId99" Type="%s/sharedStrings" Target="sharedStrings.xml"/>' % OFFICE
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", relation + b"</Relationships>")
    return parts


def packages(data: bytes) -> None:
    """Any bytes are a register, with its findings, or a `TrackerError` with a sentence and exit code 4."""
    part = PARTS[data[0] % len(PARTS)] if data else ""
    content = book_with(part, data[1:]) if part else data[1:]
    try:
        register = read_register(read_snapshot(content))
    except TrackerError as refusal:
        assert refusal.sentence
        assert refusal.exit_code == 4
        return
    for finding in evaluate(register, NOW).findings:
        assert finding.message


def book_with(part: str | Mapping[str, bytes], content: bytes = b"") -> bytes:
    """The small book with one part, or several, replaced."""
    changed = {part: content} if isinstance(part, str) else part
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, old in parts().items():
            package.writestr(name, changed.get(name, old))
    return stream.getvalue()


TARGETS: Final[Mapping[str, Callable[[bytes], None]]] = {"cells": cells, "packages": packages}
