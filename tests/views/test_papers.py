"""The monthly report as PDF: what stands on it; no character fails it; the same paper is the same file."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any, cast
from unicodedata import normalize
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from tests.views.examples import FINGERPRINT, august, empty, findings, imprint, many, signing, sop
from tracker.errors import PaperFailed, WrongUsage
from tracker.sop.figures import MonthFigures
from tracker.views import papers, wording
from tracker.views.monthly import MonthlyPaper, monthly_json, monthly_paper
from tracker.views.monthly.sections import violation_rows
from tracker.views.papers.compile import Attachment, Metadata, compiled, render
from tracker.views.papers.coverage import covered
from tracker.views.papers.imprint import Imprint

HOSTILE = (
    '#read("/etc/passwd")',
    '#import "@preview/x:1.0.0": *',
    "*bold* _it_ $x$ `raw` <label> @ref \\u{41} //",
    "<b>tebal</b> &amp; {nb} %s {0}",
    "emoji 😀 👩‍👩‍👧 ✅",
    "عربي مرحبا \u202etxt.exe\u202c",
    "漢字 ꦲꦏ꧀ꦱꦫ",
    "NUL \x00 BEL \x07 \ud800 \ufffe",
    "=1+1\t@x\r\n- y",
    "e\u0301" * 20 + "\u0301" * 30,
    "x" * 400,
    "/".join("y" * 30 for _ in range(12)),
)


def _made(figures: MonthFigures, identity: Imprint | None = None) -> MonthlyPaper:
    return monthly_paper(
        figures, sop(), imprint=identity or imprint(), signing=signing(), findings=findings()
    )


def _pdf(figures: MonthFigures, **changes: object) -> PdfReader:
    return PdfReader(BytesIO(papers.monthly_pdf(_made(figures, imprint(**changes)))))


def _text(pdf: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in pdf.pages).replace("\u00a0", " ")


def _integers(document: object) -> Iterator[int]:
    if isinstance(document, dict):
        for value in document.values():
            yield from _integers(value)
    elif isinstance(document, list):
        for value in document:
            yield from _integers(value)
    elif isinstance(document, int) and not isinstance(document, bool):
        yield document


@pytest.mark.parametrize("figures", [august(), empty()])
def test_every_integer_of_the_json_stands_on_the_paper(figures: MonthFigures) -> None:
    printed = set(re.findall(r"\d+(?:\.\d{3})*(?:,\d+)?", _text(_pdf(figures))))
    missing = {n for n in _integers(monthly_json(figures, number="x")) if wording.number(n) not in printed}
    assert not missing


def test_the_sections_are_bookmarked_with_their_letters() -> None:
    outline = [entry for entry in _pdf(august()).outline if not isinstance(entry, list)]
    titles = [str(entry.title)[:2] for entry in outline]
    assert [title for title in titles if title.endswith(".")] == ["A.", "B.", "C.", "D.", "E.", "F.", "G."]


def test_identity_stands_on_every_page() -> None:
    pdf = _pdf(august())
    for index, page in enumerate(pdf.pages, start=1):
        text = page.extract_text().replace("\u00a0", " ")
        assert "Laporan Nomor 8/LAP-SOP/VIII/2026" in text
        assert "dicetak 1 September 2026 pukul 09.00 WITA oleh Siti Contoh" in text
        assert "Register register-jdih-2026.xlsx" in text
        assert f"sidik {FINGERPRINT[:8]}" in text
        assert f"Halaman {index} dari {len(pdf.pages)}" in text
    assert "24d71d44 7442c6ca b822b0ab c7934e7d" in _text(pdf)


def test_the_file_says_what_it_is() -> None:
    pdf = _pdf(august())
    assert pdf.metadata is not None
    title = "Laporan Bulanan Kepatuhan SOP Nomor 8/LAP-SOP/VIII/2026 – Periode 1 s.d. 31 Agustus 2026"
    assert pdf.metadata.title == title
    root = cast("dict[str, Any]", pdf.trailer["/Root"])
    assert root["/Lang"] == "id-ID"
    assert root["/MarkInfo"]["/Marked"]
    assert FINGERPRINT.upper() in str(pdf.metadata["/Keywords"]).upper()


def test_the_figures_are_inside_the_file() -> None:
    pdf = _pdf(august())
    attached = {Path(name).name: content[0] for name, content in pdf.attachments.items()}
    document = json.loads(attached["angka.json"])
    assert document["paper"]["sidik_register"] == FINGERPRINT
    assert document["events"]["count"] == 167
    assert attached["langkah.csv"].startswith(b"\xef\xbb\xbflangkah,")


def test_further_attachments_are_carried() -> None:
    snapshot = Attachment("register.txt", "Riwayat\t…".encode(), "text/plain", "Isi register", "source")
    pdf = PdfReader(BytesIO(papers.monthly_pdf(_made(august()), attachments=(snapshot,))))
    assert any(name.endswith("register.txt") for name in pdf.attachments)


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert papers.monthly_pdf(_made(august())) == papers.monthly_pdf(_made(august()))


def test_a_named_zone_prints_as_its_offset_does() -> None:
    named = imprint().printed_at.replace(tzinfo=ZoneInfo("Asia/Makassar"))
    assert papers.monthly_pdf(_made(august(), imprint(printed_at=named))) == papers.monthly_pdf(
        _made(august())
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_fails_a_paper_or_is_executed(text: str) -> None:
    figures = august()
    hostile = replace(
        figures,
        steps=tuple(replace(step, activity=text, role=text, standard=text) for step in figures.steps),
        listed=tuple(
            replace(item, id=text, title=text, channel=text, kind=text, links=(text,) * 9)
            for item in figures.listed
        ),
        violations=tuple(
            replace(late, id=text, title=text, performer=text, note=text * 9) for late in figures.violations
        ),
        running=tuple(replace(item, id=text, title=text, role=text) for item in figures.running),
    )
    printed = _text(_pdf(hostile, source_name=text, printed_by=text, place=text))
    assert "root:" not in printed
    letters = re.sub(r"\W", "", printed)
    for word in re.findall(r"[a-z]{4,}", normalize("NFC", text).encode("ascii", "ignore").decode()):
        assert word[:16] in letters


def test_replaced_characters_are_visible_and_counted() -> None:
    figures = august()
    first = replace(figures.violations[0], note="baik 😀😀")
    printed = _text(_pdf(replace(figures, violations=(first, *figures.violations[1:]))))
    assert "baik [U+1F600][U+1F600]" in printed
    assert "2 aksara yang tidak tersedia pada huruf cetak ditulis dengan kodenya: [U+1F600]." in printed


def test_whatever_the_filter_lets_through_can_be_printed() -> None:
    """All of the shipped glyphs in the table of violations (regular) and as identifiers (bold)."""
    figures = august()
    alphabet = [chr(point) for point in sorted(covered())]
    chunks = ["".join(alphabet[start : start + 70]) for start in range(0, len(alphabet), 70)]
    late = [replace(figures.violations[0], id=chunk, note=chunk) for chunk in chunks]
    paper = replace(_made(figures), violations=violation_rows(late))
    assert papers.monthly_pdf(paper).startswith(b"%PDF")


@pytest.mark.parametrize(("paper", "size"), [("A4", (210, 297)), ("F4", (215, 330)), ("f4", (215, 330))])
def test_paper_sizes(paper: str, size: tuple[int, int]) -> None:
    for page in _pdf(august(), paper=paper).pages:
        box = page.mediabox
        assert (round(float(box.width) * 25.4 / 72), round(float(box.height) * 25.4 / 72)) == size


def test_an_unknown_paper_is_refused() -> None:
    with pytest.raises(WrongUsage):
        _pdf(august(), paper="Legal")


def test_an_empty_month_is_a_whole_report() -> None:
    text = _text(_pdf(empty(), number="", reprint=2))
    assert text.count("Nihil.") == 4
    assert "Cetak ulang ke-2" in text
    assert "Nomor: –" in text
    assert "Dibuat oleh," in text


def test_three_hundred_items() -> None:
    pdf = _pdf(many(300))
    text = _text(pdf)
    assert "K-2026-1274" in text
    assert "K-2026-0299" in text
    assert all("Judul, kanal, tautan" in page.extract_text() for page in pdf.pages[1:15])


@pytest.mark.parametrize("running", range(1, 40))
def test_the_signatures_never_stand_alone(running: int) -> None:
    """Wherever the page breaks, the last two rows of the table before them are on their page."""
    pdf = _pdf(replace(empty(), running=many(40).running[:running]))
    pages = [page.extract_text() for page in pdf.pages]
    (signed,) = [text for text in pages if "Dibuat oleh," in text]
    assert signed is pages[-1]
    assert "Budi Misal, S.H., M.H." in signed
    assert "Pencocokan naskah" in signed
    for index in range(max(0, running - 2), running):
        assert f"K-2026-{index:04d}" in signed
    assert "Keadaan" in signed
    everything = "".join(pages)
    rows = [
        everything.index(f"K-2026-{n:04d}", everything.index("G. Konten berjalan")) for n in range(running)
    ]
    assert all(a < b for a, b in pairwise(rows))


def test_blank_signatures_keep_their_lines() -> None:
    paper = _made(august())
    blank = replace(paper.signing.approver, name="", nip="", title="")
    made = replace(paper, signing=replace(paper.signing, approver=blank))
    text = _text(PdfReader(BytesIO(papers.monthly_pdf(made))))
    assert "Mengetahui," in text
    assert "Budi Misal, S.H." not in text
    assert text.count("NIP") == 2


def test_an_emblem_is_set_into_the_letterhead() -> None:
    paper = _made(august())
    emblem = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'
    made = replace(paper, letterhead=replace(paper.letterhead, emblem=emblem))
    assert papers.monthly_pdf(made).startswith(b"%PDF")


def test_a_broken_emblem_or_number_is_a_failed_paper() -> None:
    paper = _made(august())
    with pytest.raises(PaperFailed):
        papers.monthly_pdf(replace(paper, letterhead=replace(paper.letterhead, emblem=b"no picture")))
    with pytest.raises(PaperFailed):
        _pdf(august(), number="9" * 5000)


def test_templates_fetch_nothing() -> None:
    for template in Path(papers.__file__).parent.glob("*.typ"):
        assert not re.search(r"@\w+/", template.read_text(encoding="utf-8")), template


def test_data_that_a_template_misses_is_a_failed_paper() -> None:
    with pytest.raises(PaperFailed):
        render("monthly.typ", {}, metadata=Metadata("t", "a", "d"), printed_at=imprint().printed_at)


def test_a_warning_is_a_failure() -> None:
    unknown_font = b'#set document(title: "x")\n#set text(font: "Bookman")\nx'
    with pytest.raises(PaperFailed, match="peringatan"):
        compiled({"main.typ": unknown_font}, imprint().printed_at)
