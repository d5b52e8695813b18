"""What lies around a register file: who has it open, our lock, our working folder, its backups.

Everything of ours is in `.tracker/<name>/` beside the register (same volume, so that a replace is atomic). The
folder is made by the first write; reading creates nothing.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Final

from filelock import FileLock, Timeout

from tracker.errors import OpenElsewhere, RegisterBusy, RegisterUnavailable

__all__ = ["BACKUPS_KEPT", "BACKUP_NAME", "Surroundings"]

PATIENCE: Final = 10.0
"""Seconds that a command waits for our own lock (source: the writing contract)."""
BACKUPS_KEPT: Final = 30
BACKUP_NAME: Final = re.compile(r"(\d{6})-[0-9a-f]{8}\..+")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The files around one register."""

    register: Path
    """The register itself, symbolic links resolved: a link stays a link, its target is replaced."""

    @property
    def folder(self) -> Path:
        """`.tracker/<name>/` beside the register."""
        return self.register.parent / ".tracker" / self.register.name

    def owner(self) -> str | None:
        """Who has the book open in Excel or LibreOffice; None when nobody has, "" when it does not say."""
        excel = self.register.parent / f"~${self.register.name}"
        libre = self.register.parent / f".~lock.{self.register.name}#"
        for path, read in ((excel, _excel_owner), (libre, _libre_owner)):
            try:
                return read(path.read_bytes())
            except FileNotFoundError:
                continue
            except OSError:  # Excel denies sharing: somebody has it, and the name cannot be had
                return ""
        return None

    def refuse_if_open(self) -> None:
        """OpenElsewhere when a spreadsheet program has the book open."""
        owner = self.owner()
        if owner is None:
            return
        by = f" oleh {owner}" if owner else ""
        raise OpenElsewhere(
            f"Berkas {self.register.name} sedang dibuka{by}.",
            f"Simpan dan tutup berkasnya, lalu ulangi. Bila tidak ada yang membukanya, hapus berkas "
            f"~${self.register.name} atau .~lock.{self.register.name}# di folder yang sama.",
            owner=owner,
        )

    @contextmanager
    def locked(self, patience: float = PATIENCE) -> Iterator[None]:
        """Hold our lock; RegisterBusy when another process of ours keeps it longer than `patience` seconds.

        RegisterUnavailable where our folder may not be written to.
        """
        self.make_folder()
        deadline = monotonic() + patience
        lock = FileLock(self.folder / "lock")
        try:
            # Whoever waits for the lock holds the turn: else a writer that begins again at once, in less than the
            # time between two looks at the lock, keeps it from all others for as long as it likes.
            with FileLock(self.folder / "giliran", timeout=patience):
                lock.acquire(timeout=max(deadline - monotonic(), 0))
        except Timeout as error:
            raise RegisterBusy(
                f"Berkas {self.register.name} sedang ditulis oleh proses lain.",
                "Tunggu sebentar, lalu ulangi.",
            ) from error
        except OSError as error:
            raise self._closed() from error
        try:
            yield
        finally:
            lock.release()

    def make_folder(self) -> None:
        """Make our folder; RegisterUnavailable where that is not allowed."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._closed() from error

    def _closed(self) -> RegisterUnavailable:
        return RegisterUnavailable(
            f"Folder {self.register.parent} tidak dapat ditulisi.", "Periksa izin folder atau ruang disk."
        )

    def remove_leftovers(self) -> None:
        """Remove temporary files of writers that died; call it while holding the lock."""
        for path in self.folder.glob("baru-*"):
            with suppress(OSError):
                path.unlink()

    def back_up(self, revision: str) -> Path:
        """Keep a copy of the register as it is now; the oldest beyond BACKUPS_KEPT are removed."""
        folder = self.folder / "backup"
        folder.mkdir(exist_ok=True)
        kept = sorted(path for path in folder.iterdir() if BACKUP_NAME.fullmatch(path.name))
        number = int(kept[-1].name[:6]) + 1 if kept else 1
        target = folder / f"{number:06d}-{revision[:8]}{self.register.suffix}"
        fresh = self.folder / f"baru-cadangan-{os.getpid()}"
        try:
            shutil.copy2(self.register, fresh)
            fresh.replace(target)  # a version that is listed is a whole one
        finally:
            with suppress(OSError):
                fresh.unlink()
        for path in kept[: max(len(kept) + 1 - BACKUPS_KEPT, 0)]:
            with suppress(OSError):
                path.unlink()
        return target

    def replace(self, content: bytes) -> None:
        """Put `content` in the place of the register, whole or not at all, permissions kept.

        OSError when the disk is full or the file may not be replaced; the register is then as before.
        """
        fresh = self.folder / f"baru-{os.getpid()}{self.register.suffix}"
        try:
            with fresh.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileNotFoundError):  # a register that is gone is put back from a version kept
                shutil.copymode(self.register, fresh)
            fresh.replace(self.register)
        finally:
            with suppress(OSError):
                fresh.unlink()
        _sync_folder(self.register.parent)


def _sync_folder(folder: Path) -> None:
    """Make the rename durable; Windows cannot open a folder and needs no such thing."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _excel_owner(content: bytes) -> str:
    """Excel writes the user's name twice: one length byte and 54 ANSI bytes, then length and UTF-16 from byte 55."""
    if len(content) >= 57:
        length = content[55]
        wide = content[57 : 57 + 2 * length].decode("utf-16-le", errors="replace").strip("\0 ")
        if wide:
            return wide
    return content[1 : 1 + content[0]].decode("cp1252", errors="replace").strip("\0 ") if content else ""


def _libre_owner(content: bytes) -> str:
    """LibreOffice writes `full name,login,host,date,profile;`; the name may be blank, the login is not."""
    fields = content.decode("utf-8", errors="replace").split(",")
    return next((field.strip() for field in fields[:2] if field.strip()), "")
