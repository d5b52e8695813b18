"""The steps of an SOP as a flowchart, and the same flow told in words for those who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tracker.errors import PaperFailed
from tracker.sop.model import END, NO_STEP, Sop, Step
from tracker.views.flowchart import NO, YES, Arrow, Chart, Node, Shape

__all__ = ["CLOSING", "closing_role", "flow_of", "narrated", "shape_of"]

CLOSING: Final = "Selesai"
"""The activity of the row that is added when a decision ends the SOP: a diamond cannot be the end."""
_REMEDY: Final = "Betulkan kolom Jika Ya dan Jika Tidak pada lembar Langkah, lalu cetak lagi."


def flow_of(sop: Sop) -> Chart:
    """One node a step, and a closing one where a decision ends the SOP.

    PaperFailed when a step leads to a step that is not there, for then no flow can be drawn (source: papers'
    layout, section 2: a decision has exactly one `ya` and one `tidak`, else the SOP is refused).
    """
    steps, lanes = sop.steps, {role: lane for lane, role in enumerate(sop.roles)}
    if not steps:
        raise PaperFailed(
            "Naskah SOP tidak dapat dibuat: lembar Langkah masih kosong.", "Isi lembar Langkah."
        )
    nodes = [
        Node(f"langkah {one.number}", lanes[one.role], shape_of(one, index))
        for index, one in enumerate(steps)
    ]
    arrows = [arrow for index, one in enumerate(steps) for arrow in _arrows(one, index, len(steps))]
    role = closing_role(sop)
    if role is not None:
        nodes.append(Node("selesai", lanes[role], Shape.CAPSULE))
    return Chart(tuple(nodes), tuple(arrows))


def closing_role(sop: Sop) -> str | None:
    """In whose lane the SOP closes when a decision ends it; None when an ordinary step does."""
    ending = [step.role for step in sop.steps if step.is_decision and END in (step.on_yes, step.on_no)]
    return ending[-1] if ending else None


def shape_of(step: Step, index: int) -> Shape:
    """Diamond for a decision, capsule for the first step and one that ends the SOP, else a box."""
    if step.is_decision:
        return Shape.DIAMOND
    ends = step.on_yes in (END, NO_STEP)
    return Shape.CAPSULE if index == 0 or ends else Shape.BOX


def _arrows(step: Step, index: int, steps: int) -> list[Arrow]:
    if not step.is_decision:
        target = _target(step, step.on_yes, steps, "Jika Ya")
        return [] if target is None else [Arrow(index, target)]
    found = []
    for word, column, after in ((YES, "Jika Ya", step.on_yes), (NO, "Jika Tidak", step.on_no)):
        target = _target(step, after, steps, column)
        found.append(Arrow(index, steps if target is None else target, word))
    return found


def _target(step: Step, after: int, steps: int, column: str) -> int | None:
    """The row that follows, None at the end."""
    if after == END or (after == NO_STEP and not step.is_decision):
        return None
    if not 0 <= after < steps:
        raise PaperFailed(
            f"Bagan alir tidak dapat digambar: {column} pada langkah {step.number} tidak menunjuk langkah yang ada.",
            _REMEDY,
        )
    return after


def narrated(sop: Sop, rows: Sequence[int]) -> str:
    """The flow of these rows as sentences, for the alternative text of the drawing."""
    return "Bagan alir. " + " ".join(_told(sop, row) for row in rows)


def _told(sop: Sop, row: int) -> str:
    if row >= len(sop.steps):
        return f"Selesai pada {closing_role(sop)}."
    step = sop.steps[row]
    role = " (mulai)" if row == 0 else ""
    said = f"Langkah {step.number} {step.role}{role}"
    if step.is_decision:
        return (
            f"{said}, keputusan: ya {_onward(sop, row, step.on_yes)}, tidak {_onward(sop, row, step.on_no)}."
        )
    if step.on_yes in (END, NO_STEP):
        return f"{said} (selesai)."
    return f"{said} {_onward(sop, row, step.on_yes)}."


def _onward(sop: Sop, row: int, after: int) -> str:
    if after < 0:
        return "selesai"
    way = "kembali ke" if after <= row else "ke"
    return f"{way} langkah {sop.steps[after].number}"
