"""The control card as PDF: nothing lost, nothing spilt, whatever the cells hold."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from time import process_time
from typing import Any, cast

import numpy as np
import pytest

from tests.sop.registers import minute, register
from tests.views.cards import DESIGN, LATER, card, evaluated, many_rounds, printed, text_of
from tests.views.examples import FINGERPRINT
from tests.views.sops import hard_sop, seed_sop
from tests.views.test_papers import HOSTILE
from tracker.sop.evaluation import evaluate
from tracker.sop.model import Sop
from tracker.views import papers, wording
from tracker.views.flowchart import Shape


def test_every_word_of_the_rows_stands_on_thecard() -> None:
    paper = card(evaluated(DESIGN), number="12/KK-SOP/VIII/2026")
    text = text_of(printed(paper)).replace(" ", "")
    for row in paper.rows:
        facts = (row.start, row.finish, row.elapsed, row.standard, row.verdict, row.evidence, row.reason, row.waited,
                 row.decision, row.performer)  # fmt: skip
        for fact in (*facts, *(passage.text for passage in row.activity)):
            assert re.sub(r"\s", "", fact) in text
    for _, value in (*paper.left, *paper.right, *paper.recap):
        assert re.sub(r"\s", "", value) in text
    for finding in paper.findings:
        assert finding[0] in text
        assert re.sub(r"\s", "", finding[2]) in text
    for words in ("KARTU KENDALI PELAKSANAAN SOP", "12/KK-SOP/VIII/2026", "Kasub Satu, S.H.", "Kelola Satu"):
        assert words.replace(" ", "") in text
    assert "24d71d447442c6ca" in text


def test_a_card_without_a_number_goes_by_its_id() -> None:
    evaluation = evaluated(DESIGN)
    assert dict(card(evaluation).left)["Nomor kartu"] == "K-1"
    assert "ID konten" not in dict(card(evaluation).left)
    assert dict(card(evaluation, number="12/KK").left)["ID konten"] == "K-1"
    assert "Kartu Kendali Nomor K-1" in text_of(printed(card(evaluation)))
    assert "Cetak ulang ke-2" in text_of(printed(card(evaluation, reprint=2)))


def test_an_item_not_begun_is_a_blank_form() -> None:
    paper = card(evaluated([], items=["K-1"]))
    assert dict(paper.right) == {"Mulai": "–", "Selesai": "–", "Status": "BELUM MULAI", "Putaran": "1"}
    assert len(paper.rows) == 6
    assert all(row.is_ahead for row in paper.rows)
    assert paper.chart.arrows == ()
    assert "0 dari 6" in text_of(printed(paper))


def test_what_cannot_be_read_is_a_dash_and_what_was_not_typed_is_said() -> None:
    rows = [
        "K-1 | 1 | Kasub Satu | ? | 3/8 09.22",
        "K-1 | 2 | Staf Satu | | 3/8 15.10",
        "K-1 | 3 | Kelola Satu | 4/8 | 4/8 08.31",
        "K-1 | 9 | | 4/8 08.31 | ?",
        "K-1 | 4 | Staf Dua | 4/8 08.50 | 4/8 09.34 | entah",
    ]
    paper = card(evaluated(rows))
    by_number = {row.number: row for row in paper.rows if not row.is_ahead}
    assert by_number["1"].start == "–"
    assert by_number["2"].start.endswith("(dianggap)")
    assert by_number["3"].start == "4\u00a0Agustus\u00a02026"
    assert by_number["4"].decision == "Putusan: tidak terbaca"
    unknown = by_number["9"]
    assert (unknown.finish, unknown.verdict, unknown.evidence) == ("–", "Tidak dihitung", "–")
    assert paper.chart.nodes[[row.number for row in paper.rows].index("9")].shape is Shape.NOTHING
    assert "Langkah 9 tidak ada di lembar Langkah" in text_of(printed(paper))


@pytest.mark.parametrize("paper_size", ["A4", "F4"])
def test_many_rounds_go_over_pages_with_paired_connectors(paper_size: str) -> None:
    paper = card(evaluated(many_rounds(16)), paper=paper_size)
    assert len(paper.rows) > 34
    pdf = printed(paper)
    texts = [" ".join(page.extract_text().replace("\u00a0", " ").split()) for page in pdf.pages]
    assert len(texts) > 3
    for index, text in enumerate(texts[:-1]):
        assert "KEGIATAN" in text
        (letter,) = re.findall(r"Bersambung\. ([A-Z]+): ke langkah \d+, hlm\. ", text)
        assert f"Sambungan. {letter}: dari langkah" in texts[index + 1]
    assert "Penilaian akhir" in texts[-1]
    assert all(f"Halaman {n} dari {len(texts)}" in text for n, text in enumerate(texts, start=1))


def test_the_signatures_stand_with_the_last_two_rows() -> None:
    for rounds in range(1, 9):
        pdf = printed(card(evaluated(many_rounds(rounds))))
        pages = [page.extract_text() for page in pdf.pages]
        (signed,) = [text for text in pages if "Kasub Satu, S.H." in text]
        assert signed is pages[-1]
        assert "KEGIATAN" in signed
        assert "Penilaian akhir" in signed


def test_too_many_findings_flow_over_pages() -> None:
    paper = card(evaluated(DESIGN))
    many = tuple(("W201", "peringatan", f"Temuan {n} dari banyak", f"Riwayat!F{n}") for n in range(60))
    pdf = printed(replace(paper, findings=many))
    text = text_of(pdf)
    assert all(f"Riwayat!F{n}" in text for n in range(60))
    last = pdf.pages[-1].extract_text()
    assert "Kasub Satu, S.H." in last
    assert "Riwayat!F58" in last
    assert "Riwayat!F59" in last


def test_hostile_text_never_fails_the_card() -> None:
    texts = (*HOSTILE, "./_" * 200, "漢" * 800, "= judul")
    for first in range(0, len(texts), 3):
        group = texts[first : first + 3]
        safe = [text.replace("|", "/").replace("\r\n", " ") for text in group]
        rows = [
            f"K-1 | {n} | {text} | {row.split('|')[3]} | {row.split('|')[4]} | | {text} | {text}"
            for n, (row, text) in enumerate(zip(DESIGN[:3], safe, strict=True), start=1)
        ]
        made = register(rows, sop=seed_sop())
        title, channel, note = (np.array([text], dtype=object) for text in group)
        items = replace(made.items, title=title, channel=channel, kind=note, note=note, links=channel)
        evaluation = evaluate(replace(made, items=items), minute(LATER))
        said = text_of(printed(card(evaluation, source_name=group[0], place=group[1])))
        assert "root:" not in said
        assert "Halaman 1 dari" in said


def test_a_long_title_is_cut_where_the_layout_says() -> None:
    made = register(DESIGN, sop=seed_sop())
    title = np.array(["Judul panjang " * 29], dtype=object)
    paper = card(evaluate(replace(made, items=replace(made.items, title=title)), minute(LATER)))
    assert len(dict(paper.left)["Judul konten"]) <= 200
    assert papers.card_pdf(paper).startswith(b"%PDF")


def test_an_id_like_none_is_still_printed() -> None:
    rows = [row.replace("K-1", HOSTILE[0]) for row in DESIGN]
    assert HOSTILE[0] in text_of(printed(card(evaluated(rows), HOSTILE[0])))


@pytest.mark.parametrize("lanes", [1, 6, 12])
def test_any_number_of_lanes(lanes: int) -> None:
    base = hard_sop(12, min(lanes, 6))
    steps = tuple(
        replace(step, role=f"Pelaksana {index} Bagian Umum") if lanes > 6 else step
        for index, step in enumerate(base.steps)
    )
    sop = Sop(base.identity, steps)
    rows = [f"K-1 | {n} | Staf Satu | 3/8 {7 + n // 2:02d}.40 | 3/8 {7 + n // 2:02d}.50" for n in range(1, 9)]
    paper = card(evaluated(rows, sop=sop))
    assert len(paper.roles) == lanes
    assert "Halaman 1 dari" in text_of(printed(paper))


def test_the_file_says_what_it_is_and_carries_its_facts() -> None:
    pdf = printed(card(evaluated(DESIGN)))
    root = cast("dict[str, Any]", pdf.trailer["/Root"])
    assert root["/Lang"] == "id-ID"
    assert pdf.metadata is not None
    assert str(pdf.metadata.title).startswith("Kartu Kendali K-1 – ")
    facts = json.loads({Path(name).name: one[0] for name, one in pdf.attachments.items()}["kartu.json"])
    assert facts["paper"]["sidik_register"] == FINGERPRINT
    assert [event["step"] for event in facts["events"]] == [1, 2, 3, 4, 3, 4, 5, 6]
    assert [event["late_minutes"] for event in facts["events"]] == [0, 0, 0, 14, 0, 0, 0, 0]
    assert (facts["work_minutes"], facts["round"], facts["compliant"]) == (412, 2, False)
    said = text_of(pdf)
    minutes = [
        facts["work_minutes"],
        facts["wait_minutes"],
        *(one["elapsed_minutes"] for one in facts["events"]),
    ]
    assert all(wording.duration(one) in said for one in minutes)


def test_the_same_card_gives_the_same_bytes() -> None:
    evaluation = evaluated(DESIGN)
    assert papers.card_pdf(card(evaluation)) == papers.card_pdf(card(evaluation))


@pytest.mark.parametrize("rows", [[], ["K-1 | 1 | Kasub Satu | 3/8 09.15 | 3/8 09.22"]])
def test_a_register_whose_sop_has_no_steps_still_gives_a_card(rows: list[str]) -> None:
    empty = Sop(seed_sop().identity, ())
    text = text_of(printed(card(evaluated(rows, items=["K-1"], sop=empty))))
    assert "KARTU KENDALI PELAKSANAAN SOP" in text
    assert "0 dari 0" in text


def test_a_warm_card_takes_no_more_than_the_layout_allows() -> None:
    """0.3 s a page (source: reports, Speed); processor time, for machines are shared."""
    cards = [card(evaluated([row.replace("Draft", f"Draf {n}") for row in DESIGN])) for n in range(5)]
    spent = []
    for made in cards:
        began = process_time()
        papers.card_pdf(made)
        spent.append(process_time() - began)
    assert sorted(spent)[2] <= 0.3
