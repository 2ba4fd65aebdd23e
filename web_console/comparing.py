"""An incident of a realm, live or a drill, played on from a past moment with one thing changed, beside what happened. Nothing is written."""

import asyncio
from pathlib import Path
from typing import NamedTuple

from command.core.chance import SystemChance
from command.core.clock import SystemClock
from command.core.errors import Refused
from command.core.log_sqlite import SqliteLog
from command.core.realm import Folder
from command.core.records import Codec, Record
from drills.forks import Change
from drills.forks.comparing import Compared, compare
from incidents import Raised
from web_console.about import About, read_about
from web_console.forecasting.orders import Order
from web_console.forecasting.reader import Reader
from web_console.house import House
from web_console.rules import rules_of

_AT_ONCE = 4_096


class Moment(NamedTuple):
    """Of the log: its last position then."""

    position: int
    at_ms: int
    raised_ms: int


class Compares(NamedTuple):
    moment: Moment
    found: Compared


def compare_past(
    path: Path, incident: str, *, after_min: float, change: Change, branches: int, horizon_min: float, master: bytes
) -> Compares:
    """`after_min`: after it was raised; `horizon_min`: from then on. Raises FileNotFoundError where there is no such realm, incident or
    moment."""
    about, folder = about_of(path), Folder(path)
    moment = moment_of(folder, about.kind, incident, after_min)
    order = _order(folder, about, moment, incident=incident, branches=branches, horizon_ms=round(horizon_min * 60_000), change=change, master=master)  # fmt: skip
    reader = Reader(folder, kind=about.kind)
    try:
        reader.fold(moment.position)
        found = compare(
            reader.parent(order), incident=incident, change=change, branches=branches, until_ms=moment.at_ms + order.horizon_ms
        )
        return Compares(moment, found)
    finally:
        reader.close()


def about_of(path: Path) -> About:
    """What the realm is, live or a drill."""
    try:
        return read_about(path, kind="live")
    except Refused:
        return read_about(path, kind="drill")


def moment_of(folder: Folder, kind: str, incident: str, after_min: float) -> Moment:
    log, codec = SqliteLog(folder.log, epoch="", read_only=True), Codec(rules_of(kind).facts)
    raised_ms, at_ms, position = 0, 0, 0
    try:
        while records := log.after(position, _AT_ONCE):
            for record in records:
                raised_ms = raised_ms or _raised_ms(codec, record, incident)
                at_ms = raised_ms + round(after_min * 60_000)
                if raised_ms and record.at_ms > at_ms:
                    return Moment(position, at_ms, raised_ms)
                position = record.position
    finally:
        log.close()
    if not raised_ms:
        raise FileNotFoundError(f"{incident}: 没有这起事件 · no such incident")
    raise FileNotFoundError(f"T+{after_min:g}: 记录到不了这个时刻 · the record does not reach that moment")


def _raised_ms(codec: Codec, record: Record, incident: str) -> int:
    if record.name != Raised.NAME:
        return 0
    fact = codec.event(record).fact
    return record.at_ms if isinstance(fact, Raised) and fact.incident == incident else 0


def _order(
    folder: Folder, about: About, moment: Moment, *, incident: str, branches: int, horizon_ms: int, change: Change, master: bytes
) -> Order:  # fmt: skip
    """People and roads as they are now: the realm is opened beside whoever serves it."""
    house = House(
        folder.path, city=about.city, kind=about.kind, clock=SystemClock(), chance=SystemChance(), master=master, beside=True
    )
    try:
        roster = house.catalogue.roster
        return Order(
            position=moment.position, now_ms=moment.at_ms, roads=house.roads, rev=roster.rev, teams=tuple(roster.teams()),
            people=dict(roster.people), incidents=(incident,), branches=branches, horizon_ms=horizon_ms, seed=1, changes=(change,),
        )  # fmt: skip
    finally:
        asyncio.run(house.close())
