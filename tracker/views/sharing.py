"""The hand-over of a published link to the WhatsApp group: the text, and the address that opens a chat picker.

Source: section 16 of the dashboard contract: a group cannot be addressed, and its invite link is never stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from tracker.sop.verdicts import Evaluation

__all__ = ["Shared", "shared"]


@dataclass(frozen=True, slots=True)
class Shared:
    """What is handed over; `text` is empty of links when the item has none yet."""

    id: str
    text: str
    links: tuple[str, ...]

    @property
    def url(self) -> str:
        """Opens WhatsApp with the text; the sender picks the chat."""
        return f"https://wa.me/?text={quote(self.text, safe='')}"


def shared(evaluation: Evaluation, item: int) -> Shared:
    """Title, channel and links of one item, a line each."""
    items = evaluation.register.items
    links = tuple(str(items.links[item]).split())
    head = " – ".join(part for part in (str(items.title[item]), str(items.channel[item])) if part)
    return Shared(str(items.id[item]), "\n".join((head, *links)), links)
