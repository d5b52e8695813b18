"""The control card of one item: what was done, by whom, when, and the path it really took."""

from tracker.views.card.document import card_json
from tracker.views.card.paper import CardPaper, card_paper
from tracker.views.card.rows import CardRow

__all__ = ["CardPaper", "CardRow", "card_json", "card_paper"]
