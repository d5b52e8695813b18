"""Registers and control cards for the tests of the card."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pypdf import PdfReader

from tests.sop.registers import minute, register
from tests.views.examples import imprint
from tests.views.sops import seed_sop
from tracker.sop.evaluation import evaluate
from tracker.sop.verdicts import Evaluation
from tracker.views import papers
from tracker.views.card import CardPaper, card_paper
from tracker.views.papers.signing import Signature, Signing

SIGNING = Signing(
    Signature("", "Pengelola JDIH", "Kelola Satu", "19900101 201501 2 001"),
    Signature("", "Kasubbag Hukum dan SDM", "Kasub Satu, S.H.", "19800101 200501 1 001"),
)
DESIGN = [
    "K-1 | 1 | Kasub Satu | 3/8 09.15 | 3/8 09.22 | | | Disposisi No. 112/HK/2026",
    "K-1 | 2 | Staf Satu | 3/8 09.40 | 3/8 15.10 | | | Berkas bahan (3 dokumen)",
    "K-1 | 3 | Kelola Satu | 4/8 08.05 | 4/8 08.31 | | | Draft versi 1",
    "K-1 | 4 | Staf Dua | 4/8 08.50 | 4/8 09.34 | Tidak | tautan produk hukum belum benar | Catatan suntingan",
    "K-1 | 3 | Kelola Satu | 4/8 10.00 | 4/8 10.24 | | | Draft versi 2",
    "K-1 | 4 | Staf Dua | 4/8 10.30 | 4/8 10.52 | Ya | | Draft versi 2 tersunting",
    "K-1 | 5 | Kasub Satu | 4/8 13.15 | 4/8 13.23 | Ya | | Persetujuan tertulis",
    "K-1 | 6 | Kelola Satu | 4/8 13.30 | 4/8 13.41 | | | tangkapan layar grup WhatsApp",
]
LATER = "31/8 09.00"


def evaluated(rows: list[str], now: str = LATER, **others: Any) -> Evaluation:
    return evaluate(register(rows, **{"sop": seed_sop(), **others}), minute(now))


def card(evaluation: Evaluation, id_: str = "K-1", **changes: object) -> CardPaper:
    identity = imprint(**{"number": "", **changes})
    return card_paper(evaluation, id_, imprint=identity, signing=SIGNING)


def printed(paper: CardPaper) -> PdfReader:
    return PdfReader(BytesIO(papers.card_pdf(paper)))


def text_of(pdf: PdfReader) -> str:
    pages = "\n".join(page.extract_text() for page in pdf.pages)
    return " ".join(pages.replace("\u00a0", " ").split())


def many_rounds(rounds: int) -> list[str]:
    """An item that goes to and fro between steps 3 and 4, three times a day."""
    rows = DESIGN[:2]
    for turn in range(rounds):
        day, hour = 5 + turn // 3, 8 + 2 * (turn % 3)
        word = "Tidak" if turn < rounds - 1 else "Ya"
        rows = [
            *rows,
            f"K-1 | 3 | Kelola Satu | {day}/8 {hour:02d}.00 | {day}/8 {hour:02d}.20",
            f"K-1 | 4 | Staf Dua | {day}/8 {hour:02d}.30 | {day}/8 {hour:02d}.50 | {word} | masih keliru",
        ]
    return rows
