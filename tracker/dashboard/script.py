"""What Streamlit runs again at every click."""

from tracker.dashboard.frame import show

show()
