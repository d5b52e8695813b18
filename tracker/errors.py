"""What can be wrong with the WORLD: every exception a door may have to show.

Wrong data is a value (`tracker.findings`); a broken world is one of these::

    TrackerError                 exit 4  base: owns its sentence, remedy and exit code
    ├── WrongUsage               exit 2  an argument that cannot be meant
    ├── ChangeRefused            exit 1  a change that would add a galat
    ├── AlreadyExists            exit 1  a file that must not be overwritten
    ├── RegisterBusy             exit 3  somebody else holds the register
    │   ├── OpenElsewhere        exit 3  Excel or LibreOffice has it open
    │   └── ChangedMeanwhile     exit 3  the row expected is not there, or not once
    ├── RegisterUnavailable      exit 4  missing, a folder, no permission, no network
    │   └── ServiceSilent        exit 4  a service that does not answer, or asks to wait: later it may
    ├── RegisterUnreadable       exit 4  no workbook, encrypted, corrupt, a bomb
    ├── RegisterReadOnly         exit 4  readable, but its layout forbids writing
    ├── PackageRefused           exit 4  a workbook feature that cannot be edited without loss
    └── PaperFailed              exit 4  a paper that cannot be made, or whose figures do not add up
"""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, ClassVar, Final

if TYPE_CHECKING:
    from tracker.findings import Finding

__all__ = [
    "AlreadyExists",
    "ChangeRefused",
    "ChangedMeanwhile",
    "OpenElsewhere",
    "PackageRefused",
    "PaperFailed",
    "RegisterBusy",
    "RegisterReadOnly",
    "RegisterUnavailable",
    "RegisterUnreadable",
    "ServiceSilent",
    "TrackerError",
    "WrongUsage",
    "reason_of",
]

_REASONS: Final = {
    errno.EACCES: "tidak ada izin menulis",
    errno.EPERM: "tidak ada izin menulis",
    errno.EROFS: "disknya hanya dapat dibaca",
    errno.ENOSPC: "disk penuh",
    errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC: "kuota disk habis",
    errno.ENOENT: "foldernya tidak ada",
    errno.ENOTDIR: "jalurnya melewati sebuah berkas",
    errno.EISDIR: "itu sebuah folder",
    errno.ENAMETOOLONG: "namanya terlalu panjang",
    errno.ELOOP: "tautan simboliknya berputar",
    errno.EIO: "disknya atau jaringannya tidak menjawab",
}


def reason_of(error: OSError) -> str:
    """Why the system refused, in Indonesian: its own words are in the language of the machine."""
    return _REASONS.get(error.errno or 0, f"kesalahan sistem {error.errno}")


class TrackerError(Exception):
    """A sentence in Indonesian, a remedy in Indonesian, and an exit code for the command line."""

    exit_code: ClassVar[int] = 4

    def __init__(self, sentence: str, remedy: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.sentence} {self.remedy}".strip()


class WrongUsage(TrackerError):
    """An argument that cannot be meant: an unknown option value, a period like `2026-13`."""

    exit_code = 2


class ChangeRefused(TrackerError):
    """A change that the rules refuse; `findings` says why, with codes."""

    exit_code = 1

    def __init__(self, sentence: str, remedy: str = "", *, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(sentence, remedy)
        self.findings = findings


class AlreadyExists(TrackerError):
    """The target exists and is never overwritten."""

    exit_code = 1


class RegisterBusy(TrackerError):
    """Another process of ours holds the lock, or the service asks to wait."""

    exit_code = 3


class OpenElsewhere(RegisterBusy):
    """A spreadsheet program has the book open; `owner` is the name it left, or empty."""

    def __init__(self, sentence: str, remedy: str = "", *, owner: str = "") -> None:
        super().__init__(sentence, remedy)
        self.owner = owner


class ChangedMeanwhile(RegisterBusy):
    """The row expected is found no more, or more than once; `expected` and `found` are both versions."""

    def __init__(
        self,
        sentence: str,
        remedy: str = "",
        *,
        expected: tuple[object, ...] = (),
        found: tuple[tuple[object, ...], ...] = (),
    ) -> None:
        super().__init__(sentence, remedy)
        self.expected = expected
        self.found = found


class RegisterUnavailable(TrackerError):
    """The register is not there or may not be read: missing, a folder, no permission, no network."""


class ServiceSilent(RegisterUnavailable):
    """The service that holds the register does not answer, or its quota is used up; `wait` is what it asked for."""

    def __init__(
        self, sentence: str, remedy: str = "", *, is_quota: bool = False, wait: float | None = None
    ) -> None:
        super().__init__(sentence, remedy)
        self.is_quota = is_quota
        self.wait = wait


class RegisterUnreadable(TrackerError):
    """The file is there but is no workbook that can be read."""


class RegisterReadOnly(TrackerError):
    """Readable, but required sheets or columns are missing, so nothing is written to it."""


class PackageRefused(TrackerError):
    """The package editor will not touch this workbook; `reason` is a short stable English key."""

    def __init__(self, reason: str, sentence: str = "", remedy: str = "") -> None:
        super().__init__(
            sentence or f"Buku kerja ini tidak dapat diubah tanpa risiko kehilangan isi ({reason}).",
            remedy or "Simpan ulang dari Excel sebagai .xlsx biasa, lalu coba lagi.",
        )
        self.reason = reason


class PaperFailed(TrackerError):
    """A paper could not be made; the sentence names the text at fault where one is known."""
