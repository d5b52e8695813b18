"""What a user would write instead: read the same two sheets with pandas and openpyxl, type them, count lateness.

It reads real dates only, knows no order, no roles, no holidays and names no cell; it is the floor, not a rival.
"""

from __future__ import annotations

import sys

import pandas as pd


def main(path: str) -> None:
    """Print how many events were read and how many took longer than 30 minutes."""
    sheets = pd.read_excel(path, sheet_name=["Register", "Riwayat"], engine="openpyxl")
    events = sheets["Riwayat"].dropna(subset=["ID"])
    start = pd.to_datetime(events["Mulai"])
    finish = pd.to_datetime(events["Selesai"])
    merged = events.merge(sheets["Register"][["ID", "Judul"]], on="ID", how="left", suffixes=("", "_item"))
    late = ((finish - start).dt.total_seconds() / 60 > 30).sum()
    print(len(merged), int(late))


if __name__ == "__main__":
    main(sys.argv[1])
