"""The monthly compliance report: the figures of a month as JSON, and as a paper ready to print."""

from tracker.views.monthly.crossfoot import check_cross_foot
from tracker.views.monthly.document import monthly_json
from tracker.views.monthly.narrative import narrative
from tracker.views.monthly.paper import MonthlyPaper, monthly_paper

__all__ = ["MonthlyPaper", "check_cross_foot", "monthly_json", "monthly_paper", "narrative"]
