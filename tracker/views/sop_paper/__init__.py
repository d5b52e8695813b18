"""The SOP itself as a paper: identity, steps, flow."""

from tracker.views.sop_paper.document import sop_json
from tracker.views.sop_paper.flow import flow_of, shape_of
from tracker.views.sop_paper.paper import SopPaper, sop_paper
from tracker.views.sop_paper.passages import Passage, passages

__all__ = ["Passage", "SopPaper", "flow_of", "passages", "shape_of", "sop_json", "sop_paper"]
