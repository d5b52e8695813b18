"""A path → the bytes of a workbook, or the sentence that says why there is none.

What is no workbook is named for what it is: an office does not know "bad magic number", but "an old .xls".
"""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path
from typing import Final

from tracker.errors import RegisterUnavailable, RegisterUnreadable, reason_of

__all__ = ["open_package", "read_file"]

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First bytes of a compound file: an old .xls, or the container of an encrypted workbook (MS-CFB 2.2)."""
LARGEST_FILE: Final = 256 * 1024 * 1024
"""Bytes of the largest workbook that is read; 100,000 events make 4 MB."""
_SAVE_AS: Final = "Buka di Excel, lalu simpan sebagai Buku Kerja Excel (.xlsx)."


def read_file(path: Path) -> bytes:
    """All bytes of the file; RegisterUnavailable when it is missing, a folder, or may not be read.

    RegisterUnreadable when it is larger than any workbook that would be read.
    """
    try:
        _refuse_owner_file(Path(path))
        found = Path(path).stat()
        if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):  # a pipe would be waited for
            raise RegisterUnavailable(f"{path} bukan berkas biasa.", "Sebutkan berkas .xlsx.")
        if (size := found.st_size) > LARGEST_FILE:
            raise RegisterUnreadable(
                f"Berkas {path} terlalu besar: {size >> 20} MB.",
                "Hapus gambar dan sel yang tidak dipakai, lalu simpan ulang.",
            )
        return Path(path).read_bytes()
    except FileNotFoundError:
        raise RegisterUnavailable(f"Berkas {path} tidak ada.", "Periksa nama dan foldernya.") from None
    except IsADirectoryError:
        raise _folder(path) from None
    except PermissionError:
        if Path(path).is_dir():  # what Windows says of a folder
            raise _folder(path) from None
        raise RegisterUnavailable(
            f"Berkas {path} tidak boleh dibaca.", "Mintalah izin membaca berkas itu."
        ) from None
    except OSError as fault:
        raise RegisterUnavailable(
            f"Berkas {path} tidak dapat dibaca: {reason_of(fault)}.", "Periksa jalur dan disknya."
        ) from None
    except ValueError:  # a NUL in the path
        raise RegisterUnavailable(f"{path!r} bukan nama berkas yang sah.", "Periksa jalurnya.") from None


def _refuse_owner_file(path: Path) -> None:
    """Excel's and LibreOffice's notes on who has a book open look like the book in a list of files."""
    for mark, tail in (("~$", ""), (".~lock.", "#")):
        if path.name.startswith(mark) and path.name.endswith(tail) and path.exists():
            book = path.name.removeprefix(mark).removesuffix(tail)
            raise RegisterUnreadable(
                f"{path.name} hanya penanda bahwa sebuah buku kerja sedang dibuka.", f"Sebutkan {book}."
            )


def _folder(path: Path) -> RegisterUnavailable:
    return RegisterUnavailable(f"{path} adalah folder, bukan berkas.", "Sebutkan berkas .xlsx di dalamnya.")


def open_package(data: bytes) -> zipfile.ZipFile:
    """The zip package of a workbook; RegisterUnreadable, saying what the bytes are, when it is none."""
    if not data:
        raise RegisterUnreadable(
            "Berkas ini kosong (0 bita).", "Ambil kembali dari cadangan atau salinannya."
        )
    if data.startswith(_OLE):
        raise _compound(data)
    if not data.startswith(b"PK"):
        raise RegisterUnreadable("Isi berkas ini bukan buku kerja Excel, apa pun nama belakangnya.", _SAVE_AS)
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, OverflowError):
        raise broken() from None
    _refuse_other_kinds(package)
    return package


def broken() -> RegisterUnreadable:
    """The book is damaged, or still being saved (the caller may try again)."""
    return RegisterUnreadable(
        "Buku kerja ini rusak atau belum selesai disimpan.",
        "Tunggu sebentar; bila tetap, ambil dari cadangan.",
    )


def foreign() -> RegisterUnreadable:
    """The zip is whole, but what is in it is not what a spreadsheet program writes."""
    return RegisterUnreadable("Isi buku kerja ini tidak dapat dibaca.", _SAVE_AS)


def _compound(data: bytes) -> RegisterUnreadable:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return RegisterUnreadable(
            "Buku kerja ini dikunci dengan kata sandi.", "Simpan ulang tanpa kata sandi buka."
        )
    return RegisterUnreadable("Ini berkas Excel lama (.xls).", _SAVE_AS)


def _refuse_other_kinds(package: zipfile.ZipFile) -> None:
    """OpenDocument and binary workbooks are zips too, and calamine would read them; no formula scan would."""
    names = {name.replace("\\", "/").lower() for name in package.namelist()}
    if "meta-inf/manifest.xml" in names and "content.xml" in names:
        raise RegisterUnreadable("Ini berkas OpenDocument (.ods).", _SAVE_AS)
    if "word/document.xml" in names:
        raise RegisterUnreadable(
            "Ini dokumen Word (.docx), bukan buku kerja Excel.", "Sebutkan berkas .xlsx."
        )
    if any(name.endswith("workbook.bin") for name in names):
        raise RegisterUnreadable("Ini buku kerja biner (.xlsb).", _SAVE_AS)
    if "[content_types].xml" not in names:
        raise RegisterUnreadable("Berkas ini zip biasa, bukan buku kerja Excel.", _SAVE_AS)
