"""How long papers take: one report, a year book of 12 reports and 300 cards, and one list beside WeasyPrint.

Run: `PYTHONPATH=. python benchmarks/papers.py [CARDS]`. WeasyPrint is no requirement of anything; where it is not
installed the comparison says so. `WEASYPRINT=/path/to/python` names another interpreter that has it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from tests.views.examples import imprint, many, signing, sop
from tracker.desk import Desk, Order, open_desk
from tracker.views.monthly import monthly_paper
from tracker.views.papers import monthly_pdf

NOW = datetime(2026, 11, 20, 10, 40)
MONTHS = [f"2026-{month:02d}" for month in range(1, 12)] + ["2025-12"]
ITEMS = 300

HTML = """
import sys, time
from weasyprint import HTML
rows, path = int(sys.argv[1]), sys.argv[2]
cells = (
    "K-2026-{n:04d}", "Infografis UU No. 7 Tahun 2017: Hak Memilih bagi Pemilih Pemula<br>Facebook, Infografis<br>"
    "https://www.instagram.com/p/Cx{n}AbCdEfGh/", "3 Agustus 2026 09.15<br>4 Agustus 2026 10.42", "1", "0",
    "6 jam 45 menit<br>1 jam 35 menit", "Sesuai")
row = "<tr><td>{n}</td>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
body = "".join(row.format(n=n) for n in range(rows))
style = (
    "@page{size:A4;margin:14mm 12mm 16mm 20mm;"
    "@bottom-right{content:'Halaman ' counter(page) ' dari ' counter(pages)}}"
    "body{font:7.6pt 'Liberation Sans'}table{border-collapse:collapse;width:100%}"
    "td,th{border:.45pt solid;padding:1.2mm}")
names = "No,ID,Judul,Mulai/selesai,Perbaikan,Langgar,Kerja/tunggu,Penilaian"
head = "".join(f"<th>{name}</th>" for name in names.split(","))
page = f"<style>{style}</style><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
begun = time.perf_counter()
HTML(string=page).write_pdf(path, pdf_variant="pdf/a-3b")
print(time.perf_counter() - begun)
"""


def best(work: Callable[[int], object], times: int = 3) -> float:
    """Seconds of the best of a few runs; each is told its number, for typst remembers what it has set before."""
    taken = []
    for number in range(times):
        begun = time.perf_counter()
        work(number)
        taken.append(time.perf_counter() - begun)
    return min(taken)


def _previewed(desk: Desk, order: Callable[[int], Order], number: int) -> None:
    desk.preview(order(number), now=NOW + timedelta(days=number))


def one_of_each(path: Path) -> None:
    """Each paper after a first one, as a page of the dashboard makes it: other figures each time, read included."""
    desk = open_desk(path)
    ids = [str(one) for one in desk.read().register.items.id]
    kinds: dict[str, Callable[[int], Order]] = {
        "monthly": lambda n: Order("monthly", MONTHS[n + 5]),
        "semester": lambda n: Order("semester", ("2026-S2", "2026-S1", "2025-S2")[n]),
        "sop": lambda _: Order("sop"),
        "card": lambda n: Order("card", item=ids[n + 10]),
    }
    for kind, order in kinds.items():
        desk.preview(order(0), now=NOW - timedelta(days=1))  # fonts and templates are read once
        taken = best(partial(_previewed, desk, order))
        print(f"{kind:10} {taken:6.2f} s")


def year_book(path: Path, cards: int, workers: int) -> None:
    """As `report year` does it: one read, every paper, one write, each paper kept in a file twice."""
    desk = open_desk(path)
    ids = [str(one) for one in desk.read().register.items.id if str(one)]
    chosen = [ids[n % len(ids)] for n in range(cards)]
    orders = [Order("monthly", period) for period in MONTHS] + [Order("card", item=one) for one in chosen]
    begun, used = time.perf_counter(), time.process_time()
    made = desk.file_all(orders, now=NOW, workers=workers)
    taken, spent = time.perf_counter() - begun, time.process_time() - used
    print(f"{len(made)} papers, {workers} process(es): {taken:.1f} s ({spent:.1f} s CPU in the first)")


def beside_weasyprint(folder: Path) -> None:
    """Section D of one report with 300 items: the table alone there, the whole report here."""

    def one(number: int) -> bytes:
        figures = many(ITEMS)
        listed = tuple(replace(item, id=f"K-{2000 + number}-{item.item:04d}") for item in figures.listed)
        changed = replace(figures, listed=listed, running=())
        return monthly_pdf(monthly_paper(changed, sop(), imprint=imprint(), signing=signing()))

    ours = best(one)
    print(f"our report of {ITEMS} items, PDF/A-3a + UA-1: {ours:.2f} s")
    script = folder / "weasy.py"
    script.write_text(HTML, encoding="utf-8")
    python = os.environ.get("WEASYPRINT", sys.executable)
    done = subprocess.run(
        [python, str(script), str(ITEMS), str(folder / "w.pdf")], capture_output=True, text=True, check=False
    )
    if done.returncode:
        print("WeasyPrint is not installed, so it was not compared")
        return
    theirs = float(done.stdout)
    print(f"the same table in WeasyPrint, PDF/A-3b: {theirs:.2f} s; ratio {ours / theirs:.2f}")


def main() -> None:
    cards = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "register.xlsx"
        from tracker.desk import new_register

        new_register(path, now=NOW, demo=True)
        one_of_each(path)
        for workers in (1, os.cpu_count() or 1):
            copy = folder / f"buku-{workers}.xlsx"
            copy.write_bytes(path.read_bytes())
            year_book(copy, cards, workers)
        beside_weasyprint(folder)


if __name__ == "__main__":
    main()
