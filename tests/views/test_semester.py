"""The semester monitoring form: its facts, its blank judgement, and that nothing typed can break it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.books import read
from tests.cli.doors import REGISTER, RIWAYAT
from tests.views.examples import FINGERPRINT, imprint, signing, sop
from tests.views.test_papers import HOSTILE, _integers
from tracker.errors import PaperFailed
from tracker.sop.compliance import semester_figures
from tracker.sop.figures import SemesterFigures
from tracker.views import papers, wording
from tracker.views.semester import SemesterPaper, semester_json, semester_paper

NOW = 29_766_840  # 6 August 2026 09.00


def figures(half: int = 2, now: int = NOW) -> SemesterFigures:
    return semester_figures(read(RIWAYAT, REGISTER), 2026, half, now)


def paper(found: SemesterFigures | None = None, **changes: object) -> SemesterPaper:
    return semester_paper(found or figures(), sop(), imprint=imprint(**changes), signing=signing())


def pages(made: SemesterPaper) -> list[str]:
    reader = PdfReader(BytesIO(papers.semester_pdf(made)))
    return [page.extract_text().replace("\u00a0", " ") for page in reader.pages]


@pytest.mark.parametrize("half", [1, 2])
def test_every_integer_of_the_json_stands_on_the_form(half: int) -> None:
    found = figures(half)
    printed = set(re.findall(r"\d+(?:\.\d{3})*(?:,\d+)?", "\n".join(pages(paper(found)))))
    missing = {n for n in _integers(semester_json(found, number="x")) if wording.number(n) not in printed}
    assert not missing


def test_the_table_is_that_of_the_regulation_and_its_judgement_is_blank() -> None:
    text = "\n".join(pages(paper()))
    flat = " ".join(text.split())
    for heading in (
        "Prosedur", "Penilaian terhadap Penerapan", "Berjalan baik", "Tidak", "Catatan Hasil Penilaian",
        "Tindakan yang Harus Diambil", "Paraf Penilai",
    ):  # fmt: skip
        assert heading in flat
    for status in ("masih sesuai", "perlu revisi", "tidak diberlakukan"):
        assert status in flat
    assert "Semester II Tahun 2026 (1 Juli s.d. 31 Desember 2026)" in flat
    assert "Sementara: keadaan per" in flat


def test_facts_agree_with_the_figures() -> None:
    found = figures()
    assert found.total.count == 4
    (first, *_) = found.steps
    row = next(row for row in paper().procedures if row[0] == str(first.figures.step))
    assert f"{first.figures.count} pelaksanaan: {first.figures.on_time} tepat" in row[4]


def test_identity_stands_on_every_page() -> None:
    made = pages(paper())
    for number, text in enumerate(made, start=1):
        assert "Formulir monitoring Nomor 8/LAP-SOP/VIII/2026" in text
        assert f"sidik {FINGERPRINT[:8]}" in text
        assert f"Halaman {number} dari {len(made)}" in text
    assert "Disahkan" not in made[-1]
    assert "Budi Misal, S.H., M.H." in made[-1]


def test_a_half_year_that_is_over_is_not_provisional() -> None:
    assert paper(figures(1)).as_of == ""
    assert "Sementara" not in "\n".join(pages(paper(figures(1))))


def test_a_half_year_without_events_is_a_whole_form() -> None:
    text = "\n".join(pages(paper(figures(1))))
    assert text.count("Tidak ada pelaksanaan pada semester ini.") == 6
    assert "masih sesuai" in text


@pytest.mark.parametrize("size", ["A4", "F4"])
@pytest.mark.parametrize("steps", [0, 1, 2, 3, 7, 20])
def test_the_signatures_never_stand_alone(steps: int, size: str) -> None:
    found = paper(paper=size)
    rows = tuple(
        (str(n), f"Kegiatan ke-{n} " + "x" * 60, "Peran", "1 hari", "Fakta.", "") for n in range(1, steps + 1)
    )
    made = pages(replace(found, procedures=rows))
    assert "Mengetahui," in made[-1]
    for number in range(max(1, steps - 1), steps + 1):
        assert f"Kegiatan ke-{number} " in made[-1]
    if steps:
        assert "Catatan Hasil Penilaian" in made[-1]


@pytest.mark.parametrize("text", [*HOSTILE, "Judul " * 80])
def test_no_text_fails_the_form_or_is_executed(text: str) -> None:
    found = paper(source_name=text, printed_by=text, place=text)
    rows = tuple((str(n), text, text, text, text, text) for n in range(1, 7))
    made = "\n".join(pages(replace(found, procedures=rows, subject=text, sop_number=text)))
    assert "root:" not in made


def test_the_same_form_gives_the_same_bytes_and_carries_its_figures() -> None:
    content = papers.semester_pdf(paper())
    assert content == papers.semester_pdf(paper())
    attached = PdfReader(BytesIO(content)).attachments
    (facts,) = [json.loads(found[0]) for name, found in attached.items() if name.endswith("angka.json")]
    assert facts["paper"]["sidik_register"] == FINGERPRINT
    assert facts["period"] == "2026-S2"


def test_figures_that_do_not_add_up_are_not_printed() -> None:
    found = figures()
    with pytest.raises(PaperFailed, match="tidak cocok"):
        paper(replace(found, total=replace(found.total, count=99)))
