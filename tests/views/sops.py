"""The SOP of the specification and hard SOPs for the tests of the papers."""

from __future__ import annotations

from random import Random
from typing import Any

from tracker.register.seed import empty_content, sop_identity
from tracker.sop.model import END, NO_STEP, Sop, Standard, Step, Unit

UNITS = {"Menit": Unit.MINUTES, "Jam": Unit.HOURS, "Hari": Unit.DAYS}


def seed_sop() -> Sop:
    """The SOP that the template is shipped with, as the reader would hand it over."""
    identity: dict[str, tuple[str, ...]] = {}
    for label, value in sop_identity():
        identity[label] = (*identity.get(label, ()), *([value] if value else []))
    rows = empty_content().rows["steps"]
    return Sop(identity, tuple(_step(dict(row), index) for index, row in enumerate(rows)))


def _step(row: dict[str, Any], index: int) -> Step:
    return Step(
        number=row["number"],
        activity=row["activity"],
        role=row["role"],
        requirement=row["requirement"],
        standard=Standard(row["standard"], UNITS[row["unit"]]),
        output=row["output"],
        on_yes=END if row["on_yes"] == "Selesai" else row["on_yes"] - 1,
        on_no=row["on_no"] - 1 if row.get("on_no") else NO_STEP,
        needs_evidence=False,
        remark="",
        row=index + 2,
    )


def hard_sop(
    steps: int, lanes: int, seed: int = 1, *, remark: str = "", ends_by_decision: bool = False
) -> Sop:
    """An SOP of this size with decisions, jumps and long loops."""
    random = Random(seed)
    roles = [f"Pelaksana {letter} Bagian Umum" for letter in "ABCDEF"[:lanes]]
    made = []
    for index in range(steps):
        last = index == steps - 1
        decides = (index > 0 and random.random() < 0.35 and not last) or (last and ends_by_decision)
        jump = index + random.choice([2, 3]) if random.random() < 0.1 else index + 1
        made.append(
            Step(
                number=index + 1,
                activity="Memeriksa kelengkapan berkas, mencatat dalam buku agenda, lalu meneruskannya",
                role=roles[index] if index < lanes else random.choice(roles),
                requirement="Berkas usulan",
                standard=Standard(30, Unit.MINUTES),
                output="Berkas telah diperiksa",
                on_yes=END if last else min(steps - 1, jump),
                on_no=max(0, index - random.choice([1, 2, 5, 9])) if decides else NO_STEP,
                needs_evidence=False,
                remark=remark,
                row=index + 2,
            )
        )
    return Sop({"Nomor SOP": ("9 Tahun 2026",), "Nama SOP": ("Uji Tekan",)}, tuple(made))
