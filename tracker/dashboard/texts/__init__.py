"""The one catalogue of what the screen says, in Indonesian; here the frame, the first page and standings.

Source: the dashboard contract; a test finds texts anywhere else in the dashboard. Dates, numbers and durations are
`tracker.views.wording`; sentences of findings and errors are theirs.
"""

from __future__ import annotations

from typing import Final

from tracker.dashboard.paper import Difference
from tracker.sop.verdicts import ItemState
from tracker.views import wording
from tracker.views.standing import Pace, Standing, short_activity

DOT: Final = " · "
NOTHING: Final = "–"

TITLE: Final = "Pelacak SOP Konten"
NEEDS_SCRIPT: Final = (
    "Halaman ini memerlukan JavaScript. Aktifkan JavaScript di peramban Anda, lalu muat ulang."
)
DISCONNECTED: Final = "Sambungan ke server terputus. Mencoba lagi…"
SKIP: Final = "Langsung ke isi"
READING: Final = "Membaca register…"
NAV_TODAY: Final = "Hari ini"
NAV_BOARD: Final = "Papan konten"
NAV_BOARD_SHORT: Final = "Papan"
NAV_ISSUES: Final = "Temuan"
NAV_ITEM: Final = "Rincian"
SHOW_NEWEST: Final = "Tampilkan yang terbaru"
I_AM: Final = "Saya adalah …"
CHOOSE_NAME: Final = "Pilih nama Anda"
CHOOSE_NAME_WHY: Final = (
    "Nama diambil dari lembar Pegawai. Tugas dan wewenang Anda mengikuti peran pada hari ini."
)
CHOOSE_NAME_FIRST: Final = "Pilih nama Anda dulu di kanan atas (Saya adalah …)."
NO_NAMES: Final = "Lembar Pegawai belum berisi nama."
NO_ROLE: Final = "tanpa peran hari ini"
READ_ONLY: Final = "Anda bisa melihat dan mencetak, tetapi tidak bisa mencatat atau memutuskan."
WRITING_BLOCKED: Final = "Register sedang tidak terbaca, jadi belum ada yang ditulis."
TRY_AGAIN: Final = "Coba lagi"
OTHER_FILE: Final = "Buka berkas lain"
EMPTY_REGISTER: Final = (
    "Register masih kosong. Tambahkan konten pertama di lembar “Register”, lalu simpan. "
    "Halaman ini akan terisi sendiri."
)
SAMPLE: Final = "Unduh contoh register"
SAMPLE_FILE: Final = "contoh-register.xlsx"
MORE: Final = "Lainnya"
CANCEL: Final = "Batal"
CLOSE: Final = "Tutup"


def mishap(code: str) -> str:
    return f"Halaman ini gagal dibuat. Kode: {code}. Data Anda tidak berubah."


def nav_issues(count: int) -> str:
    return f"{NAV_ISSUES} ({count})" if count else NAV_ISSUES


def read_at(clock: str) -> str:
    return f"terbaca pukul {clock}"


def source_counts(items: int, running: int, issues: int) -> tuple[str, ...]:
    counts = (wording.number(items), wording.number(running), wording.number(issues))
    return f"{counts[0]} konten", f"{counts[1]} berjalan", f"{counts[2]} temuan"


def changed(difference: Difference) -> str:
    """`Ada 3 baris baru dan 1 baris berubah sejak halaman ini dibuka. Isian Anda belum hilang.`"""
    named = ((difference.new, "baru"), (difference.changed, "berubah"), (difference.gone, "hilang"))
    parts = [f"{wording.number(count)} baris {word}" for count, word in named if count]
    what = f"Ada {wording.listing(parts)}" if parts else "Berkas disimpan ulang"
    return f"{what} sejak halaman ini dibuka. Isian Anda belum hilang."


def opened_elsewhere(owner: str) -> str:
    by = f" oleh {owner}" if owner else ""
    return (
        f"Berkas sedang dibuka di Excel{by}. Keputusan Anda akan ditahan di antrean dan ditulis otomatis setelah "
        "berkas ditutup."
    )


def missing(path: str, clock: str, seconds: int) -> str:
    shown = f" Menampilkan bacaan pukul {clock}." if clock else ""
    return f"Berkas tidak ditemukan di {path}.{shown} Dicoba lagi setiap {seconds} detik."


def silent(clock: str, again: str, *, is_quota: bool) -> str:
    """`Google Sheets membatasi permintaan. Menampilkan bacaan pukul …; dicoba lagi pukul …`"""
    what = "Google Sheets membatasi permintaan." if is_quota else "Google Sheets tidak menjawab."
    later = f"dicoba lagi pukul {again}."
    return f"{what} Menampilkan bacaan pukul {clock}; {later}" if clock else f"{what} {later.capitalize()}"


def unreadable(sentence: str, remedy: str, clock: str) -> str:
    shown = f" Menampilkan bacaan pukul {clock}." if clock else ""
    return f"{sentence} {remedy}{shown}".replace("  ", " ")


def only_role(role: str) -> str:
    return f"Hanya {role} yang bisa mencatat langkah ini."


def roles(held: tuple[str, ...]) -> str:
    return wording.listing(held) if held else NO_ROLE


# -- first page
WELCOME: Final = "Selamat datang"
WELCOME_WHY: Final = (
    "Register konten adalah buku kerja Excel atau spreadsheet Google. Pilih cara memulai; tanpa Google Sheets, tidak "
    "ada yang dikirim keluar kantor."
)
TRY_DEMO: Final = "Coba dengan data contoh"
TRY_DEMO_WHY: Final = "Register contoh dibuat di komputer ini, berisi konten dan nama rekaan selama setahun."
NEW_REGISTER: Final = "Buat register baru"
NEW_REGISTER_WHY: Final = "Buku kosong menurut SOP 5/2023: lembar, rumus, dan daftar pilihan sudah siap."
OPEN_FILE: Final = "Buka berkas"
OPEN_FILE_WHY: Final = (
    "Register yang sudah ada, berkas .xlsx atau .xlsm di komputer ini atau di folder bersama."
)
CONNECT: Final = "Hubungkan Google Sheets"
CONNECT_WHY: Final = "Register yang dikerjakan kantor di Google Sheets. Bagikan spreadsheet-nya lebih dulu."
CONNECT_KEY_WHY: Final = (
    "Diperlukan kunci akun layanan Google (berkas JSON) di komputer ini. Kunci itu tidak disalin; yang diingat hanya "
    "letaknya."
)
WHERE_SPREADSHEET: Final = "Alamat spreadsheet"
SPREADSHEET_EXAMPLE: Final = "Contoh: https://docs.google.com/spreadsheets/d/…"
WHERE_KEY: Final = "Lokasi kunci akun layanan"
KEY_EXAMPLE: Final = "Contoh: D:\\Kantor\\kunci.json"
CONNECT_IT: Final = "Hubungkan"
SPREADSHEET_EMPTY: Final = "Isi alamat spreadsheet-nya dulu."
WHERE_NEW: Final = "Simpan sebagai"
WHERE_FILE: Final = "Lokasi berkas"
WHERE_EXAMPLE: Final = "Contoh: D:\\Humas\\register-konten-2026.xlsx"
MAKE: Final = "Buat"
OPEN: Final = "Buka"
CONTINUE: Final = "Lanjutkan"
CONTINUE_WHY: Final = "Register yang terakhir dibuka di komputer ini."
PATH_EMPTY: Final = "Isi lokasi berkasnya dulu."


def share_with(address: str) -> str:
    return f"Bagikan sebagai Editor kepada {address}"


DEMO_FILE: Final = "register-contoh.xlsx"
NEW_FILE: Final = "register-konten-{year}.xlsx"

# -- where an item stands
ROUND: Final = "putaran {}"
NOT_STARTED: Final = "Belum mulai"
STATES: Final = {
    ItemState.NOT_STARTED: "Belum mulai",
    ItemState.RUNNING: "Berjalan",
    ItemState.FINISHED: "Selesai",
    ItemState.CANCELLED: "Dibatalkan",
}


def step_name(number: int, activity: str) -> str:
    return f"{number}. {short_activity(activity)}"


def step_in_full(number: int, activity: str) -> str:
    return f"{number}. {activity}"


def tag(standing: Standing, day: int) -> str:
    """The words of the urgency tag: colour never speaks alone (P7)."""
    late = wording.duration_in_days(standing.late_minutes, day)
    left = wording.duration_in_days(standing.left_minutes, day)
    elapsed = wording.duration_in_days(standing.elapsed, day)
    return {
        Pace.NOT_STARTED: NOT_STARTED,
        Pace.LATE: f"Terlambat {late}",
        Pace.OVERLONG: f"Menunggu lama {elapsed}",
        Pace.SOON: f"Segera, sisa {left}" if standing.is_open else f"Segera, menunggu {elapsed}",
        Pace.ON_TRACK: f"Sisa {left}" if standing.is_open else f"Menunggu {elapsed}",
    }[standing.pace]


def progress(standing: Standing, day: int) -> str:
    """`41 menit dari 30 menit` while somebody works, else how long it may wait."""
    elapsed = wording.duration_in_days(standing.elapsed, day)
    if standing.pace is Pace.NOT_STARTED:
        return f"standar {standing.standard}"
    if standing.is_open:
        return f"{elapsed} dari {standing.standard}"
    return f"batas tunggu {standing.wait_limit}"


def at_most(role: str, standard: str) -> str:
    return f"{role}, paling lama {standard}"


def day_is(duration: str) -> str:
    return f"1 hari = {duration} kerja"


def last_reason(reason: str) -> str:
    return f"Dikembalikan: {reason}"


def and_more(count: int) -> str:
    return f"{count} lagi"
