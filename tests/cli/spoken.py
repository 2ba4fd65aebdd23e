"""`muster` as it is typed, in this process: what it says, its exit code, and the application it would have served."""

import io
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from web_console import cli, cli_serving


class Served(NamedTuple):
    app: Any
    host: str


class Terminal:
    """A terminal with one data folder. `served`: what was given to the web server, which is not started."""

    def __init__(self, home: Path, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.home, self._capsys, self._patch = home, capsys, patch
        self.served: list[Served] = []
        patch.setattr(cli_serving, "serve_on_lan", lambda app, lan: self.served.append(Served(app, lan.addresses[0])))
        patch.setattr(cli_serving, "serve", lambda app, *, host, **_more: self.served.append(Served(app, host)))

    def muster(self, *words: str, typed: str = "") -> tuple[int, str]:
        """Exit code and everything said. `typed`: what stdin holds."""
        self._patch.setattr("sys.stdin", io.StringIO(typed))
        code = cli.main(["--home", str(self.home), *words])
        return code, self._capsys.readouterr().out
