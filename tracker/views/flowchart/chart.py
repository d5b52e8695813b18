"""A flowchart before it is drawn: one node a row, each in a lane, and the arrows between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tracker.views.flowchart.symbols import Shape

__all__ = ["NO", "YES", "Arrow", "Chart", "Node"]

YES: Final = "ya"
NO: Final = "tidak"


@dataclass(frozen=True, slots=True)
class Node:
    """The symbol of one row; `name` is how connectors speak of it (`langkah 5`)."""

    name: str
    lane: int
    shape: Shape


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one row to another; `label` stands at its beginning (`ya`, `tidak` or nothing)."""

    source: int
    target: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole flow; the n-th node stands in the n-th row."""

    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
