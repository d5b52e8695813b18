"""The SOP as scanned stands on the paper, every word as often as in the scan, mended as the specification mends it.

`tests/data/sop-5-2023-seed.txt` is the scan of the specification; only the name and the NIP of the official who signed
in 2023 are replaced by invented ones, which here come from the approver as in use they come from sheet Pegawai.
"""

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from tests.views.examples import FINGERPRINT, imprint
from tests.views.sops import seed_sop
from tracker.views.papers import sop_pdf
from tracker.views.papers.matching import digest_lines
from tracker.views.papers.signing import Signature
from tracker.views.sop_paper import sop_paper

SCAN = Path(__file__).parents[1] / "data" / "sop-5-2023-seed.txt"

# Faults of reading (source: the SOP page of the specification is the mended text), in the order of the scan.
MENDED = {
    "No SOP": "Nomor SOP",
    "DAS\tAR HUKUM": "DASAR HUKUM",
    "PKPU PKPU Nomor 2 Tahun 2021 tentang Tata Naskah Dinas": "PKPU Tata Naskah Dinas",
    "KFT\tKETERKAITAN\t\tLALATAN/ PERLENGKAPAN": "KETERKAITAN\t\tPERALATAN/PERLENGKAPAN",
    "- 112": "",
    "Flasdisk / Hardisk": "Flashdisk/Harddisk",
    "PER\tPERINGATAN": "PERINGATAN",
    "(softcopy)": "(soft copy)",
    "<u> </u>": "",
    "WAKTU PELAKSANAAN": "WAKTU",  # the papers' layout names the column so
    "ОИТРИТ": "OUTPUT",  # Cyrillic letters
    "dan,b.": "dan b.",
    "Perbaiki\t": "Perbaikan\t",
    "уа": "ya",  # Cyrillic letters
    "di Upload": "di-upload",
}


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text.casefold()))


def _mended() -> str:
    text = re.sub(r"[ \t]*\t1$", "", SCAN.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for read, meant in MENDED.items():
        assert read in text, read
        text = text.replace(read, meant)
    return text


def _printed() -> str:
    approver = Signature("", "Sekretaris", "Nama Pejabat, S.H.", "19800101 200501 1 001")
    paper = sop_paper(seed_sop(), imprint=imprint(), approver=approver)
    pdf = PdfReader(BytesIO(sop_pdf(paper)))
    return "\n".join(page.extract_text() for page in pdf.pages)


def test_every_word_of_the_scan_stands_on_the_paper() -> None:
    scanned, printed = _words(_mended()), _words(_printed())
    assert sum(scanned.values()) > 350
    assert scanned - printed == Counter()


def test_the_paper_adds_only_its_own_words() -> None:
    """What the scan lacks: blank dates, numbers and words of the form, the imprint of the print."""
    added = _words(_printed()) - _words(_mended())
    own = """
        tanggal pembuatan tanggal revisi tanggal efektif mulai selesai proses keputusan penghubung antarhalaman
        sop nomor 5 tahun 2023 halaman 1 2 dari 2 dicetak 1 september 2026 pukul 09 00 wita oleh siti contoh register
        dibaca sidik jdih xlsx 24d71d44 ya tidak kasubbag hukum dan sdm pencocokan naskah cetak dan elektronik pindai
        kode qr atau bandingkan deret di bawah dengan nilai pada register elektronik sha 256
    """ + " ".join(digest_lines(FINGERPRINT))
    assert set(added) - set(_words(own)) == set()
