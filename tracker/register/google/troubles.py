"""What Google says no with → the sentence and the remedy for a person of the office."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from tracker.errors import RegisterReadOnly, RegisterUnavailable, ServiceSilent, TrackerError
from tracker.register.google.retry import Failure, Fault

__all__ = ["Uncertain", "Who", "is_layout", "nobody_knows", "trouble"]


@dataclass(frozen=True, slots=True)
class Who:
    """Whom and what a sentence is about: the spreadsheet's ID and the account's address."""

    id: str
    address: str = ""

    @property
    def account(self) -> str:
        return self.address or "akun yang dipakai aplikasi"


class Uncertain(Exception):
    """A write without an answer: it may have landed. `trouble` is what to say if nobody can find out."""

    def __init__(self, trouble: TrackerError) -> None:
        super().__init__(str(trouble))
        self.trouble = trouble


def nobody_knows() -> ServiceSilent:
    """A write got no answer, and what stands in the spreadsheet now cannot tell either."""
    return ServiceSilent(
        "Google Sheets tidak menjawab; belum pasti apakah catatan ini tertulis.",
        "Periksa lembarnya sebelum mengulang.",
    )


def is_layout(failure: Failure) -> bool:
    """Whether a 400 says that a tab or range is not there (any more)."""
    message = failure.message.casefold()
    return failure.status == 400 and any(
        word in message for word in ("unable to parse range", "no grid with id", "exceeds grid limits")
    )


def trouble(failure: Failure, who: Who, *, writing: bool) -> TrackerError:
    """The exception that a door shows for a failed request."""
    if failure.fault is Fault.QUOTA:
        return _quota(failure)
    if failure.fault is not Fault.FINAL:
        return _outage(failure)
    if failure.status == 403:
        return _forbidden(failure, who, writing=writing)
    if failure.status == 401:
        return RegisterUnavailable(
            f"Google menolak kunci {who.account}.",
            "Periksa jam komputer; bila benar, buat kunci baru untuk akun layanan itu.",
        )
    if failure.status == 404:
        return RegisterUnavailable(
            f"Spreadsheet {who.id} tidak ada.",
            f"Periksa alamatnya, dan pastikan sudah dibagikan kepada {who.account}.",
        )
    return _bad_request(failure, who)


def _quota(failure: Failure) -> ServiceSilent:
    wait = _span(failure.retry_after) if failure.retry_after else "satu menit"
    return ServiceSilent(
        "Kuota Google Sheets per menit habis.",
        f"Tunggu {wait}, lalu ulangi.",
        is_quota=True,
        wait=failure.retry_after,
    )


def _span(seconds: float) -> str:
    """A wait in the largest unit that is not below one, rounded up."""
    for unit, length in (("jam", 3600), ("menit", 60)):
        if seconds > 2 * length:
            return f"{ceil(seconds / length)} {unit}"
    return f"{ceil(seconds)} detik"


def _outage(failure: Failure) -> ServiceSilent:
    detail = f" (HTTP {failure.status})" if failure.status else ""
    return ServiceSilent(
        f"Google Sheets tidak menjawab{detail}.", "Periksa sambungan internet; bila baik, coba lagi nanti."
    )


def _forbidden(failure: Failure, who: Who, *, writing: bool) -> TrackerError:
    message = failure.message.casefold()
    if "has not been used" in message or "disabled" in message:
        return RegisterUnavailable(
            "Google Sheets API belum aktif pada proyek akun layanan.",
            "Aktifkan Google Sheets API di Google Cloud Console, lalu tunggu beberapa menit.",
        )
    if "protected" in message:
        return _protected(who)
    if writing:
        return RegisterReadOnly(
            f"{who.account} hanya boleh membaca spreadsheet ini.",
            f"Buka Bagikan (Share), jadikan {who.account} Editor, lalu ulangi.",
        )
    return RegisterUnavailable(
        f"Spreadsheet ini belum dibagikan kepada {who.account}.",
        f"Buka Bagikan (Share), tambahkan {who.account} sebagai Editor, lalu ulangi.",
    )


def _protected(who: Who) -> RegisterReadOnly:
    return RegisterReadOnly(
        f"Sel yang hendak ditulis dilindungi dari {who.account}.",
        "Lepaskan perlindungan kolom isian, atau tambahkan akun itu sebagai yang boleh mengubah.",
    )


def _bad_request(failure: Failure, who: Who) -> TrackerError:
    message = failure.message.casefold()
    if "not supported for this document" in message:
        return RegisterUnavailable(
            "Ini berkas Excel di Google Drive, bukan spreadsheet Google.",
            "Buka berkasnya, pilih File → Simpan sebagai Google Spreadsheet, lalu pakai alamat yang baru.",
        )
    if "protected" in message:
        return _protected(who)
    if "cells in the workbook above the limit" in message or "limit of 10000000 cells" in message:
        return RegisterReadOnly(
            "Spreadsheet ini penuh: Google membatasi satu spreadsheet pada 10 juta sel.",
            "Hapus lembar atau baris kosong yang tidak dipakai, lalu ulangi.",
        )
    if "50000 characters" in message:
        return RegisterReadOnly(
            "Isiannya terlalu panjang: Google membatasi satu sel pada 50.000 karakter.",
            "Pendekkan isiannya, lalu ulangi.",
        )
    return RegisterReadOnly(
        f"Google menolak permintaan (HTTP {failure.status}): susunan spreadsheet tidak seperti yang dikenal.",
        "Muat ulang, lalu periksa nama lembar dan judul kolomnya.",
    )
