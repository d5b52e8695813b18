"""New registers: the empty template, or a year of invented items, as a file or in an empty Google spreadsheet."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tracker.errors import AlreadyExists, RegisterUnavailable, reason_of
from tracker.register.google.addresses import is_google
from tracker.register.moments import minutes_of
from tracker.sop.model import Settings

__all__ = ["new_register", "sample_bytes", "template_bytes"]


def template_bytes() -> bytes:
    """The empty register, as `templates/sop_register.xlsx` holds it."""
    from tracker.register.template import template_bytes as made  # noqa: PLC0415 - loads XlsxWriter

    return made()


def sample_bytes(now: datetime, seed: int = 1) -> bytes:
    """A register of invented items whose last year ends at `now`; equal arguments give equal bytes."""
    from tracker.register.demo import demo_bytes  # noqa: PLC0415 - loads XlsxWriter

    return demo_bytes(now, seed)


def new_register(target: str | Path, *, now: datetime, demo: bool = False, seed: int = 1) -> None:
    """Make a new register at a path or in an empty Google spreadsheet: the template, or with `demo` invented items.

    AlreadyExists when something is there; RegisterUnavailable when it cannot be written to.
    """
    from tracker.register.demo import demo_bytes  # noqa: PLC0415 - loads XlsxWriter

    if is_google(str(target)):
        _new_spreadsheet(str(target), now=now, demo=demo, seed=seed)
        return
    path = Path(target)
    if path.exists():
        raise AlreadyExists(
            f"{path} sudah ada dan tidak ditimpa.", "Pilih nama lain, atau pindahkan berkas itu."
        )
    content = demo_bytes(now, seed) if demo else template_bytes()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        raise AlreadyExists(f"{path} sudah ada dan tidak ditimpa.", "Pilih nama lain.") from error
    except OSError as error:
        raise RegisterUnavailable(
            f"{path} tidak dapat dibuat: {reason_of(error)}.", "Periksa folder dan izinnya."
        ) from error


def _new_spreadsheet(target: str, *, now: datetime, demo: bool, seed: int) -> None:
    from tracker.register.demo import demo_content  # noqa: PLC0415
    from tracker.register.google.layout import set_up  # noqa: PLC0415 - loads gspread
    from tracker.register.google.store import GoogleStore  # noqa: PLC0415
    from tracker.register.seed import empty_content  # noqa: PLC0415

    local = now.astimezone(ZoneInfo(Settings().zone)) if now.tzinfo else now
    minutes = minutes_of(local.replace(tzinfo=None, second=0, microsecond=0))
    set_up(GoogleStore(target), demo_content(now_minutes=minutes, seed=seed) if demo else empty_content())
