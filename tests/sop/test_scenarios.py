"""The stories of tests/scenarios: tables as an office writes them, and every finding they must give."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.sop.registers import PEOPLE, minute, register, seed_sop, standard, step
from tracker.findings import CODES
from tracker.sop.evaluation import evaluate
from tracker.sop.model import END, NO_STEP, UNKNOWN_TARGET, Register, Settings, Sop

FOLDER = Path(__file__).parents[1] / "scenarios"
READING = {"S501", "S502", "S503", "S504", "S506", "S508",
           "D401", "D402", "D403", "D404", "D412", "D414", "D415", "D416"}  # fmt: skip
"""Raised while a book is read (tests/register)."""
JOURNAL = {"W207"}
"""Needs what earlier reads saw."""
LINK = "https://contoh.go.id/kiriman/1"

Row = dict[str, str]


@dataclass
class Story:
    """One `##` section: its tables by sheet, each row as heading → cell."""

    title: str
    now: str = ""
    tables: dict[str, list[Row]] = field(default_factory=dict)

    @property
    def expected(self) -> Counter[tuple[str, ...]]:
        columns = ("Kode", "Lembar", "Baris", "Kolom", "Tingkat")
        return Counter(tuple(row[one] for one in columns) for row in self.tables.get("Temuan", []))


def stories_in(path: Path) -> list[Story]:
    """The stories of one file."""
    found: list[Story] = []
    sheet, heading = "", []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            found.append(Story(line[3:].strip()))
        elif line.startswith("Sekarang:"):
            found[-1].now = line.removeprefix("Sekarang:").strip()
        elif line.startswith("**") and line.endswith("**"):
            sheet, heading = line.strip("*"), []
            found[-1].tables[sheet] = []
        elif line.startswith("|"):
            cells = [one.strip() for one in line.strip().removeprefix("|").removesuffix("|").split("|")]
            if not heading:
                heading = cells
            elif set(line) - set("|- "):
                found[-1].tables[sheet].append(dict(zip(heading, cells, strict=True)))
    return found


def sop_of(rows: list[Row]) -> Sop:
    numbers = [int(row["No"]) for row in rows]

    def target(text: str) -> int:
        if not text:
            return NO_STEP
        if text == "Selesai":
            return END
        return numbers.index(int(text)) if int(text) in numbers else UNKNOWN_TARGET + int(text)

    return Sop({}, tuple(
        step(int(row["No"]), row["Pelaksana"], standard(row["Waktu"]), target(row["Jika Ya"]),
             target(row.get("Jika Tidak", "")), output=row.get("Output", ""), requirement=row.get("Kelengkapan", ""),
             needs_evidence=row.get("Wajib Bukti") == "Ya")
        for row in rows
    ))  # fmt: skip


def joined(row: Row, *headings: str) -> str:
    return " | ".join(row.get(one, "") for one in headings)


def register_of(story: Story) -> Register:
    """The usual office with the sheets the story tells otherwise."""
    tables = story.tables
    events = tables.get("Riwayat", [])
    rows = [
        joined(one, "ID", "Langkah", "Pelaksana", "Mulai", "Selesai", "Hasil", "Catatan", "Bukti")
        for one in events
    ]
    usual = [{"ID": id_, "Tautan": LINK} for id_ in dict.fromkeys(one["ID"] for one in events)]
    items = [
        joined(one, "ID", "Dibatalkan", "Target Tayang", "Tautan") for one in tables.get("Register", usual)
    ]
    people = [joined(one, "Nama", "Peran", "Status", "Mulai", "Sampai") for one in tables.get("Pegawai", [])]
    strict = {"Uraian": "Mulai Kosong", "Isi": "ketat"} in tables.get("SOP", [])
    sop = sop_of(tables["Langkah"]) if "Langkah" in tables else seed_sop()
    return register(
        rows, items=items, sop=sop, people=tuple(people) or PEOPLE, settings=Settings(strict_start=strict)
    )


STORIES = [(path.stem, story) for path in sorted(FOLDER.glob("*.md")) for story in stories_in(path)]


@pytest.mark.parametrize(
    ("subject", "story"), STORIES, ids=[f"{subject}: {story.title}" for subject, story in STORIES]
)
def test_a_story_gives_its_findings_and_no_other(subject: str, story: Story) -> None:
    found = evaluate(register_of(story), minute(story.now)).findings
    places = [(one.code, one.place.sheet or "", str(one.place.row or ""), one.place.column or "", one.severity.value)
              for one in found]  # fmt: skip
    assert Counter(places) == story.expected


def test_every_code_of_the_rules_has_a_story() -> None:
    told = {code for _, story in STORIES for code, *_ in story.expected}
    assert set(CODES) - READING - JOURNAL == told


def test_both_severities_of_a_code_have_a_story() -> None:
    told = {(code, severity) for _, story in STORIES for code, _, _, _, severity in story.expected}
    softer = {(one.code, one.softer.value) for one in CODES.values() if one.softer}
    assert softer <= told
    assert {("U106", "galat"), ("P304", "peringatan")} <= told
