"""The semester monitoring form: the facts of half a year, and room for a person's judgement of each procedure."""

from tracker.views.semester.document import semester_json
from tracker.views.semester.paper import SemesterPaper, semester_paper

__all__ = ["SemesterPaper", "semester_json", "semester_paper"]
