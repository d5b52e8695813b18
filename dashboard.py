"""Door: `streamlit run dashboard.py`."""

from pathlib import Path

from streamlit.starlette import App

from tracker.dashboard.gate import gate
from tracker.dashboard.mishaps import show_mishap

app = App(
    Path(__file__).parent / "tracker" / "dashboard" / "script.py",
    middleware=gate(),
    on_script_error=show_mishap,
)
