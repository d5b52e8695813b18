"""Every text that the screen shows stands in the one catalogue, and HTML is made in one place only."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tracker.dashboard.markup import Html, el, plain_label, spaces_shown

ROOM = Path(__file__).parents[2] / "tracker" / "dashboard"
SOURCES = sorted(one for one in ROOM.rglob("*.py") if one.parent.name != "texts")
SENTENCE = re.compile(r"[A-Za-z]{2,}\s+[A-Za-z]{2,}|\b[A-Z][a-z]{2,}\b")
NO_TEXT = re.compile(
    r"^(:material/\w+:|text/html|Cache-Control|X-Content-Type-Options|Referrer-Policy|X-Frame-Options|SAMEORIGIN"
    r"|mishap %s|noopener noreferrer|<.*>|:root.*|Riwayat!)$",
    re.DOTALL,
)


def texts_in(path: Path) -> Iterator[tuple[int, str]]:
    """The string literals that are neither docstrings nor annotations."""
    tree = ast.parse(path.read_text("utf-8"))
    silent = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    exported = [
        one for one in tree.body if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == "__all__"
    ]
    silent |= {id(node) for one in exported for node in ast.walk(one)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            yield node.lineno, node.value


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOM)))
def test_no_text_stands_outside_the_catalogue(path: Path) -> None:
    found = [
        (line, text) for line, text in texts_in(path) if SENTENCE.search(text) and not NO_TEXT.match(text)
    ]
    assert found == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOM)))
def test_no_html_or_script_is_written_by_hand(path: Path) -> None:
    source = path.read_text("utf-8")
    assert "unsafe_allow_html" not in source
    assert "unsafe_allow_javascript" not in source


def test_text_becomes_text() -> None:
    assert (
        el("p", "a.b", "<script>", title='"x"') == '<p class="a b" title="&quot;x&quot;">&lt;script&gt;</p>'
    )
    assert el("p", "", Html("<b>x</b>")) == "<p><b>x</b></p>"
    assert plain_label(":red[x] **y** $z$") == r"\:red\[x\] \*\*y\*\* \$z\$"
    assert spaces_shown("a  b") == 'a<i class="sp">␣</i><i class="sp">␣</i>b'
