"""The terminal of most stories: at a data folder with one live realm, the town."""

from pathlib import Path

import pytest

from command.core.clock import SystemClock
from tests.cli.spoken import Terminal
from tests.town import MASTER, open_town
from web_console.about import About, make_realm


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    monkeypatch.setenv("MUSTER_MASTER_KEY", MASTER.hex())
    make_realm(tmp_path / "realms" / "realm", About(city="9901", name="云江市", kind="live"))
    open_town(tmp_path / "realms", clock=SystemClock()).realm.close()
    return Terminal(tmp_path, monkeypatch, capsys)
