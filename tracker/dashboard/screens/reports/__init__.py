"""Laporan: choose a paper, see it, take it."""

from tracker.dashboard.screens.reports.page import show

__all__ = ["show"]
