"""Flowcharts in lanes: pure geometry in millimetres, deterministic, for any SOP of 2–20 steps and 1–6 lanes."""

from tracker.views.flowchart.chart import NO, YES, Arrow, Chart, Node
from tracker.views.flowchart.drawing import Page, Sheet, Strip, draw
from tracker.views.flowchart.pages import Room
from tracker.views.flowchart.symbols import Shape, Sizes, card_sizes, sop_sizes

__all__ = [
    "NO",
    "YES",
    "Arrow",
    "Chart",
    "Node",
    "Page",
    "Room",
    "Shape",
    "Sheet",
    "Sizes",
    "Strip",
    "card_sizes",
    "draw",
    "sop_sizes",
]
