"""`verify`: a paper's file or its typed code against a register; nothing is created, every file gets a sentence."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

from tests.books import office, workbook
from tests.cli.doors import NOW, RIWAYAT, call
from tests.cli.test_printing import PAPERS, command, filing_book
from tracker.desk import RecordEvent, open_desk
from tracker.views.papers.readback import read_back
from tracker.views.papers.seal import BLANK_SEAL, is_whole, sealed

LATER = datetime(2026, 8, 6, 11, 0)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a register and one of each paper printed from it."""
    folder = tmp_path_factory.mktemp("cetak")
    path = filing_book(folder)
    for kind in PAPERS:
        assert call(*command(kind, path, "-o", folder / f"{kind}.pdf")).code == 0
    return folder


def states(found: dict[str, object]) -> tuple[object, ...]:
    return found["document"], found["register"], found["figures"], found["filed"]


@pytest.mark.parametrize("kind", PAPERS)
def test_a_paper_and_its_register_agree(kind: str, printed: Path) -> None:
    before = sorted(str(one) for one in printed.rglob("*"))
    ended = call("verify", printed / f"{kind}.pdf", printed / "register.xlsx", "--json")
    assert ended.code == 0
    assert states(ended.json) == ("same",) * 4
    assert ended.json["register_name"] == "register.xlsx"
    assert ended.json["printed_at"] == "2026-08-06T10:00+08:00"
    assert sorted(str(one) for one in printed.rglob("*")) == before


@pytest.mark.parametrize("kind", PAPERS)
def test_the_file_alone(kind: str, printed: Path) -> None:
    ended = call("verify", printed / f"{kind}.pdf", "--json")
    assert ended.code == 0
    assert states(ended.json) == ("same", "unknown", "unknown", "unknown")


@pytest.mark.parametrize("kind", PAPERS)
def test_without_a_row_in_arsip(kind: str, tmp_path: Path) -> None:
    path = filing_book(tmp_path)
    call(*command(kind, path, "-o", tmp_path / "f.pdf", "--no-archive"))
    ended = call("verify", tmp_path / "f.pdf", path, "--json")
    assert (ended.code, states(ended.json)) == (0, ("same", "same", "same", "unknown"))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["f.pdf", "register.xlsx"]


@pytest.mark.parametrize("kind", PAPERS)
def test_a_register_that_went_on_still_gives_the_figures_of_the_printed_moment(
    kind: str, tmp_path: Path
) -> None:
    path = filing_book(tmp_path)
    call(*command(kind, path, "-o", tmp_path / "f.pdf"))
    open_desk(path).record(RecordEvent("K-1", 3, by="Siti Aminah", start="2026-08-06 11:00"), now=LATER)
    ended = call("verify", tmp_path / "f.pdf", path, "--json")
    assert (ended.code, states(ended.json)) == (1, ("same", "differs", "same", "same"))


@pytest.mark.parametrize("kind", ["card", "monthly", "semester"])
def test_a_register_whose_past_was_changed_gives_other_figures(
    kind: str, printed: Path, tmp_path: Path
) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(workbook(office(RIWAYAT.replace("09:08", "09:48"))))
    found = call("verify", printed / f"{kind}.pdf", path, "--json").json
    assert states(found) == ("same", "differs", "differs", "unknown")


def test_another_register(printed: Path, tmp_path: Path) -> None:
    other = tmp_path / "lain.xlsx"
    call("init", other, "--now", NOW)
    ended = call("verify", printed / "card.pdf", other, "--json")
    assert (ended.code, states(ended.json)) == (1, ("same", "differs", "differs", "unknown"))


@pytest.mark.parametrize("place", [0.02, 0.3, 0.6, 0.9, 0.999])
@pytest.mark.parametrize("kind", PAPERS)
def test_one_changed_byte_is_seen(kind: str, place: float, printed: Path, tmp_path: Path) -> None:
    content = bytearray((printed / f"{kind}.pdf").read_bytes())
    content[int(len(content) * place)] ^= 1
    path = tmp_path / "f.pdf"
    path.write_bytes(content)
    ended = call("verify", path, printed / "register.xlsx", "--json")
    assert ended.code == 1
    assert ended.json["document"] == "differs"


def test_a_resaved_or_forged_file_is_not_the_one_that_was_filed(printed: Path, tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=printed / "monthly.pdf")
    resaved = tmp_path / "disimpan-ulang.pdf"
    writer.write(resaved)
    assert call("verify", resaved, printed / "register.xlsx", "--json").json["document"] == "differs"
    # A forger who knows how the seal is made; only sheet Arsip can tell.
    original = (printed / "monthly.pdf").read_bytes()
    seal = original[original.index(b"SEGEL:") :][: len(BLANK_SEAL)]
    forged = tmp_path / "palsu.pdf"
    forged.write_bytes(
        sealed(original.replace(seal, BLANK_SEAL.encode()).replace(b"Laporan Bulanan", b"Laporan Bulanam"))
    )
    assert is_whole(forged.read_bytes())
    ended = call("verify", forged, printed / "register.xlsx", "--json")
    assert (ended.code, states(ended.json)) == (1, ("same", "same", "same", "differs"))


def _encrypted(original: Path) -> bytes:
    writer = PdfWriter(clone_from=original)
    writer.encrypt("rahasia")
    return _bytes(writer)


def _foreign(_: Path) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    return _bytes(writer)


def _misleading(_: Path) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("angka.json", b'{"paper": {"sidik_register": 7}}')
    writer.add_attachment("dalam.json", b"[" * 200_000)
    return _bytes(writer)


def _bytes(writer: PdfWriter) -> bytes:
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


UNREADABLE = {
    "empty": lambda _: b"",
    "text": lambda _: b"Laporan",
    "garbage": lambda _: b"%PDF-1.7\n" + bytes(range(256)) * 40,
    "workbook": lambda path: (path.parent / "register.xlsx").read_bytes(),
    "torn": lambda path: path.read_bytes()[:20_000],
    "encrypted": _encrypted,
    "foreign": _foreign,
    "misleading": _misleading,
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_cannot_be_verified_ends_with_4_and_a_sentence(kind: str, printed: Path, tmp_path: Path) -> None:
    path = tmp_path / "f.pdf"
    path.write_bytes(UNREADABLE[kind](printed / "monthly.pdf"))
    ended = call("verify", path, printed / "register.xlsx")
    assert (ended.code, ended.out) == (4, "")
    assert len(ended.err.splitlines()) == 1
    assert "Galat tak terduga" not in ended.err


def test_what_is_not_there(printed: Path) -> None:
    assert call("verify", printed / "tidak-ada.pdf").code == 4
    assert call("verify", printed).code == 4
    assert call("verify", printed / "monthly.pdf", printed / "tidak-ada.xlsx").code == 4


def test_hostile_facts_in_a_file_that_is_ours_no_more(printed: Path, tmp_path: Path) -> None:
    """Whatever is attached instead: it is compared, never believed, and never the end of the program."""
    for facts in ('"period": "2026-99"', '"period": 5, "id": []', '"period": "2026-08"'):
        for at in ("9999-12-31T23:59+00:00", "kemarin", "0001-01-01T00:00"):
            writer = PdfWriter()
            writer.add_blank_page(100, 100)
            identity = f'"kind": "laporan bulanan", "sidik_register": "{"ab" * 32}", "printed_at": "{at}"'
            paper = f'"paper": {{{identity}}}'
            writer.add_attachment(
                "angka.json",
                f"{{{paper}, {facts}}}".encode(),
            )
            path = tmp_path / "f.pdf"
            writer.write(path)
            ended = call("verify", path, printed / "register.xlsx", "--json")
            assert ended.code == 1
            assert ended.json["document"] == "differs"


def test_a_code_typed_off_the_paper(printed: Path) -> None:
    register = printed / "register.xlsx"
    digest = read_back((printed / "monthly.pdf").read_bytes()).paper["sidik_register"]
    number = "1/LAP-SOP/VIII/2026"
    for code in (digest[:8], digest.upper(), " ".join(digest[at : at + 8] for at in range(0, 64, 8))):
        ended = call("verify", register, "--code", code, "--number", number.lower(), "--json")
        assert (ended.code, ended.json["number"]) == (0, number)
        assert states(ended.json) == ("unknown", "same", "same", "same")
    scanned = call("verify", register, "--code", f"LAP:{number}:SHA256:{digest.upper()}", "--json")
    assert (scanned.code, scanned.json["number"]) == (0, number)
    false = call("verify", register, "--code", "0" * 8, "--number", number, "--json")
    assert (false.code, states(false.json)) == (1, ("unknown", "differs", "unknown", "differs"))


@pytest.mark.parametrize(
    "args",
    [
        ("r.xlsx", "--code", "zz"),
        ("r.xlsx", "--code", "abc"),
        ("r.xlsx", "--code", "f" * 65),
        ("f.pdf", "r.xlsx", "--code", "abcdef12"),
        ("f.pdf", "--number", "1"),
        (),
    ],
    ids=" ".join,
)
def test_wrong_usage(args: tuple[str, ...]) -> None:
    ended = call("verify", *args)
    assert (ended.code, ended.out) == (2, "")


def test_text_of_a_user_stays_on_one_line(printed: Path, tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=printed / "monthly.pdf")
    writer.metadata = {NameObject("/Title"): TextStringObject("x")}
    path = tmp_path / "f.pdf"
    writer.write(path)
    lines = call("verify", path).out.splitlines()
    assert lines[0].startswith("Laporan Bulanan Nomor 1/LAP-SOP/VIII/2026")
    assert PdfReader(path).pages
