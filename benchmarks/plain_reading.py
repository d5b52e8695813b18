"""What a user would write instead: read the same sheets with pandas and openpyxl, and type them the same way.

Every form of a moment, unit, choice and name that `tracker.register` understands is understood here too, in the
ordinary pandas way (`map` over a column, a dictionary of synonyms). It knows no order, no roles, no holidays, names
no cell, and what it cannot read it drops.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from datetime import datetime

import pandas as pd

MONTHS = {
    word: number
    for number, words in enumerate(
        ("januari jan january", "februari feb peb february", "maret mar march", "april apr", "mei may", "juni jun june",
         "juli jul july", "agustus agu agt ags aug august", "september sep sept", "oktober okt oct october",
         "november nov nop", "desember des dec december"), 1,
    )
    for word in words.split()
}  # fmt: skip
CHOICES = {"ya": "Ya", "setuju": "Ya", "acc": "Ya", "ok": "Ya", "disetujui": "Ya", "y": "Ya",
           "tidak": "Tidak", "tolak": "Tidak", "revisi": "Tidak", "perbaiki": "Tidak", "tdk": "Tidak"}  # fmt: skip
UNITS = {"menit": 1, "mnt": 1, "jam": 60, "hari": 450, "hr": 450}
HOMOGLYPHS = str.maketrans("аеорсухАВЕКМНОРСТУХ", "aeopcyxABEKMHOPCTYX")
CLOCK = r"(?:[ ,]+(?:pukul |pkl )?(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?(?: ?(wib|wita|wit))?)?"
NUMERIC = re.compile(r"(?:[a-z']+,? )?(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4}|\d{2})" + CLOCK)
NAMED = re.compile(r"(?:[a-z']+,? )?(\d{1,2})[ -]([a-z]+)[ -](\d{4}|\d{2})" + CLOCK)


def folded(value: object) -> str:
    """A text without case, stray spaces and look-alike letters."""
    text = unicodedata.normalize("NFKC", str(value)).translate(HOMOGLYPHS)
    return " ".join(text.casefold().split())


def moment(value: object) -> object:
    """A date-time from whatever was typed, else NaT."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, (int, float)):
        return pd.Timestamp("1899-12-30") + pd.Timedelta(days=value) if 36526 <= value < 73051 else pd.NaT
    text = folded(value)
    if match := NUMERIC.fullmatch(text):
        day, month, year, *rest = match.groups()
    elif match := NAMED.fullmatch(text):
        day, name, year, *rest = match.groups()
        month = MONTHS.get(name, 13)
    elif match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})[t ](\d{1,2})[:.](\d{2})(?:[:.]\d{2})?()", text):
        year, month, day, *rest = match.groups()
    else:
        return pd.NaT
    try:
        year = int(year) + (2000 if len(year) == 2 else 0)
        at = datetime(year, int(month), int(day), int(rest[0] or 0), int(rest[1] or 0))
    except ValueError:
        return pd.NaT
    return at + pd.Timedelta(hours={"wib": 1, "wit": -1}.get(rest[2], 0))


def step(value: object) -> float:
    """The number of a step."""
    match = re.fullmatch(r"(?:langkah |no[.]? ?)?(\d+)(?:[.]0)?", folded(value))
    return int(match[1]) if match else float("nan")


def standard(amount: object, unit: object) -> float:
    """Minutes of a time standard."""
    match = re.fullmatch(r"(\d+(?:[.,]\d+)?)(?: ?([a-z]+))?", folded(amount))
    minutes = UNITS.get((match and match[2]) or folded(unit))
    return float(match[1].replace(",", ".")) * minutes if match and minutes else float("nan")


def _titled(rows: pd.DataFrame, first: str) -> pd.DataFrame:
    """The table below the row that begins with a heading."""
    at = int((rows[0] == first).to_numpy().argmax())
    return rows.iloc[at + 1 :].set_axis(rows.iloc[at].astype(str), axis=1)


def typed(path: str) -> pd.DataFrame:
    """The events, every column typed, with the title of their item and the standard of their step."""
    sheets = pd.read_excel(
        path, sheet_name=["Register", "Riwayat", "Langkah"], engine="openpyxl", header=None
    )
    items, events, steps = (
        _titled(sheets[name], first)
        for name, first in (("Register", "ID"), ("Riwayat", "ID"), ("Langkah", "No"))
    )
    events = events.dropna(subset=["ID"])
    steps["No"] = steps["No"].map(step)
    steps["Menit"] = [standard(*pair) for pair in zip(steps["Waktu"], steps["Satuan"], strict=True)]
    return events.assign(
        ID=events["ID"].map(folded),
        Langkah=events["Langkah"].map(step),
        Pelaksana=events["Pelaksana"].map(folded, na_action="ignore"),
        Mulai=pd.to_datetime(events["Mulai"].map(moment, na_action="ignore")),
        Selesai=pd.to_datetime(events["Selesai"].map(moment, na_action="ignore")),
        Hasil=events["Hasil"].map(folded, na_action="ignore").map(CHOICES, na_action="ignore"),
    ).merge(items.assign(ID=items["ID"].map(folded))[["ID", "Judul"]], on="ID", how="left", suffixes=("_lembar", "")
    ).merge(steps[["No", "Menit"]], left_on="Langkah", right_on="No", how="left")  # fmt: skip


def main(path: str) -> None:
    """Print how many events were read, how many moments were not, and how many took longer than their standard."""
    events = typed(path)
    minutes = (events["Selesai"] - events["Mulai"]).dt.total_seconds() / 60
    print(len(events), int(events["Selesai"].isna().sum()), int((minutes > events["Menit"]).sum()))


if __name__ == "__main__":
    main(sys.argv[1])
