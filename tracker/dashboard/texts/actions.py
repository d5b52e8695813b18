"""The catalogue: what the buttons, dialogs and messages around a decision say."""

from __future__ import annotations

from typing import Final

from tracker.views.standing import short_activity

APPROVE: Final = "Setujui"
RETURN: Final = "Kembalikan"
BEGIN_CHECK: Final = "Mulai periksa"
BEGIN: Final = "Mulai"
FINISH: Final = "Selesai"
NEW_ITEM: Final = "Disposisi baru"
APPROVED: Final = "disetujui"
RETURNED: Final = "dikembalikan"
BEGUN: Final = "dimulai"
DONE: Final = "dicatat selesai"
ADDED: Final = "didisposisi"

RETURN_TITLE: Final = "Kembalikan untuk diperbaiki"
RETURN_WHY: Final = "Apa yang harus diperbaiki?"
RETURN_EXAMPLE: Final = "Contoh: tanggal pada slide 2 keliru, seharusnya 27 November."
RETURN_NEEDED: Final = "Alasan wajib diisi."
BEGIN_TITLE: Final = "Catat mulai"
FINISH_TITLE: Final = "Catat selesai"
BEGIN_AT: Final = "Waktu mulai"
FINISH_AT: Final = "Waktu selesai"
MOMENT_EXAMPLE: Final = "Contoh: 20/11/2026 10.40"
EVIDENCE: Final = "Bukti (tautan draf atau nama berkas)"
EVIDENCE_NEEDED: Final = "Bukti wajib diisi pada langkah ini."
LINK: Final = "Tautan konten yang tayang"
LINK_EXAMPLE: Final = "https://…"
NOTE: Final = "Catatan"
OPTIONAL: Final = "Boleh kosong"
RECORD_BEGIN: Final = "Catat mulai"
RECORD_FINISH: Final = "Catat selesai"

NEW_TITLE: Final = "Judul"
NEW_TITLE_EXAMPLE: Final = "Contoh: Infografis jadwal pemutakhiran data pemilih"
NEW_CHANNEL: Final = "Kanal"
NEW_KIND: Final = "Jenis"
NEW_TARGET: Final = "Target tayang"
NEW_TARGET_EXAMPLE: Final = "Contoh: 27/11/2026"
CHOOSE: Final = "Pilih"
NEW_NEEDED: Final = "Judul wajib diisi."
SAVE_NEW: Final = "Catat disposisi"

NOT_WRITTEN: Final = "Belum ditulis."
AS_IT_IS: Final = "Catat apa adanya"
AS_IT_IS_WHY: Final = "Alasan mencatat apa adanya"
AS_IT_IS_EXAMPLE: Final = "Contoh: langkah 3 dikerjakan lisan, berkasnya menyusul."
AS_IT_IS_NEEDED: Final = "Isi alasannya dulu."
AS_IT_IS_HINT: Final = (
    "Kejadian ditulis seperti yang terjadi, dengan alasan Anda di kolom Catatan. Temuannya tetap tampil."
)
STEP_GONE: Final = "Langkah ini tidak ada lagi di lembar Langkah."

MOMENT_UNREADABLE: Final = "Waktu tidak terbaca. Tulis tanggal dan jam, seperti 20/11/2026 10.40."
MOMENT_FUTURE: Final = "Waktu ini belum terjadi."


def written(id_: str, verb: str, sheet: str, row: int) -> str:
    """`K-2611-0305 disetujui. Tertulis di Riwayat baris 427.`"""
    return f"{id_} {verb}. Tertulis di {sheet} baris {row}."


def returns_to(id_: str, number: int, activity: str, round_: int) -> str:
    return f"{id_} kembali ke langkah {number}, {short_activity(activity)} (putaran {round_})"


def return_hint(role: str) -> str:
    return f"Wajib diisi. Catatan ini ditulis ke kolom Catatan dan terlihat oleh {role}."


def too_early(previous: str) -> str:
    return f"Waktu ini lebih awal daripada kejadian sebelumnya ({previous})."


def too_far_back(limit: str) -> str:
    return f"Waktu ini lebih dari {limit} yang lalu. Catat langsung di Excel bila memang begitu."


def editable_back(limit: str) -> str:
    return f"Terisi waktu sekarang; boleh dimundurkan paling lama {limit}."


def first_step(number: int, activity: str) -> str:
    step = f"langkah {number}, {short_activity(activity)},"
    return f"Menulis baris baru di Register dan {step} sebagai selesai di Riwayat. Keduanya atau tidak sama sekali."
