"""LibreOffice for the tests of the workbook: recalculate a book at a fixed moment and read what its cells show."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from python_calamine import CalamineWorkbook

SOFFICE = shutil.which("soffice")
REASON = "soffice (LibreOffice) tidak terpasang; perhitungan lembar tidak dapat diperiksa"
_DAYS_TO_1970 = 25569
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""


def at_moment(book: bytes, now_minutes: int) -> bytes:
    """The book with its cell `now` fixed: the only place where a formula looks at the clock."""
    stream, fixed = BytesIO(), 0
    now = now_minutes + _DAYS_TO_1970 * 1440
    with ZipFile(BytesIO(book)) as source, ZipFile(stream, "w", ZIP_DEFLATED) as target:
        for member in source.infolist():
            data = source.read(member)
            if member.filename.startswith("xl/worksheets/sheet"):
                data, count = re.subn(rb"<f>INT\(NOW\(\)[^<]*</f>", b"<v>%d</v>" % now, data)
                fixed += count
            target.writestr(member, data)
    assert fixed == 1
    return stream.getvalue()


def recalculated(book: bytes, folder: Path) -> CalamineWorkbook:
    """The book as LibreOffice shows it after calculating every formula anew."""
    assert SOFFICE is not None
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    (folder / "buku.xlsx").write_bytes(book)
    command = [SOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run(
        [*command, "--outdir", str(folder / "hasil"), str(folder / "buku.xlsx")],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return CalamineWorkbook.from_path(folder / "hasil" / "buku.xlsx")
