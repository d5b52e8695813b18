"""The zip container: what other writers do to it, and what hostile or damaged files are refused for."""

from __future__ import annotations

import io
import os
import random
import struct
import subprocess
import sys
import zipfile
import zlib

import pytest

from tests.register.excel import packages as pk
from tests.register.excel.packages import reason_of
from tracker.errors import PackageRefused
from tracker.register.excel import Package, edit_package
from tracker.register.excel.archive import Archive

CELLS = {"Data": {"A1": 1}}
MEDIA = bytes(range(256)) * 9
BOOK = pk.hand_made(
    pk.worksheet('<row r="1"><c r="A1"/></row>'),
    extra={"docs/": "", "xl/media/x.bin": MEDIA, "xl/vbaProject.bin": b"\xd0\xcf"},
)


class Unseekable(io.RawIOBase):
    """A stream that forces the writer to use data descriptors."""

    def __init__(self) -> None:
        self.data = b""

    def writable(self) -> bool:
        return True

    def write(self, chunk: object) -> int:
        piece = bytes(chunk)  # type: ignore[call-overload]
        self.data += piece
        return len(piece)


def streamed(parts: dict[str, bytes], *, zip64: bool) -> bytes:
    out = Unseekable()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=zip64) as member:
                member.write(content)
    return out.data


@pytest.mark.parametrize("zip64", [False, True])
def test_data_descriptors_and_zip64_records_are_resolved(zip64: bool) -> None:
    book = streamed(pk.members(BOOK), zip64=zip64)
    after = edit_package(book, cells=CELLS)
    assert pk.changed_parts(book, after) == {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}
    with zipfile.ZipFile(io.BytesIO(after)) as archive:
        assert not any(info.flag_bits & 8 for info in archive.infolist())


def as_zip64(book: bytes) -> bytes:
    """The same archive with a zip64 end record, and sizes and offsets of the directory in zip64 fields."""
    (count, _, start) = struct.unpack_from("<HLL", book, len(book) - 12)
    directory, at = b"", start
    for _ in range(count):
        fields = list(struct.unpack_from("<4s6H3L5H2L", book, at))
        extra = struct.pack("<HHQQQ", 1, 24, fields[9], fields[8], fields[16])
        name = book[at + 46 : at + 46 + fields[10]]
        at += 46 + fields[10]
        fields[8] = fields[9] = fields[16] = 0xFFFFFFFF
        fields[11] = len(extra)
        directory += struct.pack("<4s6H3L5H2L", *fields) + name + extra
    end64 = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, len(directory), start)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, start + len(directory), 1)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return book[:start] + directory + end64 + locator + end


def test_zip64_directories_are_read_and_not_needed_afterwards() -> None:
    book = as_zip64(BOOK)
    assert pk.members(book) == pk.members(BOOK)
    after = edit_package(book, cells=CELLS)
    assert after == edit_package(BOOK, cells=CELLS)
    assert reason_of(book.replace(b"PK\6\6", b"PK\6\5"), cells=CELLS) == "damaged"
    assert (
        reason_of(book.replace(struct.pack("<HH", 1, 24), struct.pack("<HH", 9, 24)), cells=CELLS)
        == "damaged"
    )


def test_stored_members_comments_directories_and_order_stay() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.comment = b"komentar"
        for name, content in reversed(pk.members(BOOK).items()):
            info = zipfile.ZipInfo(name, (2026, 8, 3, 9, 15, 0))
            info.comment, info.extra, info.external_attr = b"c", b"\x99\x99\x02\x00ab", 0o644 << 16
            archive.writestr(info, content)
    after = edit_package(out.getvalue(), cells=CELLS)
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert new.comment == b"komentar"
        assert new.namelist() == old.namelist()
        for a, b in zip(old.infolist(), new.infolist(), strict=True):
            assert (a.date_time, a.comment, a.extra, a.external_attr) == (
                b.date_time, b.comment, b.extra, b.external_attr
            )  # fmt: skip
    assert edit_package(out.getvalue(), cells=CELLS) == after


def test_backslash_names_and_names_in_other_case_are_found() -> None:
    parts = {name.replace("/", "\\"): content for name, content in pk.members(BOOK).items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo("x")
            info.filename = name.replace("workbook.xml", "WorkBook.xml")
            archive.writestr(info, content)
    after = edit_package(out.getvalue(), cells=CELLS)
    assert "xl\\worksheets\\sheet1.xml" in pk.raw_members(after)
    assert b"<v>1</v>" in pk.members(after)["xl/worksheets/sheet1.xml"]


def patched(book: bytes, old: bytes, new: bytes, count: int = -1) -> bytes:
    assert old in book
    return book.replace(old, new, count)


def with_flag(book: bytes, flag: int, method: int = 8) -> bytes:
    """The first entry of the directory with another flag and method."""
    at = book.index(b"PK\1\2")
    return book[: at + 8] + struct.pack("<HH", flag, method) + book[at + 12 :]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not-a-zip"),
        (b"PK", "not-a-zip"),
        (b"Judul;Kanal\n", "not-a-zip"),
        (b"PK\3\4" + bytes(99), "not-a-zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "old-format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (with_flag(BOOK, 1), "encrypted"),
        (with_flag(BOOK, 0, 12), "compression-method"),
        (BOOK[:-30], "not-a-zip"),
        (b"#!/bin/sh\n" + BOOK, "not-a-zip"),
        (BOOK[:60] + BOOK[70:], "damaged"),
        (pk.zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "not-a-workbook"),
        (pk.zipped({}), "not-a-workbook"),
        (pk.zipped({"[Content_Types].xml": "<Types/>"}), "not-a-workbook"),
    ],
    ids=range(14),
)
def test_what_is_no_workbook_is_refused(data: bytes, reason: str) -> None:
    assert reason_of(data, cells=CELLS) == reason


def without(*names: str) -> bytes:
    parts = pk.members(BOOK)
    for name in names:
        del parts[name]
    return pk.zipped(dict(parts))


def test_missing_parts_are_refused() -> None:
    assert reason_of(without("_rels/.rels"), cells=CELLS) == "not-a-workbook"
    assert reason_of(without("xl/workbook.xml"), cells=CELLS) == "not-a-workbook"
    assert reason_of(without("xl/_rels/workbook.xml.rels"), cells=CELLS) == "not-a-worksheet"
    assert reason_of(without("xl/worksheets/sheet1.xml"), cells=CELLS) == "not-a-worksheet"


def test_signed_packages_are_refused() -> None:
    signed = pk.zipped({**pk.unzipped(BOOK), "_xmlsignatures/origin.sigs": ""})
    assert reason_of(signed, cells=CELLS) == "signed"
    assert edit_package(signed) == signed


def test_a_bad_checksum_anywhere_is_refused() -> None:
    media = zlib.crc32(MEDIA)
    assert (
        reason_of(patched(BOOK, struct.pack("<L", media), struct.pack("<L", media ^ 1)), cells=CELLS)
        == "bad-member"
    )


def test_a_doctype_in_a_part_nobody_asked_for_is_refused() -> None:
    evil = pk.zipped({**pk.unzipped(BOOK), "xl/sharedStrings.xml": "<!DOCTYPE lolz []><sst/>"})
    assert reason_of(evil, cells=CELLS) == "doctype"


@pytest.mark.parametrize("second", ["xl/Workbook.xml", "xl\\workbook.xml", "/xl/workbook.xml"])
def test_two_members_for_one_part_are_refused(second: str) -> None:
    out = io.BytesIO(BOOK)
    with zipfile.ZipFile(out, "a") as archive:
        info = zipfile.ZipInfo("x")
        info.filename = second
        archive.writestr(info, "x")
    assert reason_of(out.getvalue(), cells=CELLS) == "duplicate-members"


def test_a_bomb_is_refused_without_being_inflated() -> None:
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    zeros = bytes(16 * 1024 * 1024)
    payload = b"".join(deflate.compress(zeros) for _ in range(40)) + deflate.flush()
    member = Archive(BOOK).members[-1]
    archive = Archive(BOOK)
    for size in (40 * len(zeros), 200 * 1024 * 1024, 1024, 4_000_000_000):
        bomb = type(member)(**{
            **{slot: getattr(member, slot) for slot in member.__slots__},
            "size": size, "payload": payload, "method": 8,
        })  # fmt: skip
        archive.members = (*archive.members[:-1], bomb)
        assert reason_of(archive.to_bytes(), cells=CELLS) in ("bomb", "bad-member")


def test_entries_that_share_bytes_are_refused() -> None:
    entry = BOOK.index(b"PK\1\2")
    following = BOOK.index(b"PK\1\2", entry + 4)
    offset = struct.unpack_from("<L", BOOK, entry + 42)
    moved = BOOK[: following + 42] + struct.pack("<L", *offset) + BOOK[following + 46 :]
    assert reason_of(moved, cells=CELLS) == "damaged"


def test_package_tells_what_the_store_needs() -> None:
    package = Package((pk.WORKBOOKS / "apache__63934_d8aa43.xlsx").read_bytes())
    assert [s.name for s in package.sheets]
    assert package.tables(package.sheets[0])
    assert not package.is_1904
    assert not package.is_signed
    assert Package((pk.WORKBOOKS / "apache__47504_8805a7.xlsx").read_bytes()).is_1904


SEEDS = [
    "apache__63934_d8aa43.xlsx", "jmcnamara__optimize13_fa4bf9.xlsx", "phpoffice__utf16be.bom_d18c36.xlsx",
    "apache__52575_main_bec34c.xlsx",
]  # fmt: skip


def survives(data: bytes) -> None:
    """Nothing but PackageRefused may come out, whatever the bytes."""
    try:
        package = Package(data)
        for sheet in package.sheets[:2]:
            try:
                edit_package(
                    data,
                    cells={sheet.name: {"A1": "x", "B2": None}},
                    append={sheet.name: [{"A": 1, "B": "y"}]},
                )
            except PackageRefused:
                continue
    except PackageRefused:
        return


def test_a_name_that_is_no_utf_8_is_refused() -> None:
    assert reason_of(with_flag(BOOK.replace(b"[Content", b"\xff\xfeonten"), 0x800), cells=CELLS) == "damaged"


@pytest.mark.parametrize("name", SEEDS)
def test_damaged_containers_raise_only_refusals(name: str) -> None:
    book = (pk.WORKBOOKS / name).read_bytes()
    dice = random.Random(name)
    for _ in range(400):
        data = bytearray(book)
        for _ in range(dice.choice((1, 1, 3, 20))):
            at = dice.randrange(len(data)) if dice.random() < 0.5 else len(data) - 1 - dice.randrange(900)
            data[at] = dice.choice((0, 255, dice.randrange(256)))
        if dice.random() < 0.2:
            del data[dice.randrange(len(data)) :]
        survives(bytes(data))


@pytest.mark.parametrize("name", SEEDS)
def test_damaged_parts_raise_only_refusals(name: str) -> None:
    """Well-formed XML with wrong content passes expat and must be caught, or borne, by the editor."""
    parts = pk.members((pk.WORKBOOKS / name).read_bytes())
    dice = random.Random(name)
    targets = [n for n in parts if n.endswith((".xml", ".rels")) and "theme" not in n and "docProps" not in n]
    words = [
        b"",
        b"0",
        b"-1",
        b"99999999999999999999",
        "²".encode(),
        b"A1:A0",
        b"ZZZZ1",
        b"&#0;",
        b"1:4",
        b"x",
    ]
    for _ in range(300):
        damaged: dict[str, bytes | str] = dict(parts)
        target = dice.choice(targets)
        xml = parts[target]
        if dice.random() < 0.7 and b'="' in xml:  # another value for an attribute
            pieces = xml.split(b'"')
            pieces[2 * dice.randrange(len(pieces) // 2) + 1] = dice.choice(words)
            damaged[target] = b'"'.join(pieces)
        else:  # an element lost, doubled or renamed
            pieces = xml.split(b"<")
            at = dice.randrange(1, len(pieces))
            pieces[at : at + 1] = dice.choice(([], [pieces[at]] * 2, [b"x" + pieces[at]]))
            damaged[target] = b"<".join(pieces)
        survives(pk.zipped(damaged))


def test_the_room_needs_no_network_and_no_heavy_library() -> None:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    code = "import sys, tracker.register.excel; print(' '.join(sys.modules))"
    command = [sys.executable, "-c", code]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True, env=plain).stdout.split()
    assert not {"openpyxl", "lxml", "pandas", "numpy", "zipfile", "socket"} & set(loaded)
