"""What typst says of the size of things before anything is drawn: the first of two passes.

Typst alone knows how text breaks, Python alone knows how lines run; so a cheap compile measures, Python splits pages
and routes, and a second compile draws rows of fixed height (source: the papers' layout, section 2, Two passes).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import typst

from tracker.errors import PaperFailed
from tracker.views import wording
from tracker.views.papers.compile import REMEDY, Metadata, compiler, filled_in, sources

if TYPE_CHECKING:
    from tracker.views.papers.text import Printable

__all__ = ["measured", "measured_to_fit"]

_SELECTOR: Final = "<measured>"
_LIMITS: Final = (240, 90, 30)
"""Characters of a text where a row would be higher than a page."""


def measured(
    template: str,
    data: Mapping[str, Printable],
    *,
    metadata: Metadata,
    images: Mapping[str, bytes] | None = None,
) -> dict[str, Any]:
    """The value of the metadata labelled `<measured>` in `template`, filled with `data` as for `render`.

    PaperFailed when typst refuses.
    """
    files = sources(template, filled_in(data, metadata, ()), images or {})
    try:
        found = compiler(files).query(_SELECTOR, field="value", one=True)
    except (typst.TypstError, RuntimeError) as error:
        raise PaperFailed(f"Naskah tidak dapat diukur: {error}.", REMEDY) from error
    value = json.loads(found)
    if not isinstance(value, dict):
        raise PaperFailed("Penata huruf tidak menghasilkan ukuran.", REMEDY)
    return value


def measured_to_fit(
    data: Mapping[str, Printable],
    texts: Sequence[str],
    measure: Callable[[Mapping[str, Printable]], dict[str, Any]],
    fits: Callable[[dict[str, Any]], bool],
) -> tuple[dict[str, Any], dict[str, Any]]:
    """(the data, what was measured of it); the fields named `texts` are shortened until `fits` says so.

    Only texts that no office writes need it: five hundred characters that the fonts lack are four thousand on paper.
    """
    found = measure(data)
    for limit in _LIMITS:
        if fits(found):
            break
        data = dict(data) | {name: _shortened(data[name], limit) for name in texts}
        found = measure(data)
    return dict(data), found


def _shortened(tree: Printable, limit: int) -> Printable:
    if isinstance(tree, str):
        return tree if len(tree) <= limit else wording.shortened(tree, limit)
    if isinstance(tree, Mapping):
        return {key: _shortened(value, limit) for key, value in tree.items()}
    if isinstance(tree, Sequence):
        return [_shortened(value, limit) for value in tree]
    return tree
