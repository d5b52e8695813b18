"""The data that a new register begins with: the SOP, office hours, holidays, choices, placeholders for people."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any, Final

from tracker.register.schema import APPOINTMENTS, OUTCOMES, UNITS
from tracker.register.seed.content import BookContent, Row

__all__ = [
    "TEMPLATE_YEARS",
    "DemoWords",
    "demo_choices",
    "demo_words",
    "empty_content",
    "holiday_rows",
    "hours_rows",
    "sop_identity",
]

TEMPLATE_YEARS: Final = (2026, 2027)
"""The years whose holidays the committed template carries: its own and the next."""


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__name__) / name).read_text(encoding="utf-8"))


def sop_identity() -> tuple[tuple[str, str], ...]:
    """(Uraian, Isi) of sheet SOP, settings included, in order."""
    return tuple((str(label), str(value)) for label, value in _toml("sop.toml")["identity"])


def holiday_rows(years: Iterable[int]) -> tuple[Row, ...]:
    """The rows of Hari Libur for these years, by date; years that the data lacks give none."""
    wanted = set(years)
    with (files(__name__) / "hari_libur.csv").open(encoding="utf-8") as lines:
        read = [(date.fromisoformat(row["Tanggal"]), row) for row in csv.DictReader(lines)]
    return tuple(
        {"on": on, "remark": row["Keterangan"], "kind": row["Jenis"]} for on, row in read if on.year in wanted
    )


def hours_rows(years: Iterable[int]) -> tuple[Row, ...]:
    """The rows of Jam Kerja: the default week, and the Ramadan rows of these years as far as they are known."""
    wanted, data = set(years), _toml("jam_kerja.toml")
    rows: list[Row] = list(data["default"])
    for period in data["ramadan_period"]:
        if period["from_on"].year in wanted:
            remark = f"{period['remark']}; cocokkan dengan sidang isbat"
            rows += [{**hours, **period, "remark": remark} for hours in data["ramadan"]]
    return tuple(rows)


def _choice_rows() -> tuple[Row, ...]:
    """The columns of Daftar side by side."""
    lists: dict[str, list[str]] = {
        **{key: list(values) for key, values in _toml("daftar.toml").items()},
        "outcome": list(OUTCOMES),
        "unit": list(UNITS),
        "appointment": list(APPOINTMENTS),
    }
    longest = max(len(values) for values in lists.values())
    return tuple(
        {key: values[index] for key, values in lists.items() if index < len(values)}
        for index in range(longest)
    )


def empty_content(years: tuple[int, ...] = TEMPLATE_YEARS) -> BookContent:
    """An empty register of this SOP for these years, with placeholders for people."""
    identity = sop_identity()
    words = dict(reversed(identity))
    return BookContent(
        office=words["Instansi"],
        title=f"Register {words['Judul Bagan']}",
        years=years,
        rows={
            "sop": tuple({"label": label, "value": value or None} for label, value in identity),
            "steps": tuple(_toml("sop.toml")["steps"]),
            "people": tuple(_toml("pegawai.toml")["people"]),
            "hours": hours_rows(years),
            "holidays": holiday_rows(years),
            "choices": _choice_rows(),
        },
    )


@dataclass(frozen=True, slots=True)
class DemoWords:
    """What the demo register is made of: invented titles, legal products, reasons, and people."""

    titles: tuple[str, ...]
    products: tuple[str, ...]
    reasons: tuple[str, ...]
    people: tuple[Row, ...]


def demo_words() -> DemoWords:
    """The invented words of the demo register."""
    data = _toml("demo.toml")
    return DemoWords(*(tuple(data[key]) for key in ("titles", "products", "reasons", "people")))


def demo_choices() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(channels, kinds) of the drop-downs."""
    data = _toml("daftar.toml")
    return tuple(data["channel"]), tuple(data["kind"])
