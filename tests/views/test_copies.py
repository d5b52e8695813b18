"""Working copies: the words of the paper, text that stays text, print set-up, the same bytes."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from pypdf import PdfReader

from tests.books import read
from tests.cli.doors import REGISTER, RIWAYAT
from tests.views.examples import august, empty, findings, imprint, many, signing, sop
from tests.views.test_papers import HOSTILE
from tests.views.test_semester import paper as semester
from tracker.sop.evaluation import evaluate
from tracker.views import copies
from tracker.views.card import card_paper
from tracker.views.copies.book import LABEL
from tracker.views.monthly import MonthlyPaper, monthly_paper
from tracker.views.sop_paper import sop_paper

NOW = 29_766_840


def monthly(**changes: object) -> MonthlyPaper:
    return monthly_paper(august(), sop(), imprint=imprint(**changes), signing=signing(), findings=findings())


def made(kind: str, **changes: Any) -> bytes:
    if kind == "monthly":
        return copies.monthly_copy(monthly(**changes))
    if kind == "semester":
        return copies.semester_copy(semester(**changes))
    register = read(RIWAYAT, REGISTER)
    if kind == "sop":
        return copies.sop_copy(
            sop_paper(register.sop, imprint=imprint(**changes), approver=signing().approver)
        )
    evaluation = evaluate(register, NOW)
    return copies.card_copy(card_paper(evaluation, "K-1", imprint=imprint(**changes), signing=signing()))


KINDS = ("sop", "card", "monthly", "semester")


def book(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def cells(content: bytes) -> Iterator[Any]:
    for sheet in book(content).worksheets:
        for row in sheet.iter_rows():
            yield from (cell for cell in row if cell.value is not None)


def texts(content: bytes) -> str:
    return "\n".join(str(cell.value) for cell in cells(content))


@pytest.mark.parametrize("kind", KINDS)
def test_it_says_on_every_sheet_that_it_is_no_paper(kind: str) -> None:
    for sheet in book(made(kind)).worksheets:
        assert sheet["A1"].value == LABEL
        footer: Any = sheet.oddFooter
        assert LABEL in footer.left.text
        assert footer.right.text == "Halaman &P dari &N"
    assert "SHA256" not in texts(made(kind))


@pytest.mark.parametrize(("size", "code"), [("A4", 9), ("F4", 14)])
@pytest.mark.parametrize("kind", KINDS)
def test_the_print_set_up_is_that_of_the_paper(kind: str, size: str, code: int) -> None:
    for sheet in book(made(kind, paper=size)).worksheets:
        setup = sheet.page_setup
        assert setup.orientation == ("portrait" if kind == "monthly" else "landscape")
        assert setup.paperSize == code
        assert (setup.paperWidth, setup.paperHeight) == ((None, None) if size == "A4" else ("215mm", "330mm"))
        assert (setup.fitToWidth, setup.fitToHeight) == (1, 0)
        assert round(sheet.page_margins.left * 25.4) == 20
        row = int(str(sheet.freeze_panes).lstrip("A")) - 1
        assert sheet.print_title_rows == f"${row}:${row}"


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_paper_gives_the_same_bytes(kind: str) -> None:
    assert made(kind) == made(kind)


def test_the_monthly_copy_has_the_words_and_numbers_of_the_paper() -> None:
    paper = monthly()
    content = copies.monthly_copy(paper)
    found = texts(content)
    for row in (*paper.items, *paper.violations, *paper.running):
        assert row[1] in found
        assert row[2].replace("\u00a0", " ") in found
    sheet = book(content)["B Langkah"]
    counts = [row[4] for row in sheet.iter_rows(values_only=True) if isinstance(row[4], int)]
    assert counts == [25, 25, 32, 34, 27, 24, 167]


def test_the_sop_copy_tells_the_flow() -> None:
    rows = list(book(made("sop"))["Langkah"].iter_rows(values_only=True))
    flow = {row[0]: (row[6], row[7]) for row in rows if str(row[0]).isdigit()}
    assert flow["4"] == ("langkah 5", "langkah 3")
    assert flow["6"] == ("selesai", "–")


def test_the_card_copy_has_a_row_for_each_execution() -> None:
    rows = list(book(made("card"))["Kartu"].iter_rows(values_only=True))
    assert [row[0] for row in rows if str(row[0]).isdigit()][:4] == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    "text", [*HOSTILE, '=HYPERLINK("http://x","y")', "+1", "-1+1", "@SUM(1)", "#REF!", "& &P x"]
)
def test_text_is_always_text(text: str) -> None:
    paper = monthly(source_name=text)
    late = tuple((row[0], text, text, *row[3:]) for row in paper.violations)
    content = copies.monthly_copy(replace(paper, violations=late, subject=text, narrative=text))
    assert all(cell.data_type in ("s", "n", "inlineStr") for cell in cells(content))
    assert b"<f>" not in b"".join(_members(content))


def _members(content: bytes) -> Iterator[bytes]:
    import zipfile

    with zipfile.ZipFile(BytesIO(content)) as package:
        yield from (package.read(name) for name in package.namelist() if "sheet" in name)


@pytest.mark.parametrize("make", [lambda: empty(), lambda: many(300)], ids=["empty", "300 items"])
def test_an_empty_and_a_full_month(make: Callable[[], Any]) -> None:
    figures = make()
    paper = monthly_paper(figures, sop(), imprint=imprint(), signing=signing())
    found = book(copies.monthly_copy(paper))
    listed = [
        row for row in found["D Konten"].iter_rows(values_only=True) if re.match(r"K-2026", str(row[1]))
    ]
    assert len(listed) == figures.items_handled
    assert any(cell.value == "Nihil." for cell in found["E Pelanggaran"]["A"]) == (not figures.violations)


@pytest.mark.libreoffice
@pytest.mark.skipif(which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_prints_them_on_their_paper(tmp_path: Path) -> None:
    for kind in KINDS:
        (tmp_path / f"{kind}.xlsx").write_bytes(made(kind, paper="F4"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profil"
    files = [str(tmp_path / f"{kind}.xlsx") for kind in KINDS]
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files],
        check=True, capture_output=True, timeout=110,
    )  # fmt: skip
    for kind in KINDS:
        pages = PdfReader(tmp_path / f"{kind}.pdf").pages
        sizes = {tuple(round(float(side) * 25.4 / 72) for side in page.mediabox[2:]) for page in pages}
        assert sizes == {(215, 330) if kind == "monthly" else (330, 215)}
        assert all(LABEL in page.extract_text() for page in pages)
        assert f"dari {len(pages)}" in pages[0].extract_text()
