"""The demo with leaders who do nothing by themselves: they ring up, and a desk notes what they say."""

from web_console import cli, demo
from web_console.house import House


async def nobody_acts(house: House) -> None:
    """In place of what simulated leaders do."""
    del house


if __name__ == "__main__":
    demo.let_leaders_act = nobody_acts
    cli.main()
