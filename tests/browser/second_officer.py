"""`python -m tests.browser.second_officer HOME OFFICER LOGIN PASSWORD`: one more account for the demo that lies there."""

import asyncio
import sys
from pathlib import Path

from command.core.clock import SystemClock
from web_console.demo import open_demo
from web_console.master_key import master_key


def main(home: Path, officer: str, login: str, password: str) -> None:
    house = open_demo(home / "realms" / "demo", master=master_key(home), clock=SystemClock())
    house.accounts.add(login, kind="officer", subject=officer, password=password)
    asyncio.run(house.close())


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:5])
