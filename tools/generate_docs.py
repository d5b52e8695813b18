"""Writes what is made from declarations: docs/findings.md, docs/register.md and templates/sop_register.xlsx.

Run: `python tools/generate_docs.py` to write them, `--check` to only compare (exit 1 when something is stale).
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tracker.desk import template_bytes  # noqa: E402 - run from anywhere, the tree beside this file is meant
from tracker.findings import CODES, Code  # noqa: E402
from tracker.register.schema import SHEETS, Column, Kind, Sheet  # noqa: E402

GROUPS: Final = {
    "U": "Urutan",
    "W": "Waktu",
    "P": "Pelaksana",
    "D": "Isi sel",
    "S": "Struktur buku",
}
KINDS: Final = {
    Kind.TEXT: "teks",
    Kind.ID: "ID konten",
    Kind.STEP: "nomor langkah",
    Kind.MOMENT: "tanggal dan jam",
    Kind.DATE: "tanggal",
    Kind.TIME: "jam",
    Kind.NUMBER: "angka",
    Kind.DURATION: "lama waktu",
    Kind.CHOICE: "pilihan",
    Kind.NAMES: "nama pegawai",
    Kind.LINKS: "alamat tautan",
    Kind.WEEKDAYS: "hari atau rentang hari",
    Kind.TARGET: "nomor langkah, atau Selesai",
    Kind.FORMULA: "rumus (ƒ)",
}
_PLACEHOLDER: Final = re.compile(r"\{[^{}]*\}")
_NOTICE: Final = "<!-- Dibuat oleh tools/generate_docs.py dari {source}; jangan disunting di sini. -->"


def findings_page() -> str:
    """docs/findings.md: one section for each declared code."""
    return (
        "\n".join([*_findings_head(), *(line for code in CODES.values() for line in _section(code))]).rstrip()
        + "\n"
    )


def _findings_head() -> Iterator[str]:
    yield _NOTICE.format(source="tracker/findings/")
    yield from (
        "# Temuan",
        "",
        "Temuan adalah hal yang keliru atau perlu diketahui dalam sebuah register. Setiap temuan menyebut lembar,",
        "baris, sel, isi apa adanya, kalimat penjelas, dan cara membetulkannya. Temuan hilang hanya bila lembarnya",
        "dibetulkan.",
        "",
        "| Tingkat | Artinya |",
        "|---|---|",
        "| galat | baris tidak dapat dihitung, atau konten tidak dihitung patuh |",
        "| peringatan | dihitung, tetapi perlu diperiksa |",
        "| catatan | sekadar diketahui |",
        "",
        "Di terminal: `python -m tracker explain U101`.",
        "",
    )
    for letter, group in GROUPS.items():
        yield f"## Daftar: {group}"
        yield ""
        yield "| Kode | Tingkat | Temuan |"
        yield "|---|---|---|"
        for code in CODES.values():
            if code.code.startswith(letter):
                yield f"| [{code.code}](#{code.code.lower()}) | {_severity(code)} | {_cell(code.title)} |"
        yield ""


def _section(code: Code) -> Iterator[str]:
    yield f'<a id="{code.code.lower()}"></a>'
    yield f"## {code.code} – {code.title}"
    yield ""
    yield f"**Tingkat:** {_severity(code)}"
    yield ""
    yield code.meaning
    yield ""
    yield f"- **Contoh:** {code.example}"
    yield f"- **Mengapa penting:** {code.why}"
    yield f"- **Pesan:** {_pattern(code.message)}"
    yield f"- **Cara membetulkan:** {_pattern(code.remedy)}"
    yield ""


def _severity(code: Code) -> str:
    return (
        code.severity.value
        if code.softer is None
        else f"{code.severity.value}; ringannya {code.softer.value}"
    )


def _pattern(sentence: str) -> str:
    """A declared sentence with `…` where the words of the cell will stand."""
    shown = _PLACEHOLDER.sub("…", sentence)
    return "(kalimatnya menurut isi sel)" if not shown.strip(" ….") else shown


def register_page() -> str:
    """docs/register.md: the sheets and columns of the workbook."""
    lines = [*_register_head(), *(line for sheet in SHEETS for line in _sheet(sheet))]
    return "\n".join(lines).rstrip() + "\n"


def _register_head() -> Iterator[str]:
    yield _NOTICE.format(source="tracker/register/schema.py")
    yield from (
        "# Register: lembar dan kolom",
        "",
        "Satu buku kerja = satu SOP pada satu kantor. Lembar dikenali dari namanya dan kolom dari judulnya; huruf",
        "besar atau kecil, spasi, dan tanda baca tidak menjadi soal, begitu pula urutan kolom. Judul lain yang juga",
        "dikenali ada di kolom “Judul lain”. Kolom bertanda ƒ dihitung oleh rumus templat: tidak perlu diisi dan",
        "tidak dibaca.",
        "Lembar dan kolom tambahan boleh ada dan tidak diusik.",
        "",
        "Templat: [`templates/sop_register.xlsx`](../templates/sop_register.xlsx).",
        "",
    )


def _sheet(sheet: Sheet) -> Iterator[str]:
    yield f"## {sheet.name}"
    yield ""
    yield " ".join(part for part in (sheet.help, *_sheet_notes(sheet)) if part)
    yield ""
    if sheet.columns:
        yield "| Kolom | Wajib | Isi | Judul lain | Keterangan |"
        yield "|---|---|---|---|---|"
        yield from (_column(column) for column in sheet.columns)
        yield ""
        yield from _options(sheet)


def _sheet_notes(sheet: Sheet) -> Iterator[str]:
    if sheet.required:
        yield "Lembar ini wajib ada."
    if not sheet.is_read:
        yield "Lembar ini tidak dibaca oleh aplikasi."
    if sheet.synonyms:
        yield f"Nama lain yang dikenali: {', '.join(sheet.synonyms)}."


def _column(column: Column) -> str:
    cells = (
        f"{'ƒ ' if column.is_formula else ''}**{column.heading}**",
        "ya" if column.required else "",
        KINDS[column.kind],
        ", ".join(column.synonyms),
        column.help,
    )
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _options(sheet: Sheet) -> Iterator[str]:
    for column in sheet.columns:
        if column.options:
            yield f"Pilihan **{column.heading}** dan ketikan lain yang dipahami:"
            yield ""
            yield from (f"- {choice}: {', '.join(typed)}" for choice, typed in column.options.items())
            yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


PAGES: Final[Mapping[str, Callable[[], bytes]]] = {
    "docs/findings.md": lambda: findings_page().encode(),
    "docs/register.md": lambda: register_page().encode(),
    "templates/sop_register.xlsx": template_bytes,
}


def stale(root: Path = ROOT) -> list[str]:
    """The generated files that are missing or differ from their declarations."""
    return [name for name, made in PAGES.items() if not _same(root / name, made())]


def _same(path: Path, content: bytes) -> bool:
    if not path.is_file():
        return False
    found = path.read_bytes()
    # A checkout on Windows may have turned line ends; they carry no meaning in Markdown.
    return (found.replace(b"\r\n", b"\n") if path.suffix == ".md" else found) == content


def write(root: Path = ROOT) -> list[str]:
    """Write the stale files; their names."""
    names = stale(root)
    for name in names:
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(PAGES[name]())
    return names


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a file is stale")
    if parser.parse_args().check:
        for name in (names := stale()):
            print(f"{name} is stale: run python tools/generate_docs.py")
        return 1 if names else 0
    for name in write():
        print(f"wrote {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
