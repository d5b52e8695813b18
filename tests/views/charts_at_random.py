"""Random SOPs for the tests of the flowchart, and a judge of drawings that shares no code with the router."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise
from random import Random

from tracker.views.flowchart import NO, YES, Arrow, Chart, Node, Page, Room, Shape, Sheet, draw, sop_sizes
from tracker.views.flowchart.symbols import Point

LANE_WIDTH = {1: 40.0, 2: 27.0, 3: 27.0, 4: 24.0, 5: 24.0, 6: 22.0}
ONE_PAGE = Room(first=10_000, other=10_000, tail=0, notes=50)


def random_chart(seed: int) -> tuple[Chart, int, list[float]]:
    """(chart, lanes, row heights): 2–20 steps, 1–6 lanes, several decisions, forward jumps, long loops."""
    random = Random(seed)
    steps, lanes = random.randint(2, 20), random.randint(1, 6)
    nodes, arrows = [], []
    for row in range(steps):
        decides = 0 < row < steps - 1 and random.random() < 0.42
        ends = row in (0, steps - 1)
        shape = Shape.DIAMOND if decides else Shape.CAPSULE if ends else Shape.BOX
        nodes.append(Node(f"langkah {row + 1}", random.randrange(lanes), shape))
        if row == steps - 1:
            continue
        onward = row + 1
        if random.random() < 0.07:
            onward = min(steps - 1, row + random.randint(2, 4))
        arrows.append(Arrow(row, onward, YES if decides else ""))
        if decides:
            back = random.choice([1, 1, 1, 2, 2, 3, 4, 6, 9])
            arrows.append(Arrow(row, max(0, row - back), NO))
    heights = [
        max(random.choice([12.0, 15.0, 15.0, 19.0, 26.0]), sop_sizes(LANE_WIDTH[lanes]).lowest(node.shape))
        for node in nodes
    ]
    return Chart(tuple(nodes), tuple(arrows)), lanes, heights


def drawn(chart: Chart, lanes: int, heights: list[float], room: Room = ONE_PAGE) -> tuple[Page, ...]:
    return draw(chart, heights, sheet(lanes, LANE_WIDTH[lanes], room))


def sheet(lanes: int, width: float, room: Room) -> Sheet:
    return Sheet(tuple(width * n for n in range(lanes + 1)), room, sop_sizes(width))


@cache
def random_page(seed: int) -> Page:
    """A random chart drawn on one endless page; once, however many tests look at it."""
    (page,) = drawn(*random_chart(seed))
    return page


Stretches = list[list[tuple[Point, Point]]]


@dataclass
class Faults:
    """What a judge counts on a page."""

    hits: int = 0
    overlaps: int = 0
    merges: int = 0
    crossings: int = 0
    bad_labels: int = 0
    from_below: int = 0
    same_gutter: int = 0
    slanted: int = 0


def judged(page: Page) -> Faults:
    """Count the faults of a drawing from its coordinates alone."""
    faults = Faults()
    stretches = [list(pairwise(way.path)) for way in page.ways]
    for way, link, parts in zip(page.ways, page.links, stretches, strict=True):
        faults.slanted += sum(a[0] != b[0] and a[1] != b[1] for a, b in parts)
        for index, symbol in enumerate(page.symbols):
            inset = 0.1 if index in (link.source, link.target) else -0.3
            left, top, right, bottom = symbol.box
            faults.hits += any(
                max(a[0], b[0]) > left + inset
                and min(a[0], b[0]) < right - inset
                and max(a[1], b[1]) > top + inset
                and min(a[1], b[1]) < bottom - inset
                for a, b in parts
            )
        if page.symbols[link.target].shape is not Shape.CONNECTOR and way.enter.name == "BOTTOM":
            faults.from_below += 1
    for one, two in combinations(range(len(page.ways)), 2):
        _pair(page, one, two, stretches, faults)
    _labels(page, stretches, faults)
    return faults


def _pair(page: Page, one: int, two: int, stretches: Stretches, faults: Faults) -> None:
    joined = page.ways[one].path[-1] == page.ways[two].path[-1]
    overlap = crossing = 0
    for a, b in stretches[one]:
        for c, d in stretches[two]:
            level, other = a[1] == b[1], c[1] == d[1]
            if level == other:
                axis = 1 if level else 0
                along = 1 - axis
                near = abs(a[axis] - c[axis]) < 0.8
                shared = min(max(a[along], b[along]), max(c[along], d[along])) - max(
                    min(a[along], b[along]), min(c[along], d[along])
                )
                overlap += near and shared > -0.3
                opposed = (b[along] - a[along]) * (d[along] - c[along]) < 0
                if not level and shared > 1 and opposed and abs(a[0] - c[0]) < 1.2:
                    faults.same_gutter += 1
            else:
                (a_, b_), (c_, d_) = ((a, b), (c, d)) if level else ((c, d), (a, b))
                x, y = c_[0], a_[1]
                inside = min(
                    x - min(a_[0], b_[0]), max(a_[0], b_[0]) - x, y - min(c_[1], d_[1]), max(c_[1], d_[1]) - y
                )
                crossing += inside > 0.3
                overlap += -0.3 <= inside <= 0.3
    faults.crossings += crossing
    if joined:
        faults.merges += 1
    elif overlap:
        faults.overlaps += 1


def _labels(page: Page, stretches: Stretches, faults: Faults) -> None:
    for label in page.labels:
        left, top, right, bottom = label.box
        on_line = any(
            max(a[0], b[0]) > left and min(a[0], b[0]) < right and max(a[1], b[1]) > top and min(a[1], b[1]) < bottom
            for parts in stretches for a, b in parts
        )  # fmt: skip
        on_symbol = any(symbol.touches(label.box, 0) for symbol in page.symbols)
        lanes, rows = page.field.lanes, page.field.rows
        outside = left < lanes[0] or right > lanes[-1] or top < rows[0] or bottom > rows[-1]
        clash = any(
            other is not label
            and other.box[0] < right
            and left < other.box[2]
            and other.box[1] < bottom
            and top < other.box[3]
            for other in page.labels
        )
        faults.bad_labels += on_line or on_symbol or outside or clash
