"""The words of the control card: the path really taken, what was late, waited and returned, in every state."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from tests.sop.registers import minute, register
from tests.views.cards import DESIGN, LATER, card, evaluated, many_rounds
from tests.views.charts_at_random import judged
from tests.views.sops import seed_sop
from tracker.errors import WrongUsage
from tracker.sop.evaluation import evaluate
from tracker.views.flowchart import NO, YES, Room, Shape, Sheet, card_sizes, draw


def test_one_row_an_execution_and_the_way_back_is_seen() -> None:
    paper = card(evaluated(DESIGN))
    assert [row.number for row in paper.rows] == ["1", "2", "3", "4", "3", "4", "5", "6"]
    assert [row.round for row in paper.rows] == ["1", "1", "1", "1", "2", "2", "2", "2"]
    assert [node.lane for node in paper.chart.nodes] == [0, 1, 2, 1, 2, 1, 0, 2]
    assert [(one.source, one.target) for one in paper.chart.arrows] == list(pairwise(range(8)))
    assert [one.label for one in paper.chart.arrows] == ["", "", "", NO, "", YES, YES]
    assert [node.shape for node in paper.chart.nodes][3] is Shape.DIAMOND
    assert paper.rows[3].decision == "Putusan: TIDAK – dikembalikan ke langkah\u00a03"
    assert paper.rows[5].decision == "Putusan: YA – diteruskan"
    assert paper.rows[3].reason == "tautan produk hukum belum benar"


def test_times_verdicts_and_waiting() -> None:
    rows = card(evaluated(DESIGN)).rows
    assert rows[0].start == "3\u00a0Agustus\u00a02026\n09.15"
    assert [row.verdict for row in rows].count("Tepat waktu") == 7
    assert rows[3].verdict == "TERLAMBAT 14\u00a0menit"
    assert [row.waited for row in rows[:2]] == ["", "menunggu 18\u00a0menit"]
    assert rows[1].elapsed == "4\u00a0jam 30\u00a0menit"
    assert rows[1].standard == "1\u00a0hari"
    assert rows[0].performer == "Kasub\u00a0Satu"


def test_status_totals_and_judgement() -> None:
    paper = card(evaluated(DESIGN))
    assert dict(paper.right)["Status"] == "SELESAI – 1 pelanggaran waktu, 1 kali pengembalian"
    recap = dict(paper.recap)
    assert recap["Langkah terlaksana"] == "6 dari 6"
    assert recap["Pelaksanaan tepat waktu"] == "7 dari 8"
    assert recap["Putaran perbaikan"] == "1"
    assert recap["Jumlah waktu kerja"] == "6 jam 52 menit"
    assert recap["Penilaian akhir"] == "SESUAI DENGAN CATATAN"
    clean = card(evaluated([row for row in DESIGN if "Tidak" not in row and "versi 2" not in row]))
    assert dict(clean.right)["Status"].startswith("SELESAI – tanpa")


def test_an_order_that_the_sop_forbids_is_not_in_accordance() -> None:
    paper = card(evaluated([row for row in DESIGN if "| 2 |" not in row]))
    assert dict(paper.recap)["Penilaian akhir"] == "TIDAK SESUAI"
    assert dict(paper.recap)["Langkah terlaksana"] == "5 dari 6"
    assert paper.findings[0][1] == "galat"
    assert [row.number for row in paper.rows] == ["1", "3", "4", "3", "4", "5", "6"]


def test_an_id_is_found_however_it_is_typed_and_an_unknown_one_is_refused() -> None:
    assert card(evaluated(DESIGN), " k-1 ").rows
    with pytest.raises(WrongUsage):
        card(evaluated(DESIGN), "K-9")


def test_a_running_item_shows_what_is_to_come_with_blank_cells() -> None:
    paper = card(evaluated([*DESIGN[:2], "K-1 | 3 | Kelola Satu | 4/8 08.05 |"], now="4/8 08.20"))
    assert dict(paper.right)["Status"] == "DALAM PROSES – langkah 3"
    assert dict(paper.recap)["Penilaian akhir"] == "DALAM PROSES"
    assert [row.number for row in paper.rows] == ["1", "2", "3", "4", "5", "6"]
    assert [row.is_ahead for row in paper.rows] == [False] * 3 + [True] * 3
    assert paper.rows[2].verdict == "BERJALAN 15\u00a0menit"
    assert paper.rows[2].finish == "–"
    ahead = paper.rows[3]
    assert (ahead.start, ahead.finish, ahead.verdict, ahead.evidence, ahead.round) == ("", "", "", "", "")
    assert len(paper.chart.arrows) == 2
    late = card(evaluated([*DESIGN[:2], "K-1 | 3 | Kelola Satu | 4/8 08.05 |"], now="4/8 09.05"))
    assert late.rows[2].verdict == "BERJALAN, TERLAMBAT 30\u00a0menit"


def test_after_a_return_the_steps_to_come_are_those_after_it() -> None:
    paper = card(evaluated(DESIGN[:4], now="4/8 09.40"))
    assert [row.number for row in paper.rows] == ["1", "2", "3", "4", "3", "4", "5", "6"]
    assert dict(paper.right)["Status"] == "DALAM PROSES – langkah 3"
    assert dict(paper.right)["Putaran"] == "2 (1 kali pengembalian)"


def test_a_step_left_out_is_still_to_be_done() -> None:
    paper = card(evaluated([DESIGN[0], DESIGN[2]], now="4/8 09.00"))
    assert [row.number for row in paper.rows] == ["1", "3", "2", "4", "5", "6"]
    assert [row.is_ahead for row in paper.rows] == [False, False, True, True, True, True]


def test_a_cancelled_item_tells_why_and_when() -> None:
    made = register(DESIGN[:2], items=["K-1 | 4/8"], sop=seed_sop())
    note = np.array(["Materi digabung dengan konten lain"], dtype=object)
    paper = card(evaluate(replace(made, items=replace(made.items, note=note)), minute(LATER)))
    assert dict(paper.right)["Status"] == (
        "DIBATALKAN – Materi digabung dengan konten lain (4\u00a0Agustus\u00a02026)"
    )
    assert dict(paper.recap)["Penilaian akhir"] == "DIBATALKAN"
    assert [row.is_ahead for row in paper.rows] == [False, False, True, True, True, True]


def test_lines_of_a_card_never_cross_or_touch() -> None:
    paper = card(evaluated(many_rounds(16)))
    lanes = (0.0, 17.0, 34.0, 51.0)
    sheet = Sheet(lanes, Room(first=90, other=120, tail=50, notes=50), card_sizes(), stretch=1.0)
    heights = [10.4 + (row % 3) * 4 for row in range(len(paper.rows))]
    pages = draw(paper.chart, heights, sheet)
    assert len(pages) > 3
    for page in pages:
        faults = judged(page)
        assert (faults.hits, faults.overlaps, faults.crossings, faults.bad_labels, faults.slanted) == (0,) * 5
        assert faults.merges == 0
        assert all(label.is_free for label in page.labels)
