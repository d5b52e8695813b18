"""Findings on performers (Pelaksana), P3xx; source: the table in the rules."""

from tracker.findings.declaration import Code, Severity

__all__ = ["CODES"]

CODES = (
    Code(
        code="P301",
        severity=Severity.GALAT,
        title="Bukan pemegang peran",
        message="{name} bukan pemegang peran {role} pada {date}.",
        remedy="Betulkan Pelaksana, atau catat penugasannya (Definitif, Plt., Plh.) di lembar Pegawai.",
        meaning="Tidak seorang pun yang disebut memegang peran langkah itu pada tanggal Selesai (bila kosong, Mulai).",
        example="Langkah 5 disetujui Pengelola JDIH tanpa penugasan Plh.",
        why="Langkah yang dikerjakan oleh peran lain tidak sah menurut SOP.",
    ),
    Code(
        code="P302",
        severity=Severity.GALAT,
        title="Nama tidak dikenal",
        message="“{name}” tidak ada di lembar Pegawai{nearest}.",
        remedy="Pilih nama dari daftar (dua nama dipisah titik koma), atau tambahkan orang itu di lembar Pegawai.",
        meaning="Nama di kolom Pelaksana tidak cocok dengan satu pun nama di lembar Pegawai.",
        example="Sity padahal di Pegawai tertulis Siti.",
        why="Tanpa orangnya, perannya tidak dapat diperiksa.",
    ),
    Code(
        code="P303",
        severity=Severity.GALAT,
        title="Pelaksana kosong",
        message="Pelaksana kosong dan pada tanggal itu {holders} peran {role}.",
        remedy="Isi Pelaksana dengan nama dari lembar Pegawai; bila perannya kosong, catat penugasannya di sana.",
        meaning="Kolom Pelaksana kosong dan pemegang peran pada tanggal itu tidak tepat satu orang.",
        example="Dua orang memegang peran Staf dan Pelaksana dibiarkan kosong.",
        why="Pelaksana tidak boleh ditebak.",
    ),
    Code(
        code="P304",
        severity=Severity.PERINGATAN,
        softer=Severity.CATATAN,
        title="Memutuskan pekerjaan sendiri",
        message="{name} memutuskan langkah {step} atas pekerjaannya sendiri di langkah {previous}.",
        remedy="Mintalah keputusan dari pemegang peran yang lain bila ada.",
        meaning="Keputusan dibuat oleh orang yang mengerjakan langkah sebelumnya.",
        example="Plh. Kasubbag menyetujui konsep yang dibuatnya sendiri.",
        why="Pemeriksaan kehilangan arti bila dilakukan oleh pembuatnya.",
    ),
    Code(
        code="P305",
        severity=Severity.CATATAN,
        title="Pelaksana dianggap",
        message="Pelaksana kosong; dianggap {name}, satu-satunya pemegang peran {role}.",
        remedy="Isi Pelaksana bila yang mengerjakan orang lain.",
        meaning="Kolom Pelaksana kosong dan tepat satu orang memegang peran langkah itu pada tanggalnya.",
        example="Langkah 1 tanpa Pelaksana, Kasubbag hanya satu orang.",
        why="Mengurangi ketikan tanpa menebak.",
    ),
)
