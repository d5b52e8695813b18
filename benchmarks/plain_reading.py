"""What a user would write instead: read the same two sheets with pandas and openpyxl, type them, count lateness.

It reads real dates only, knows no order, no roles, no holidays and names no cell; it is the floor, not a rival.
"""

from __future__ import annotations

import sys

import pandas as pd


def _titled(rows: pd.DataFrame) -> pd.DataFrame:
    """The table below the row that begins with the heading ID."""
    at = int((rows[0] == "ID").to_numpy().argmax())
    return rows.iloc[at + 1 :].set_axis(rows.iloc[at].astype(str), axis=1)


def main(path: str) -> None:
    """Print how many events were read and how many took longer than 30 minutes."""
    sheets = pd.read_excel(path, sheet_name=["Register", "Riwayat"], engine="openpyxl", header=None)
    items, events = (_titled(sheets[name]) for name in ("Register", "Riwayat"))
    events = events.dropna(subset=["ID"])
    start = pd.to_datetime(events["Mulai"], errors="coerce", dayfirst=True)
    finish = pd.to_datetime(events["Selesai"], errors="coerce", dayfirst=True)
    merged = events.merge(items[["ID", "Judul"]], on="ID", how="left", suffixes=("", "_item"))
    late = ((finish - start).dt.total_seconds() / 60 > 30).sum()
    print(len(merged), int(late))


if __name__ == "__main__":
    main(sys.argv[1])
