"""The committed `.streamlit/config.toml`: every outward call of Streamlit closed, every option one it knows."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

CONFIG = Path(__file__).resolve().parents[1] / ".streamlit" / "config.toml"


@pytest.fixture(scope="module")
def options() -> dict[str, object]:
    sections = tomllib.loads(CONFIG.read_text(encoding="utf-8"))
    return {f"{section}.{key}": value for section, keys in sections.items() for key, value in keys.items()}


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("server.address", "127.0.0.1"),
        ("browser.serverAddress", "127.0.0.1"),
        ("browser.gatherUsageStats", False),
        ("server.showEmailPrompt", False),
        ("server.headless", True),
        ("server.enableCORS", True),
        ("server.enableXsrfProtection", True),
        ("server.enableAgentApi", False),
        ("client.showErrorDetails", "none"),
        ("client.showErrorLinks", False),
        ("client.toolbarMode", "minimal"),
        ("theme.base", "light"),
        ("theme.font", "sans-serif"),
    ],
)
def test_the_server_stays_on_this_machine(options: dict[str, object], option: str, value: object) -> None:
    assert options[option] == value


def test_no_click_pays_for_walking_the_whole_register(options: dict[str, object]) -> None:
    assert options["runner.postScriptGC"] is False


def test_every_option_is_known_to_the_installed_streamlit(options: dict[str, object]) -> None:
    from streamlit import config

    known = config.get_config_options().keys()
    assert sorted(options.keys() - known) == []


def test_nothing_is_fetched_from_an_address(options: dict[str, object]) -> None:
    assert [name for name, value in options.items() if "://" in str(value)] == []
