"""The two working lists: what the pages show stands on them, exactly, and nothing typed can break them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.books import read
from tests.cli.doors import REGISTER, RIWAYAT
from tests.views.examples import imprint
from tests.views.test_papers import HOSTILE, _integers
from tracker.findings import Finding
from tracker.sop.evaluation import evaluate
from tracker.sop.verdicts import Evaluation
from tracker.views import copies, papers, wording
from tracker.views.issues import ELSEWHERE
from tracker.views.lists import IssueList, RunningList, issue_list, issues_json, running_json, running_list

NOW = 29_766_840  # 6 August 2026 09.00
WRONG = """
    ID   | Langkah | Pelaksana | Mulai             | Selesai           | Hasil | Bukti | Catatan
    K-1  | 1       | Entah     | @2026-08-03 09:00 | @2026-08-03 09:08 |       |       |
    K-1  | 2       | Sity      | besok             | @2026-08-04 09:00 |       |       |
    K-99 | 1       |           | @2026-08-03 09:00 |                   |       |       |
"""


def office(events: str = RIWAYAT, items: str = REGISTER, now: int = NOW) -> Evaluation:
    return evaluate(read(events, items), now)


def running(seen: Evaluation, **changes: Any) -> RunningList:
    return running_list(seen, imprint=imprint(**changes))


def raw(found: Finding) -> str | None:
    return found.raw


def issues(seen: Evaluation, **changes: Any) -> IssueList:
    return issue_list(seen, imprint=imprint(**changes), seen=raw)


def printed(content: bytes) -> str:
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u00a0", " ").split())


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d{3})*(?:,\d+)?", text))


def test_every_item_that_is_not_finished_stands_on_the_list_once() -> None:
    seen = office()
    made = running(seen)
    rows = [*made.overdue, *made.running, *made.not_begun]
    assert sorted(row[1] for row in rows) == ["K-1", "K-2", "K-3"]
    assert [row[1] for row in made.not_begun] == ["K-3"]
    text = printed(papers.running_pdf(made))
    for row in rows:
        assert all(cell.replace("\u00a0", " ").replace("\n", " ") in text for cell in row if cell)
    assert {str(n) for n in _integers(running_json(seen)["counts"])} <= numbers(text)


def test_the_late_come_first_and_are_counted() -> None:
    """An open step past its standard is late; waiting past the limit is not the same."""
    made = running(office(now=NOW + 3 * 1440))
    states = [row[11] for row in made.overdue]
    assert states
    assert set(states) <= {"TERLAMBAT", "MENUNGGU LAMA"}
    counts = running_json(office(now=NOW + 3 * 1440))["counts"]
    assert isinstance(counts, dict)
    assert counts["late"] == states.count("TERLAMBAT")
    assert counts["waiting_long"] == states.count("MENUNGGU LAMA")
    assert made.place_total[1:] == tuple(str(states.count(one)) for one in ("TERLAMBAT", "MENUNGGU LAMA"))


def test_every_finding_but_lateness_stands_with_its_cell() -> None:
    seen = office(WRONG)
    made = issues(seen)
    text = printed(papers.issues_pdf(made))
    shown = [one for one in seen.findings if one.code not in ELSEWHERE]
    assert shown
    for one in shown:
        assert f"{one.place.sheet}!{one.place.cell or one.place.row or ''}".rstrip("!") in text
        assert one.code in text
    assert sum(len(rows) for _, rows in made.groups) == len(shown)
    assert {wording.number(n) for n in _integers(issues_json(seen)["counts"])} <= numbers(text)


def test_one_problem_in_many_cells_is_one_row_with_its_ranges() -> None:
    rows = "\n".join(f"K-1 | 1 | Nama {at} | @2026-08-03 09:00 | @2026-08-03 09:08 | | |" for at in range(9))
    made = issues(office("ID | Langkah | Pelaksana | Mulai | Selesai | Hasil | Bukti | Catatan\n" + rows))
    row = next(row for _, rows in made.groups for row in rows if row[1] == "P302")
    assert row[2] == "Riwayat!C2–C10"
    assert row[3] == "Pelaksana, 9 sel"
    assert row[4].split("\n")[-1] == "…"
    assert row[4].count("\n") == 2


@pytest.mark.parametrize(("typed", "shown"), [("Sity ", "Sity·"), ("A\u00a0 B", "A··B"), ("", "(kosong)")])
def test_what_stands_in_the_cell_is_shown_as_typed(typed: str, shown: str) -> None:
    made = issue_list(office(WRONG), imprint=imprint(), seen=lambda _: typed)
    assert {row[4] for _, rows in made.groups for row in rows} == {shown}


def test_nothing_to_tell_is_told() -> None:
    seen = office("ID | Langkah | Pelaksana | Mulai | Selesai", "ID | Judul")
    made = running(seen)
    assert made.headline == "Tidak ada konten yang berjalan."
    assert printed(papers.running_pdf(made)).count("Nihil.") == 3
    assert issues(seen).headline.startswith("Tidak ada temuan.")
    assert printed(papers.issues_pdf(issues(seen))).count("Nihil.") == 3


def test_a_list_has_no_number_no_code_and_says_what_it_leaves_out() -> None:
    seen = office(WRONG)
    for content in (
        papers.running_pdf(running(seen, number="", unwritten=2)),
        papers.issues_pdf(issues(seen, number="", unwritten=2)),
    ):
        text = printed(content)
        assert "tanpa nomor" not in text
        assert "Pencocokan naskah" not in text
        assert "2 keputusan dari dasbor belum tertulis" in text
        ((_, files),) = PdfReader(BytesIO(content)).attachments.items()
        facts = json.loads(files[0])
        assert facts["paper"]["kind"].startswith("daftar ")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_fails_a_list(text: str) -> None:
    seen = office(WRONG)
    items = seen.register.items
    for column in (items.title, items.id):
        column[:] = text
    found = tuple(replace(one, message=text * 3, remedy=text, raw=text, id=text) for one in seen.findings)
    hostile = replace(seen, findings=found)
    assert papers.running_pdf(running(hostile)).startswith(b"%PDF")
    assert papers.issues_pdf(issues(hostile)).startswith(b"%PDF")


def test_the_same_list_gives_the_same_bytes() -> None:
    seen = office(WRONG)
    assert papers.running_pdf(running(seen)) == papers.running_pdf(running(seen))
    assert papers.issues_pdf(issues(seen)) == papers.issues_pdf(issues(seen))
    assert copies.running_copy(running(seen)) == copies.running_copy(running(seen))
    assert copies.issues_copy(issues(seen)) == copies.issues_copy(issues(seen))


def test_the_working_copies_hold_the_rows_of_the_lists() -> None:
    seen = office(WRONG)
    made, found = running(seen), issues(seen)
    book = load_workbook(BytesIO(copies.running_copy(made)))
    assert book.sheetnames == ["A Posisi", "B Lewat waktu", "C Berjalan", "D Belum mulai"]
    for name, rows in (
        ("B Lewat waktu", made.overdue),
        ("C Berjalan", made.running),
        ("D Belum mulai", made.not_begun),
    ):
        ids = [row[1] for row in book[name].iter_rows(values_only=True)]
        assert [one for one in ids if str(one).startswith("K-")] == [row[1] for row in rows]
    book = load_workbook(BytesIO(copies.issues_copy(found)))
    assert book.sheetnames == ["Ringkasan", "A Galat", "B Peringatan", "C Catatan"]
    codes = [row[1] for sheet in book.worksheets[1:] for row in sheet.iter_rows(values_only=True)]
    told = [row[1] for _, rows in found.groups for row in rows]
    assert [one for one in codes if one and re.fullmatch(r"[SUWPD]\d{3}", str(one))] == told
