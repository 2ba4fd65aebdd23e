"""The demo as it is thirteen hours later, with leaders who do nothing by themselves."""

from command.core.clock import SystemClock
from tests.browser.quiet import nobody_acts
from web_console import cli, cli_serving, demo

LATER_MS = 13 * 3_600_000


class LaterClock(SystemClock):
    """Ahead of this machine's own."""

    def wall_ms(self) -> int:
        return super().wall_ms() + LATER_MS


if __name__ == "__main__":
    demo.let_act = nobody_acts
    cli_serving.SystemClock = LaterClock  # type: ignore[attr-defined]
    cli.main()
