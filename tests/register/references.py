"""What a formula refers to, as groups of cells: enough to show that no formula of the book can be circular.

A group is a column of a sheet, or (on the hidden sheet) a column of records or one cell of the settings row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_REFERENCE = re.compile(
    r"(?:(?P<sheet>'[^']+'|[A-Za-z]+)!)?\$(?P<left>[A-Z]+)(?P<first>\$?\d+)?(?::\$(?P<right>[A-Z]+)(?P<last>\$?\d+)?)?"
    r"(?![A-Z(])"
)
_TEXT = re.compile(r'"[^"]*"')
_FUNCTION = re.compile(r"([A-Z][A-Z0-9.]*)\(")


@dataclass(frozen=True)
class Edge:
    """A formula of `source` reads `target`: in its own row, the row above, or anywhere."""

    source: str
    target: str
    kind: str


def functions(formula: str) -> set[str]:
    """Names of the functions that a formula calls."""
    return set(_FUNCTION.findall(_TEXT.sub('""', formula)))


def edges(sheet: str, column: str, row: int, formula: str) -> Iterator[Edge]:
    """Everything that the formula in this cell reads."""
    source = f"{sheet}!{column}{row if row < 4 else ''}"
    for found in _REFERENCE.finditer(_TEXT.sub('""', formula)):
        target = (found["sheet"] or sheet).strip("'")
        for letter in _letters(found["left"], found["right"] or found["left"]):
            yield from _read(source, row, target, letter, found)


def _read(source: str, row: int, sheet: str, letter: str, found: re.Match[str]) -> Iterator[Edge]:
    first, last = found["first"], found["last"]
    if first is None:
        yield Edge(source, f"{sheet}!{letter}", "any")
        yield Edge(source, f"{sheet}!{letter}1", "any")
    elif found["right"] is None and not first.startswith("$"):
        kind = {0: "own", -1: "above", 1: "any"}[int(first) - row]
        yield Edge(source, f"{sheet}!{letter}", kind)
    else:
        number = int((last or first).replace("$", ""))
        yield Edge(source, f"{sheet}!{letter}{number if number < 4 else ''}", "any")


def _letters(left: str, right: str) -> Iterator[str]:
    def number(text: str) -> int:
        value = 0
        for letter in text:
            value = value * 26 + ord(letter) - 64
        return value

    for index in range(number(left), number(right) + 1):
        name, rest = "", index
        while rest:
            rest, digit = divmod(rest - 1, 26)
            name = chr(65 + digit) + name
        yield name


def cyclic(read: set[Edge]) -> list[Edge]:
    """Edges that could close a circle: within a knot only the row above and, in order, the own row may be read."""
    knots = _knots(read)
    inside = [edge for edge in read if knots[edge.source] == knots[edge.target]]
    bad = [edge for edge in inside if edge.kind == "any"]
    own = {edge for edge in inside if edge.kind == "own"}
    own_knots = _knots(own)
    return bad + [edge for edge in own if own_knots[edge.source] == own_knots[edge.target]]


def _knots(read: set[Edge]) -> Mapping[str, int]:
    """Strongly connected parts, by mutual reachability (the graph has about a hundred nodes)."""
    follow: dict[str, set[str]] = {}
    for edge in read:
        follow.setdefault(edge.source, set()).add(edge.target)
        follow.setdefault(edge.target, set())
    reach = {node: _reached(follow, node) for node in follow}
    names = sorted(follow)
    return {
        node: min(index for index, other in enumerate(names) if other == node or _mutual(reach, node, other))
        for node in names
    }


def _mutual(reach: Mapping[str, set[str]], one: str, two: str) -> bool:
    return two in reach[one] and one in reach[two]


def _reached(follow: Mapping[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = list(follow[start])
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting.extend(follow[node])
    return seen
