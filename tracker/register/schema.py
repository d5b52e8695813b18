"""The one description of the workbook: every sheet, column, kind, choice, synonym and help text.

The template, the reader, the messages, the drop-downs, the Google set-up and `docs/register.md` are all derived
from `SHEETS`. Nothing else in the product may spell a heading.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from tracker.register.layout import Column, Kind, Sheet

__all__ = ["HEADING_ROWS", "SHEETS", "Column", "Kind", "Sheet", "sheet"]

HEADING_ROWS: Final = 15
"""The heading row is looked for in this many rows from the top."""


OUTCOMES: Final = MappingProxyType(
    {
        "Ya": ("y", "yes", "iya", "setuju", "disetujui", "acc", "ok", "oke", "sesuai", "lanjut", "lolos"),
        "Tidak": (
            "t",
            "tdk",
            "no",
            "tidak setuju",
            "tdk setuju",
            "tidak disetujui",
            "tidak sesuai",
            "tolak",
            "ditolak",
            "revisi",
            "perbaiki",
            "perbaikan",
            "dikembalikan",
            "kembali",
        ),
    }
)
UNITS: Final = MappingProxyType(
    {
        "Menit": ("mnt", "min", "m", "minute", "minutes"),
        "Jam": ("j", "jm", "hour", "hours"),
        "Hari": ("h", "hr", "hari kerja", "day", "days"),
    }
)
APPOINTMENTS: Final = MappingProxyType(
    {"Definitif": ("tetap", "def"), "Plt.": ("plt", "pelaksana tugas"), "Plh.": ("plh", "pelaksana harian")}
)
HOLIDAY_KINDS: Final = MappingProxyType(
    {
        "Libur Nasional": ("nasional", "libur"),
        "Cuti Bersama": ("cuti", "cb"),
        "Libur Daerah": ("daerah",),
        "Hari Kerja Pengganti": ("pengganti", "hari pengganti", "masuk pengganti"),
    }
)
YES: Final = MappingProxyType({"Ya": ("y", "yes", "wajib", "v", "x"), "Tidak": ("t", "tdk", "no", "-")})

_K = Kind

# A table reads as a table: one column of a sheet, its help below it.
# fmt: off

PANDUAN = Sheet("guide", "Panduan", (), is_read=False, help="Cara mengisi buku ini.")

REGISTER = Sheet(
    "register",
    "Register",
    (
        Column("id", "ID", _K.ID, required=True, width=13, synonyms=("Nomor Konten", "No Konten", "Kode", "ID Konten"),
               help="Nomor konten, satu baris satu konten. Contoh: K-2026-0012."),
        Column("title", "Judul", _K.TEXT, required=True, width=46, synonyms=("Judul Konten", "Nama Konten"),
               help="Judul konten seperti yang akan tayang."),
        Column("channel", "Kanal", _K.CHOICE, choices="Kanal", width=14, synonyms=("Media", "Media Sosial", "Platform"),
               help="Pilih kanal dari daftar."),
        Column("kind", "Jenis", _K.CHOICE, choices="Jenis", width=16, synonyms=("Jenis Konten", "Bentuk"),
               help="Pilih jenis dari daftar."),
        Column("target_on", "Target Tayang", _K.DATE, width=14,
               synonyms=("Target", "Tgl Tayang", "Tanggal Tayang", "Rencana Tayang", "Jadwal Tayang"),
               help="Tanggal konten harus tayang."),
        Column("links", "Tautan", _K.LINKS, width=34,
               synonyms=("Link", "URL", "Tautan Unggah", "Link Unggah", "Tautan Kiriman", "Link Konten"),
               help="Alamat kiriman, satu baris satu alamat (Alt+Enter untuk baris baru)."),
        Column("shared_at", "Dibagikan", _K.MOMENT, width=17,
               synonyms=("Dibagikan WA", "Tgl Dibagikan", "Tanggal Dibagikan"),
               help="Saat tautan dibagikan ke grup WhatsApp."),
        Column("product", "Produk Hukum Terkait", _K.TEXT, width=26, synonyms=("Produk Hukum",),
               help="Peraturan atau keputusan yang diangkat.", folded=True),
        Column("note", "Catatan", _K.TEXT, width=26, synonyms=("Keterangan", "Ket"), help="Catatan bebas.",
               folded=True),
        Column("cancelled_on", "Dibatalkan", _K.DATE, width=13,
               synonyms=("Tgl Dibatalkan", "Tanggal Dibatalkan", "Batal"),
               help="Tanggal konten dibatalkan; sejak tanggal itu tidak dihitung."),
        Column("now_step", "Langkah Kini", _K.FORMULA, width=12),
        Column("position", "Posisi", _K.FORMULA, width=26),
        Column("deadline", "Tenggat", _K.FORMULA, width=17),
        Column("status", "Status", _K.FORMULA, width=14),
        Column("round", "Putaran", _K.FORMULA, width=9),
    ),
    required=True,
    synonyms=("Daftar Konten", "Konten"),
    help="Satu baris untuk setiap konten.",
)

RIWAYAT = Sheet(
    "events",
    "Riwayat",
    (
        Column("id", "ID", _K.ID, required=True, width=13, synonyms=("Nomor Konten", "No Konten", "Kode", "ID Konten"),
               help="Pilih ID konten dari lembar Register."),
        Column("title", "Judul", _K.FORMULA, width=40),
        Column("step", "Langkah", _K.STEP, required=True, width=10,
               synonyms=("No Langkah", "Nomor Langkah", "Tahap", "Langkah Ke"),
               help="Nomor langkah SOP, misalnya 4."),
        Column("performer", "Pelaksana", _K.NAMES, width=22,
               synonyms=("Nama Pelaksana", "Petugas", "Nama", "Oleh", "Dikerjakan Oleh"),
               help="Nama yang mengerjakan; boleh kosong bila pemegang perannya hanya satu orang."),
        Column("start", "Mulai", _K.MOMENT, width=17,
               synonyms=("Tgl Mulai", "Mulai Tgl", "Tanggal Mulai", "Waktu Mulai", "Jam Mulai", "Tgl Jam Mulai",
                         "Tanggal Jam Mulai", "Tanggal dan Jam Mulai"),
               help="Kapan mulai dikerjakan. Ctrl+; untuk tanggal, Ctrl+Shift+; untuk jam."),
        Column("finish", "Selesai", _K.MOMENT, width=17,
               synonyms=("Tgl Selesai", "Selesai Tgl", "Tanggal Selesai", "Waktu Selesai", "Jam Selesai",
                         "Tgl Jam Selesai",
                         "Tanggal Jam Selesai", "Tanggal dan Jam Selesai"),
               help="Kapan selesai; kosongkan selama masih dikerjakan."),
        Column("outcome", "Hasil", _K.CHOICE, choices="Hasil", options=OUTCOMES, width=10,
               synonyms=("Hasil Ya Tidak", "Ya Tidak", "Keputusan",
                         "Persetujuan"), help="Ya atau Tidak, hanya pada langkah keputusan."),
        Column("evidence", "Bukti", _K.TEXT, width=24, synonyms=("Bukti Dukung", "Dokumen", "Berkas", "Lampiran"),
               help="Tautan atau nama berkas hasil kerja.", folded=True),
        Column("note", "Catatan", _K.TEXT, width=30, synonyms=("Keterangan", "Alasan", "Catatan Alasan", "Ket"),
               help="Wajib diisi alasan bila Hasil Tidak.", folded=True),
        Column("activity", "Kegiatan", _K.FORMULA, width=34),
        Column("standard", "Waktu Baku", _K.FORMULA, width=12),
        Column("deadline", "Tenggat", _K.FORMULA, width=17),
        Column("elapsed", "Lama (menit kerja)", _K.FORMULA, width=11),
        Column("punctuality", "Ketepatan", _K.FORMULA, width=14),
        Column("order", "Urutan", _K.FORMULA, width=10),
    ),
    required=True,
    synonyms=("Riwayat Langkah", "Log", "Agenda", "Pelaksanaan"),
    help="Satu baris setiap kali sebuah langkah dikerjakan; perbaikan adalah baris baru.",
)

SOP = Sheet(
    "sop",
    "SOP",
    (
        Column("label", "Uraian", _K.TEXT, required=True, width=28, help="Nama keterangan."),
        Column("value", "Isi", _K.TEXT, width=100, synonyms=("Nilai", "Keterangan"), help="Isi keterangan."),
    ),
    required=True,
    synonyms=("Identitas SOP", "Identitas"),
    help="Identitas SOP dan pengaturan.",
)

LANGKAH = Sheet(
    "steps",
    "Langkah",
    (
        Column("number", "No", _K.NUMBER, required=True, width=6, synonyms=("Nomor", "Langkah"), help="Nomor langkah."),
        Column("activity", "Kegiatan", _K.TEXT, required=True, width=60, synonyms=("Uraian Kegiatan", "Aktivitas"),
               help="Apa yang dikerjakan."),
        Column("role", "Pelaksana", _K.TEXT, required=True, width=28, synonyms=("Peran", "Aktor"),
               help="Peran yang mengerjakan."),
        Column("requirement", "Kelengkapan", _K.TEXT, width=34, synonyms=("Persyaratan", "Input"),
               help="Yang harus ada sebelum mulai."),
        Column("standard", "Waktu", _K.DURATION, required=True, width=9, synonyms=("Waktu Baku", "Standar Waktu"),
               help="Standar waktu, angka."),
        Column("unit", "Satuan", _K.CHOICE, choices="Satuan", options=UNITS, width=10, help="Menit, Jam, atau Hari."),
        Column("output", "Output", _K.TEXT, width=36, synonyms=("Keluaran", "Hasil"), help="Hasil langkah."),
        Column("on_yes", "Jika Ya", _K.TARGET, width=9, synonyms=("Ya", "Berikutnya"),
               help="Nomor langkah berikutnya; kosong = nomor berikut; Selesai = akhir."),
        Column("on_no", "Jika Tidak", _K.TARGET, width=10, synonyms=("Tidak",),
               help="Nomor langkah tujuan pengembalian; terisi berarti langkah ini keputusan."),
        Column("needs_evidence", "Wajib Bukti", _K.CHOICE, options=YES, choices="Hasil", width=12,
               help="Ya bila langkah ini wajib disertai Bukti."),
        Column("remark", "Keterangan", _K.TEXT, width=24, synonyms=("Ket",), help="Keterangan pada naskah SOP."),
    ),
    required=True,
    synonyms=("Langkah SOP", "Prosedur"),
    help="Langkah SOP, standar waktu, dan keputusan.",
)

PEGAWAI = Sheet(
    "people",
    "Pegawai",
    (
        Column("name", "Nama", _K.TEXT, required=True, width=30, synonyms=("Nama Pegawai", "Nama Lengkap"),
               help="Nama lengkap."),
        Column("nip", "NIP", _K.TEXT, width=24, help="18 angka, tulis sebagai teks."),
        Column("role", "Peran", _K.TEXT, required=True, width=28, synonyms=("Jabatan", "Pelaksana"),
               help="Peran pada lembar Langkah, atau Sekretaris."),
        Column("appointment", "Status", _K.CHOICE, choices="Status Pegawai", options=APPOINTMENTS, width=12,
               help="Definitif, Plt., atau Plh."),
        Column("from_on", "Mulai", _K.DATE, width=14, synonyms=("Tgl Mulai", "Tanggal Mulai", "TMT", "Sejak"),
               help="Mulai memegang peran; kosong = sejak awal."),
        Column("until_on", "Sampai", _K.DATE, width=14, synonyms=("Tgl Sampai", "Tanggal Sampai", "Hingga", "Selesai"),
               help="Akhir memegang peran; kosong = masih."),
        Column("phone", "Ponsel", _K.TEXT, width=18,
               synonyms=("No HP", "Nomor HP", "No Ponsel", "Nomor Ponsel", "WA", "WhatsApp"), help="Nomor ponsel.",
               folded=True),
    ),
    required=True,
    synonyms=("Daftar Pegawai", "Pejabat", "Personel"),
    help="Siapa memegang peran apa, sejak kapan.",
)

JAM_KERJA = Sheet(
    "hours",
    "Jam Kerja",
    (
        Column("weekdays", "Hari", _K.WEEKDAYS, required=True, width=18, help="Satu hari atau rentang: Senin–Kamis."),
        Column("opens", "Masuk", _K.TIME, required=True, width=10, synonyms=("Jam Masuk", "Buka"),
               help="Jam masuk, 07.30."),
        Column("break_starts", "Istirahat", _K.TIME, width=10, synonyms=("Mulai Istirahat",), help="Mulai istirahat."),
        Column("break_ends", "Selesai Istirahat", _K.TIME, width=16, synonyms=("Akhir Istirahat",),
               help="Akhir istirahat."),
        Column("closes", "Pulang", _K.TIME, required=True, width=10, synonyms=("Jam Pulang", "Tutup"),
               help="Jam pulang, 16.00."),
        Column("from_on", "Berlaku Mulai", _K.DATE, width=14, synonyms=("Mulai",), help="Kosong = jam baku."),
        Column("until_on", "Berlaku Sampai", _K.DATE, width=14, synonyms=("Sampai",), help="Hari terakhir berlaku."),
        Column("remark", "Keterangan", _K.TEXT, width=40, synonyms=("Ket",), help="Misalnya Ramadan 1447 H."),
    ),
    required=True,
    synonyms=("Jam Kantor",),
    help="Jam kerja baku dan jam khusus bertanggal.",
)

HARI_LIBUR = Sheet(
    "holidays",
    "Hari Libur",
    (
        Column("on", "Tanggal", _K.DATE, required=True, width=16,
               synonyms=("Tgl", "Tanggal Libur"), help="Tanggal libur."),
        Column("remark", "Keterangan", _K.TEXT, width=52, synonyms=("Nama", "Ket"), help="Nama hari libur."),
        Column("kind", "Jenis", _K.CHOICE, options=HOLIDAY_KINDS, width=22,
               help="Libur Nasional, Cuti Bersama, Libur Daerah, atau Hari Kerja Pengganti."),
    ),
    synonyms=("Libur", "Tanggal Merah"),
    help="Hari libur, cuti bersama, dan hari kerja pengganti.",
)

DAFTAR = Sheet(
    "choices",
    "Daftar",
    (
        Column("channel", "Kanal", _K.TEXT, width=18, help="Kanal media sosial."),
        Column("kind", "Jenis", _K.TEXT, width=18, help="Jenis konten."),
        Column("outcome", "Hasil", _K.TEXT, width=10, help="Ya / Tidak."),
        Column("unit", "Satuan", _K.TEXT, width=10, help="Satuan waktu."),
        Column("appointment", "Status Pegawai", _K.TEXT, width=16, help="Status penugasan."),
    ),
    help="Pilihan di balik daftar turun.",
)

ARSIP = Sheet(
    "archive",
    "Arsip",
    (
        Column("number", "Nomor", _K.TEXT, required=True, width=24, help="Nomor naskah."),
        Column("kind", "Jenis", _K.TEXT, width=22, help="Jenis naskah."),
        Column("period", "Periode", _K.TEXT, width=16, help="Periode atau ID konten."),
        Column("printed_at", "Dicetak", _K.MOMENT, width=17, help="Saat dicetak."),
        Column("printed_by", "Oleh", _K.TEXT, width=22, help="Yang mencetak."),
        Column("file", "Berkas", _K.TEXT, width=40, help="Berkas PDF."),
        Column("register_hash", "Sidik Register", _K.TEXT, width=24, help="Sidik isi register saat dicetak."),
        Column("document_hash", "Sidik Dokumen", _K.TEXT, width=24, help="Sidik berkas PDF."),
        Column("signed_on", "Ditandatangani", _K.DATE, width=16, help="Tanggal ditandatangani, diketik sendiri."),
        Column("shelf", "Lokasi Berkas", _K.TEXT, width=26, help="Tempat menyimpan naskah cetak."),
    ),
    help="Satu baris setiap naskah yang dicetak.",
)

# fmt: on

SHEETS: Final = (PANDUAN, REGISTER, RIWAYAT, SOP, LANGKAH, PEGAWAI, JAM_KERJA, HARI_LIBUR, DAFTAR, ARSIP)


def sheet(key: str) -> Sheet:
    """The sheet with this English key; KeyError when there is none (our bug)."""
    for candidate in SHEETS:
        if candidate.key == key:
            return candidate
    raise KeyError(key)
