"""`muster backup` of a realm that is taking commands, and `muster restore` of what it copied."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from command.core.clock import SystemClock
from command.core.log_sqlite import SqliteLog
from command.core.records import Record
from tests.cli.spoken import Terminal
from tests.kit import COUNTY, need, ordered, raising
from tests.town import MASTER, open_town
from web_console.about import About, make_realm
from web_console.house import House

BEFORE = 200


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    monkeypatch.setenv("MUSTER_MASTER_KEY", MASTER.hex())
    make_realm(tmp_path / "realms" / "realm", About(city="9901", name="云江市", kind="live"))
    return Terminal(tmp_path, monkeypatch, capsys)


def start_backup(home: Path, target: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "web_console.cli", "--home", str(home), "--realm", "realm", "backup", str(target)]
    environment = {**os.environ, "PYTHONPATH": "."}
    return subprocess.Popen(command, env=environment, cwd=Path(__file__).parent.parent.parent, stdout=subprocess.DEVNULL)


async def serve(house: House, home: Path, target: Path) -> tuple[int, int]:
    """Commands one after the other, before and as long as the backup runs; how many before and in all."""
    await house.open()
    house.run()

    async def command(number: int) -> None:
        incident = f"i{number}"
        asked = ordered(incident, needs=(need(minimum=1),)) if number == 0 else raising(incident)
        await house.ask(asked, actor="officer:bo", command_id=f"{number:06d}", authority=COUNTY)

    for number in range(BEFORE):
        await command(number)
    number, position = BEFORE, house.core.position
    with start_backup(home, target) as copying:
        while copying.poll() is None:
            await command(number)
            number += 1
        assert copying.returncode == 0
    await house.close()
    return position, number


def records(path: Path) -> list[Record]:
    log = SqliteLog(path, epoch="")
    try:
        return log.after(0, 1_000_000)
    finally:
        log.close()


def test_backup_of_a_running_server_is_whole_and_can_be_restored(tmp_path: Path, terminal: Terminal) -> None:
    house = open_town(tmp_path / "realms", clock=SystemClock())
    copy = tmp_path / "backups" / "one"
    position, commands = asyncio.run(serve(house, tmp_path, copy))
    assert commands > BEFORE, "the server went on meanwhile"
    live, copied = records(tmp_path / "realms" / "realm" / "log.db"), records(copy / "log.db")
    assert position <= len(copied) <= len(live)
    assert copied == live[: len(copied)]
    assert terminal.muster("--realm", "again", "restore", str(copy))[0] == 0
    restored_log = records(tmp_path / "realms" / "again" / "log.db")
    assert restored_log[: len(copied)] == copied
    assert {r.name for r in restored_log[len(copied) :]} <= {"realm.resumed", "history.replaced"}
    code, said = terminal.muster("--realm", "again", "verify-log")
    assert (code, f"{len(restored_log)} 条完好" in said) == (0, True)
    assert f"history was replaced at: {len(restored_log)}" in said
    assert terminal.muster("--realm", "realm", "verify-log")[0] == 0
    assert terminal.muster("--realm", "again", "serve")[0] == 0
    restored: House = terminal.served[0].app.state.house
    assert restored.names.officers["bo"].name == "李江"
    assert restored.core.world.look(f"incident:i{BEFORE - 1}") is not None
    asyncio.run(restored.close())
