"""A realm on disk with a little history, for tests of what lies in its folder."""

from pathlib import Path

from command.core.asks import Ask
from command.core.chance import SeededChance
from command.core.clock import ManualClock
from command.core.realm import Folder, Realm
from command.core.restoring import WHY
from incidents import Report
from tests.kit import COUNTY, MASTER, ordered, planned, raising, wave
from tests.rules import HOUSE

RECORDS = 8
"""What `fill` records; the seventh has a private part."""


def open_realm(path: Path, *, clock: ManualClock | None = None, beside: bool = False) -> Realm:
    return Realm(Folder(path), rules=HOUSE, clock=clock or ManualClock(), chance=SeededChance(7), master=MASTER, beside=beside)


def restored_realm(folder: Folder, *, clock: ManualClock | None = None, master: bytes = MASTER) -> Realm:
    """What a restore opens the realm with that it made ready."""
    return Realm(folder, rules=HOUSE, clock=clock or ManualClock(), chance=SeededChance(8), master=master, replaced=WHY)


def fill(realm: Realm) -> None:
    commands = (ordered(), wave((planned(1),)), raising("i2", report=Report(words="secret words"), needs=(), verify=True))
    for number, command in enumerate(commands):
        realm.core.turn([Ask(command=command, actor="officer:1", command_id=f"{number}", authority=COUNTY, cause=1)])
