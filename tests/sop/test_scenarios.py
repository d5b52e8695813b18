"""The stories of tests/scenarios: books as an office keeps them, and every finding they must give."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.sop.stories import STORIES, Story
from tracker.findings import CODES
from tracker.register.cells import raw_text
from tracker.register.store import letters
from tracker.sop.evaluation import evaluate

JOURNAL = {"W207"}
"""The one code without a story here: it compares the book with what earlier reads saw of it, and that stands in the
journal beside the book, not in any cell of it. Every other code, of the rules or of the reader, has a story."""

in_every_story = pytest.mark.parametrize(
    "story", [one for _, one in STORIES], ids=[f"{subject}: {story.title}" for subject, story in STORIES]
)


@in_every_story
def test_a_story_gives_its_findings_and_no_other(story: Story) -> None:
    found = evaluate(story.register, story.moment).findings
    places = [(one.code, one.place.sheet or "", str(one.place.row or ""), one.place.column or "", one.severity.value)
              for one in found]  # fmt: skip
    assert Counter(places) == story.expected


@in_every_story
def test_every_finding_names_its_cell_and_what_stands_there(story: Story) -> None:
    snapshot = story.snapshot
    for one in evaluate(story.register, story.moment).findings:
        place = one.place
        if place.row is None or place.cell is None:
            assert one.raw is None
            continue
        grid = snapshot.grid(place.sheet or "")
        assert grid is not None
        column = next(at for at in range(26) if place.cell == f"{letters(at)}{place.row}")
        cells = grid.rows[place.row - 1]
        there = grid.errors.get((place.row - 1, column)) or (cells[column] if column < len(cells) else None)
        assert (one.raw or "") == (raw_text(there) or "")


@in_every_story
def test_every_finding_names_the_id_and_step_of_its_row(story: Story) -> None:
    book = story.register
    items, events = book.items, book.events
    spelled = {row: id_ or None for row, id_ in zip(items.row.tolist(), items.id.tolist(), strict=True)}
    steps = {one.row: one.number for one in book.sop.steps}
    for one in evaluate(book, story.moment).findings:
        row = one.place.row
        if one.code.startswith("S50") and one.code < "S505":
            assert (one.id, one.step) == (None, None)
        elif one.place.sheet == "Register":
            assert (one.id, one.step) == (spelled[row], None)
        elif one.place.sheet == "Langkah":
            assert (one.id, one.step) == (None, steps.get(row or 0))
        elif one.place.sheet == "Riwayat" and row is not None and one.code not in ("W210", "D416"):
            at = events.row.tolist().index(row)
            owner, step_at = int(events.item[at]), int(events.step[at])
            id_ = items.id[owner] if owner >= 0 else events.id[at] or None
            assert (one.id, one.step) == (id_, book.sop.steps[step_at].number if step_at >= 0 else None)


def test_every_code_has_a_story() -> None:
    told = {code for _, story in STORIES for code, *_ in story.expected}
    assert set(CODES) - JOURNAL == told


def test_both_severities_of_a_code_have_a_story() -> None:
    told = {(code, severity) for _, story in STORIES for code, _, _, _, severity in story.expected}
    softer = {(one.code, severity.value) for one in CODES.values() if one.softer
              for severity in (one.severity, one.softer)}  # fmt: skip
    assert softer <= told
