"""The text of an activity as lines: sub-activities and choices become lists with a hanging indent.

Source: reports, section 1 (sub-activities a., b. are set as a list) and the SOP page of the specification, where
step 5 reads `…: Setuju → Perintah Pengunggahan; Tidak Setuju → Perbaikan`. No word is added or lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Final

__all__ = ["Passage", "passages"]

_DASH: Final = "–"
_LETTER: Final = re.compile(r"(?:(?<=\s)|^)([a-z])[.)]\s+")
_BULLET: Final = re.compile(r"^[-–•*]\s+")
_CHOICE: Final = re.compile(r"→|->")


@dataclass(frozen=True, slots=True)
class Passage:
    """One line of an activity; `marker` is `a.`, a dash, or empty."""

    marker: str
    text: str


def passages(activity: str) -> tuple[Passage, ...]:
    """The lines of an activity, in order.

    >>> [one.marker for one in passages("a. Mengunggah konten; b. Menyampaikan tautan")]
    ['a.', 'b.']
    >>> [one.text for one in passages("Memberi persetujuan: Setuju → Unggah; Tidak Setuju → Perbaikan")]
    ['Memberi persetujuan:', 'Setuju → Unggah;', 'Tidak Setuju → Perbaikan']
    """
    lines = [" ".join(line.split()) for line in activity.splitlines()]
    return tuple(one for line in lines if line for one in _of_line(line))


def _of_line(line: str) -> list[Passage]:
    bullet = _BULLET.match(line)
    if bullet:
        return [Passage(_DASH, line[bullet.end() :])]
    lettered = _lettered(line)
    return lettered or _choices(line)


def _lettered(line: str) -> list[Passage]:
    """Cut before `a.`, `b.` … as long as they follow one another; empty when there are not two of them."""
    cuts: list[re.Match[str]] = []
    for match in _LETTER.finditer(line):
        if len(cuts) < len(ascii_lowercase) and match[1] == ascii_lowercase[len(cuts)]:
            cuts.append(match)
    continues = _LETTER.match(line)
    if len(cuts) < 2 and not continues:
        return []
    if continues and (not cuts or cuts[0].start() != 0):
        return [Passage(f"{continues[1]}.", line[continues.end() :])]
    ends = [*(cut.start() for cut in cuts[1:]), len(line)]
    lead = line[: cuts[0].start()].strip()
    parts = [
        Passage(f"{cut[1]}.", line[cut.end() : end].strip()) for cut, end in zip(cuts, ends, strict=True)
    ]
    return [*([Passage("", lead)] if lead else []), *parts]


def _choices(line: str) -> list[Passage]:
    """`lead: this → that; else → other` as a line and two dashes."""
    arrow = _CHOICE.search(line)
    if arrow is None:
        return [Passage("", line)]
    colon = line.rfind(":", 0, arrow.start())
    lead, rest = line[: colon + 1].strip(), line[colon + 1 :]
    choices = [part.strip() for part in re.split(r"(?<=;)", rest) if part.strip()]
    return [*([Passage("", lead)] if lead else []), *(Passage(_DASH, one) for one in choices)]
