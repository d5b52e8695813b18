"""What may be typed behind a command: the common options, and the kinds of values with their refusals."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from tracker.cli.language import Argument, Option
from tracker.desk.orders import Half, half_of, month_named
from tracker.errors import WrongUsage
from tracker.sop.figures import Month

__all__ = [
    "HALF",
    "MOMENT",
    "PAPER_FILE",
    "PERIOD",
    "OneOf",
    "WholeNumber",
    "argument",
    "common",
    "moment_or_clock",
    "option",
    "register_argument",
]

Door = TypeVar("Door", bound=Callable[..., Any])

if TYPE_CHECKING:
    Kind = click.ParamType[Any]
else:  # before click 8.4 the class takes no type argument
    Kind = click.ParamType

_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?([+-]\d{2}:\d{2}|Z)?", re.ASCII)
_YEARS: Final = range(2000, 2100)
"""The years that a register can hold moments of (see `tracker.register.moments`)."""


class _Moment(Kind):
    """`2026-11-20T10:40`, perhaps with seconds or an offset; without one it is local time of the register."""

    name = "waktu"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        text = str(value).strip()
        try:
            found = datetime.fromisoformat(text) if _MOMENT.fullmatch(text) else None
        except ValueError:
            found = None
        if found is None or found.year not in _YEARS:
            self.fail(f"{text!r} bukan waktu. Tulis seperti 2026-11-20T10:40.", param, ctx)
        return found


class _Period(Kind):
    """A month, `2026-10`."""

    name = "periode"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Month:
        if isinstance(value, Month):
            return value
        try:
            return month_named(str(value).strip())
        except WrongUsage as error:
            self.fail(str(error), param, ctx)


class _HalfYear(Kind):
    """Half a year, `2026-S2`."""

    name = "semester"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Half:
        if isinstance(value, Half):
            return value
        try:
            return half_of(str(value).strip())
        except WrongUsage as error:
            self.fail(str(error), param, ctx)


class _PaperFile(Kind):
    """A path that ends in `.pdf`, or in `.xlsx` for the working copy."""

    name = "berkas"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(value)
        if path.suffix.lower() not in (".pdf", ".xlsx"):
            self.fail(f"{path} tidak berakhiran .pdf atau .xlsx.", param, ctx)
        return path


class WholeNumber(Kind):
    """A whole number within bounds."""

    name = "angka"

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        text = str(value).strip()
        # Up to nine digits: longer ones are out of any bound, and Python refuses to convert very long ones.
        if not re.fullmatch(r"-?[0-9]{1,9}", text):
            self.fail(f"{text[:40]!r} bukan bilangan bulat.", param, ctx)
        if not self.least <= int(text) <= self.most:
            self.fail(f"{text} di luar {self.least} sampai {self.most}.", param, ctx)
        return int(text)


class OneOf(Kind):
    """One of a few words, in any case; the value is the word as listed."""

    name = "pilihan"

    def __init__(self, *words: str) -> None:
        self.words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        found = str(value).strip().casefold()
        if found not in self.words:
            self.fail(f"{value!r} tidak dikenal. Pilih: {', '.join(self.words)}.", param, ctx)
        return found


MOMENT: Final = _Moment()
PERIOD: Final = _Period()
HALF: Final = _HalfYear()
PAPER_FILE: Final = _PaperFile()


def option(*names: str, **settings: Any) -> Callable[[Door], Door]:
    """`click.option` of ours."""
    return click.option(*names, cls=Option, **settings)


def argument(name: str, metavar: str, description: str, **settings: Any) -> Callable[[Door], Door]:
    """`click.argument` of ours; every argument has a name to show and a description."""
    return click.argument(name, cls=Argument, metavar=metavar, description=description, **settings)


def register_argument(door: Door) -> Door:
    """REGISTER as the first argument."""
    return argument(
        "target", "REGISTER", "Berkas .xlsx atau .xlsm, gsheet:ID, atau alamat spreadsheet Google."
    )(door)


def common(door: Door) -> Door:
    """`--json` and `--now`, which every command takes; as `as_json` and `now` (None: the clock)."""
    as_json = option("--json", "as_json", is_flag=True, help="Cetak satu dokumen JSON.")
    now = option(
        "--now",
        type=MOMENT,
        metavar="WAKTU",
        help="Pakai waktu ini sebagai pengganti jam, misalnya 2026-11-20T10:40 (zona register).",
    )
    return now(as_json(door))


def moment_or_clock(now: datetime | None) -> datetime:
    """The moment given, else the clock: the only place below the doors' threshold that reads it."""
    return now if now is not None else datetime.now(UTC)
