"""The SOP paper: every word of the SOP stands on it, blanks stay blank, any SOP can be drawn or is refused."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest
from pypdf import PdfReader

from tests.views.examples import FINGERPRINT, imprint
from tests.views.sops import hard_sop, seed_sop
from tests.views.test_papers import HOSTILE
from tracker.errors import PaperFailed
from tracker.sop.model import NO_STEP, UNKNOWN_TARGET, Sop
from tracker.views import wording
from tracker.views.flowchart import NO, YES, Shape
from tracker.views.papers import sop_pdf
from tracker.views.papers.imprint import letterhead
from tracker.views.papers.signing import Signature
from tracker.views.sop_paper import SopPaper, flow_of, passages, sop_paper
from tracker.views.sop_paper.flow import narrated

SECRETARY = Signature("", "Sekretaris", "Nama Pejabat, S.H.", "19800101 200501 1 001")


def _paper(sop: Sop, **changes: object) -> SopPaper:
    return sop_paper(sop, imprint=imprint(**changes), approver=SECRETARY)


def _pdf(sop: Sop, **changes: object) -> PdfReader:
    return PdfReader(BytesIO(sop_pdf(_paper(sop, **changes))))


def _words(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", text.replace("\u00a0", " ")).casefold()


def _text(pdf: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in pdf.pages).replace("\u00a0", " ")


def test_every_word_of_the_sop_stands_on_the_paper() -> None:
    sop = seed_sop()
    printed = _words(_text(_pdf(sop)))
    for label in ("Nomor SOP", "Tanggal Pengesahan", "Nama SOP", "Disahkan Oleh"):
        assert _words(sop.first(label)) in printed
    for label in (
        "Dasar Hukum",
        "Kualifikasi Pelaksana",
        "Peralatan/Perlengkapan",
        "Pencatatan dan Pendataan",
    ):
        assert _words(label) in printed
        for clause in sop.identity[label]:
            assert _words(clause) in printed
    for step in sop.steps:
        for passage in passages(step.activity):
            assert _words(passage.marker) in printed
            assert _words(passage.text) in printed
        for text in (step.role, step.requirement, step.output, wording.standard(step.standard)):
            assert _words(text) in printed


@pytest.mark.parametrize("text", [step.activity for step in seed_sop().steps])
def test_a_list_keeps_every_word(text: str) -> None:
    parts = passages(text)
    said = " ".join(f"{one.marker} {one.text}" for one in parts)
    assert _words(said.replace("–", "")) == _words(text)


def test_lists() -> None:
    assert [one.marker for one in passages(seed_sop().steps[1].activity)] == ["a.", "b."]
    assert [one.marker for one in passages(seed_sop().steps[4].activity)] == ["", "–", "–"]
    assert [one.marker for one in passages("Satu. Dua a. saja")] == [""]
    assert [one.marker for one in passages("Lead:\n- satu\n- dua")] == ["", "–", "–"]
    assert [one.text for one in passages("a) satu b) dua c) tiga")] == ["satu", "dua", "tiga"]
    assert passages("") == ()


def test_missing_dates_are_blank_and_empty_sections_a_dash() -> None:
    paper = _paper(seed_sop())
    assert [value for _, value in paper.dates] == ["", "", "", wording.joined("2 Januari 2023")]
    text = _text(_pdf(seed_sop()))
    for label in ("Tanggal Pembuatan", "Tanggal Revisi", "Tanggal Efektif"):
        assert label in text


def test_the_flow_of_the_seed() -> None:
    chart = flow_of(seed_sop())
    shapes = [node.shape for node in chart.nodes]
    assert shapes == [Shape.CAPSULE, Shape.BOX, Shape.BOX, Shape.DIAMOND, Shape.DIAMOND, Shape.CAPSULE]
    labelled = [(one.source + 1, one.target + 1, one.label) for one in chart.arrows if one.label]
    assert labelled == [(4, 5, YES), (4, 3, NO), (5, 6, YES), (5, 4, NO)]


def test_the_drawing_is_told_in_words() -> None:
    told = narrated(seed_sop(), range(6))
    assert "Langkah 1 Kasubbag Hukum dan SDM (mulai) ke langkah 2." in told
    assert "keputusan: ya ke langkah 5, tidak kembali ke langkah 3." in told
    assert told.endswith("Langkah 6 Pengelola JDIH (selesai).")
    assert "kembali ke langkah 4" in " ".join(_alternatives(_pdf(seed_sop())))


def _alternatives(pdf: PdfReader) -> list[str]:
    """The alternative texts in the structure tree."""
    found: list[str] = []
    waiting: list[Any] = [cast("dict[str, Any]", pdf.trailer["/Root"])["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            found += [str(node["/Alt"])] if "/Alt" in node else []
            waiting += [node["/K"]] if "/K" in node else []
    return found


def test_identity_page_numbers_language_and_bookmarks() -> None:
    pdf = _pdf(seed_sop())
    assert len(pdf.pages) == 2
    for index, page in enumerate(pdf.pages, start=1):
        text = page.extract_text().replace("\u00a0", " ")
        assert "SOP Nomor 5 Tahun 2023" in text
        assert f"Halaman {index} dari 2" in text
    root = cast("dict[str, Any]", pdf.trailer["/Root"])
    assert root["/Lang"] == "id-ID"
    assert len(pdf.outline) == 2


@pytest.mark.parametrize(("paper", "size"), [("A4", (297, 210)), ("F4", (330, 215))])
def test_landscape_sizes(paper: str, size: tuple[int, int]) -> None:
    for page in _pdf(seed_sop(), paper=paper).pages:
        box = page.mediabox
        assert (round(float(box.width) * 25.4 / 72), round(float(box.height) * 25.4 / 72)) == size


@pytest.mark.parametrize(("steps", "lanes"), [(2, 1), (6, 3), (12, 1), (20, 6), (20, 4), (20, 2)])
@pytest.mark.parametrize("paper", ["A4", "F4"])
def test_hard_sops_fit_their_pages(steps: int, lanes: int, paper: str) -> None:
    """No page spills over: the pages are the identity page and those that the split made, each with its number."""
    pdf = _pdf(
        hard_sop(steps, lanes, seed=steps + lanes, remark="Bila perlu" if lanes == 4 else ""), paper=paper
    )
    numbers = [
        text for page in pdf.pages for text in re.findall(r"Halaman\s(\d+)\sdari\s(\d+)", page.extract_text())
    ]
    assert numbers == [(str(n + 1), str(len(pdf.pages))) for n in range(len(pdf.pages))]
    for index, page in enumerate(pdf.pages[1:], start=2):
        text = page.extract_text().replace("\u00a0", " ")
        assert "MUTU BAKU" in text
        assert ("Bersambung." in text) == (index < len(pdf.pages))
        assert ("Sambungan." in text) == (index > 2)
    assert "penghubung antarhalaman" in pdf.pages[-1].extract_text()


def test_an_sop_that_ends_with_a_decision_gets_a_closing_row() -> None:
    sop = hard_sop(4, 2, ends_by_decision=True)
    paper = _paper(sop)
    assert len(paper.rows) == len(sop.steps) + 1
    assert paper.chart.nodes[-1].shape is Shape.CAPSULE
    assert "Selesai" in _text(_pdf(sop))


@pytest.mark.parametrize("target", [UNKNOWN_TARGET + 9, NO_STEP])
def test_a_flow_that_leads_nowhere_is_refused_by_name(target: int) -> None:
    sop = seed_sop()
    steps = (*sop.steps[:3], replace(sop.steps[3], on_yes=target), *sop.steps[4:])
    with pytest.raises(PaperFailed, match="langkah 4"):
        _paper(Sop(sop.identity, steps))
    with pytest.raises(PaperFailed):
        _paper(Sop(sop.identity, ()))


def test_a_long_identity_page_goes_on_under_repeated_headings() -> None:
    sop = seed_sop()
    laws = tuple(
        f"Peraturan Contoh Nomor {n} Tahun 2026 tentang " + "Urusan Panjang " * 30 for n in range(30)
    )
    pdf = _pdf(Sop({**sop.identity, "Dasar Hukum": laws}, sop.steps))
    assert len(pdf.pages) > 2
    assert sum("DASAR HUKUM" in page.extract_text() for page in pdf.pages) > 1
    assert "hlm." not in _text(pdf)


def test_hostile_text_never_fails_the_paper() -> None:
    sop = seed_sop()
    steps = tuple(
        replace(step, activity=HOSTILE[n] * 2, requirement=HOSTILE[-n - 1], output=HOSTILE[n + 5], role=role)
        for n, (step, role) in enumerate(zip(sop.steps, [*HOSTILE[:3], *HOSTILE[:3]], strict=True))
    )
    identity = {**sop.identity, "Dasar Hukum": HOSTILE, "Nama SOP": (HOSTILE[4],), "Nomor SOP": (HOSTILE[7],)}
    assert sop_pdf(_paper(Sop(identity, steps))).startswith(b"%PDF")


def test_an_emblem_and_a_blank_approver() -> None:
    emblem = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'
    sop = seed_sop()
    paper = sop_paper(
        sop,
        imprint=imprint(),
        approver=Signature("", "", "", ""),
        head=letterhead(sop, emblem=emblem),
    )
    assert sop_pdf(paper) == sop_pdf(paper)


def test_dates_that_the_sheet_has_are_printed() -> None:
    sop = seed_sop()
    dates = {"Tanggal Pembuatan": ("1 Desember 2022",), "Tanggal Revisi": ("5 Mei 2024",)}
    text = _text(_pdf(Sop({**sop.identity, **dates, "Tanggal Efektif": ("3 Januari 2023",)}, sop.steps)))
    for date in ("1 Desember 2022", "5 Mei 2024", "3 Januari 2023", "2 Januari 2023"):
        assert date in text


def test_remarks_get_a_column_only_when_there_are_any() -> None:
    assert "KETERANGAN" not in _text(_pdf(seed_sop()))
    text = _text(_pdf(hard_sop(5, 3, remark="Dibuatkan berita acara")))
    assert "KETERANGAN" in text
    assert text.count(["Dibuatkan", "berita", "acara"][0]) == 5


def test_replaced_characters_are_told() -> None:
    sop = seed_sop()
    steps = (replace(sop.steps[0], requirement="Disposisi \U0001f600"), *sop.steps[1:])
    text = " ".join(_text(_pdf(Sop(sop.identity, steps))).split())
    assert "[U+1F600]" in text
    assert "1 aksara yang tidak tersedia" in text


def test_a_row_that_no_page_could_hold_is_shortened() -> None:
    sop = seed_sop()
    steps = (*sop.steps[:2], replace(sop.steps[2], activity="漢" * 700, output="字" * 300), *sop.steps[3:])
    pdf = _pdf(Sop(sop.identity, steps))
    pages = [page.extract_text() for page in pdf.pages]
    assert all("MUTU BAKU" in text for text in pages[1:])
    assert len(pages) <= 4
    assert "penghubung antarhalaman" in pages[-1]


def test_the_words_of_the_sop_are_inside_the_file() -> None:
    pdf = _pdf(seed_sop())
    document = json.loads({Path(name).name: one[0] for name, one in pdf.attachments.items()}["sop.json"])
    assert document["paper"]["sidik_register"] == FINGERPRINT
    assert document["identity"]["Nomor SOP"] == ["5 Tahun 2023"]
    assert [step["on_yes"] for step in document["steps"]] == [2, 3, 4, 5, 6, "selesai"]
    assert [step["on_no"] for step in document["steps"]] == [None, None, None, 3, 4, None]


def test_the_paper_can_be_matched_with_the_register() -> None:
    text = _text(_pdf(seed_sop()))
    assert "Pencocokan naskah cetak dan elektronik" in text
    assert FINGERPRINT[:8] in text
    assert "Cetak ulang" not in text
    assert "Cetak ulang ke-2" in _text(_pdf(seed_sop(), reprint=2))


def test_an_sop_without_a_word_about_itself_is_printed() -> None:
    pdf = _pdf(replace(seed_sop(), identity={}))
    assert len(pdf.pages) == 2
    assert "STANDAR OPERASIONAL PROSEDUR" in _text(pdf)
