"""A replay of real reports in a realm of its own: a made-up city, simulated people, virtual time, the whole loop.

Only assembly may do this: it makes the realm, wires the desk of `drills.duty` to the house, and counts what became of it.
"""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from command.core.chance import SeededChance
from command.core.clock import ManualClock, SystemClock
from command.core.facts import Event
from drills.city import CityPlan
from drills.duty import DutyDesk, reasons
from drills.reports import CityFigures, Table, read_reports
from incidents import Merged, Raised
from mobilization import Answered, Progressed, WaveCalled
from web_console.bringing import bring_city
from web_console.drilling import stage_of
from web_console.house import House

_DAY_MS = 86_400_000


class Counted(NamedTuple):
    """What became of the reports. `raised` + `merged` + `refused` = `read`; calls are offers, `accepted` those that got seats."""

    read: int
    raised: int
    merged: int
    refused: int
    reasons: dict[str, int]
    calls: int
    accepted: int
    arrived: int
    lost: int
    events: int
    first_ms: int
    last_ms: int
    took_ms: int


def in_words(counted: Counted) -> str:
    """For the terminal: the counts, which add up, what was simulated, and how long it took."""
    c = counted
    why = "，".join(f"{code} {count}" for code, count in c.reasons.items()) or "—"
    days = (c.last_ms - c.first_ms) / _DAY_MS
    return f"""\
城市、站点、人员、值班员和队长均为虚构，由程序模拟；只有报告的时间、地点和类别是真实的 · made-up city, simulated people, real reports
读入 {c.read} = 登记 {c.raised} + 合并 {c.merged} + 未登记 {c.refused} · read = raised + merged + refused（{why}）
召集 {c.calls} 次，应召 {c.accepted}，到场 {c.arrived}，迟到未受理 {c.lost} · calls, accepted, arrived, too late
{c.events} 条记录，推演 {days:.1f} 天，用时 {c.took_ms / 1000:.1f} 秒 · records, days of virtual time, seconds taken"""


class _Tally:
    """Counts facts as they happen."""

    def __init__(self) -> None:
        self.raised = self.merged = self.calls = self.accepted = self.arrived = 0

    def follow(self, event: Event) -> None:
        match event.fact:
            case Raised():
                self.raised += 1
            case Merged():
                self.merged += 1
            case WaveCalled(calls=calls):
                self.calls += len(calls)
            case Answered(seated=seated):
                self.accepted += seated > 0
            case Progressed(did="arrived"):
                self.arrived += 1
            case _:
                pass


def plan_of(figures: CityFigures, *, first_ms: int, seed: int) -> CityPlan:
    """The made-up city, its certificates and insurance dated around the first report."""
    shape: dict[str, Any] = msgspec.structs.asdict(figures)
    return CityPlan(seed=seed, today=datetime.fromtimestamp(first_ms / 1000, UTC).date(), **shape)


def replay(folder: Path, file: Path, *, table: Table, master: bytes, seed: int = 1) -> Counted:
    """Every report of `file` through a new realm at `folder`, at full speed. Raises FileExistsError, ValueError."""
    rows, bad = read_reports(file)
    if folder.exists():
        raise FileExistsError(f"{folder}: 已存在，请换一个实例名 · exists already, choose another realm")
    if not rows:
        raise ValueError(f"{file.name}: 没有可读的报告 · no report that can be read")
    began, clock = SystemClock().mono_ms(), ManualClock(rows[0].at_ms)
    house = House(
        folder, city=table.city.code, kind="drill", clock=clock, chance=SeededChance(seed), master=master, full_sync=False
    )  # fmt: skip
    bring_city(house, plan_of(table.city, first_ms=rows[0].at_ms, seed=seed))
    desk, tally = DutyDesk(rows, table, look=house.core.world.look, ground=house.ground, city=house.city), _Tally()
    try:
        stage = stage_of(house, clock, desks=desk, seed=seed, seen=[tally])
        stage.run_out()
        events = house.core.position
    finally:
        asyncio.run(house.close())
    refused = {**reasons(desk.refused), **({"report.unreadable": len(bad)} if bad else {})}
    return Counted(
        read=len(rows) + len(bad), raised=tally.raised - tally.merged, merged=tally.merged, refused=sum(refused.values()), reasons=refused,
        calls=tally.calls, accepted=tally.accepted, arrived=tally.arrived, lost=sum(stage.refused.values()), events=events,
        first_ms=rows[0].at_ms, last_ms=clock.wall_ms(), took_ms=SystemClock().mono_ms() - began,
    )  # fmt: skip
