"""Kepatuhan: how punctual are we, where does it go, and where is the time lost?"""

from tracker.dashboard.screens.compliance.page import show

__all__ = ["show"]
