"""The line of twelve months: text above, figures on request below (C3).

What must scale with the column (the line) is a picture; what must stay readable (marks and words) is text over it.
"""

from __future__ import annotations

import base64

from tracker.dashboard.markup import Html, el, joined
from tracker.dashboard.texts import conclusions as words
from tracker.views.compliance import Trend, TrendPoint

__all__ = ["chart"]

_INK = "#14532d"


def chart(seen: Trend) -> Html:
    """The figure with its conclusion above and how to read it below."""
    note = words.chart_note(
        has_few=any(one.is_few for one in seen.points),
        has_gap=any(one.drawn.height is None for one in seen.points),
    )
    plot = el(
        "div",
        "plot",
        *_grid(seen),
        _picture(seen),
        *(_mark(one) for one in seen.points if one.drawn.height is not None),
    )
    axis = el("div", "axis", *(_month(one) for one in seen.points), aria_hidden="true")
    caption = [el("figcaption", "meta", note)] if note else []
    return el("figure", "trend", el("p", "conclusion", words.conclusion(seen)), plot, axis, *caption)


def _grid(seen: Trend) -> list[Html]:
    lines = [
        el("span", "rule", el("i", "", label), style=f"bottom:{height * 100:.2f}%", aria_hidden="true")
        for height, label in seen.grid
    ]
    if seen.target is not None:
        said = el("i", "", words.target_line(seen.target_percent))
        lines.append(el("span", "goal", said, style=f"bottom:{seen.target * 100:.2f}%", aria_hidden="true"))
    return lines


def _picture(seen: Trend) -> Html:
    """The line alone, stretched over the plot; its alternative text says every month."""
    paths = [
        el(
            "polyline",
            "",
            points=" ".join(f"{across * 100:.2f},{100 - height * 100:.2f}" for across, height in run),
            fill="none",
            stroke=_INK,
            stroke_width="2.5",
            stroke_linejoin="round",
            vector_effect="non-scaling-stroke",
        )
        for run in seen.runs
    ]
    drawn = el(
        "svg",
        "",
        *paths,
        xmlns="http://www.w3.org/2000/svg",
        viewBox="0 0 100 100",
        preserveAspectRatio="none",
    )
    source = base64.b64encode(drawn.encode()).decode("ascii")
    return el("img", "", src=f"data:image/svg+xml;base64,{source}", alt=seen.alt)


def _mark(one: TrendPoint) -> Html:
    kind = ".".join(
        name
        for name, holds in (("few", one.is_few), ("chosen", one.is_chosen), ("under", not one.drawn.above))
        if holds
    )
    share = one.drawn.value if one.is_few else f"{one.drawn.value}%"
    return el(
        "span",
        f"mark.{kind}" if kind else "mark",
        el("b", "", share),
        style=f"left:{one.across * 100:.2f}%;bottom:{(one.drawn.height or 0) * 100:.2f}%",
        title=words.point_hint(one.month),
        aria_hidden="true",
    )


def _month(one: TrendPoint) -> Html:
    year = [el("br", ""), one.drawn.year] if one.drawn.year else []
    return el("span", "chosen" if one.is_chosen else "", joined(one.drawn.month, *year))
