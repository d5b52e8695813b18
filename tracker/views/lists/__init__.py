"""The two working lists of page Laporan: what is running and late, and what is wrong in the book.

They are for a meeting or a round of mending, not for the archive: no number, no signature, no row in Arsip.
"""

from tracker.views.lists.issues import IssueList, issue_list, issues_json
from tracker.views.lists.running import RunningList, running_json, running_list

__all__ = ["IssueList", "RunningList", "issue_list", "issues_json", "running_json", "running_list"]
