"""The demo with leaders who do nothing by themselves: they ring up, and a desk notes what they say."""

from drills.agenda import Agenda
from web_console import cli, demo
from web_console.house import House


async def nobody_acts(house: House, crews: Agenda) -> None:
    """In place of what simulated leaders do."""
    del house, crews


if __name__ == "__main__":
    demo.let_act = nobody_acts
    cli.main()
