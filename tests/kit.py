"""What stories are told with: a realm in a temporary place, a manual clock, seeded chance, and short words for commands."""

from pathlib import Path

import msgspec

from command.core.asks import Ask, Outcome, Receipt
from command.core.chance import SeededChance
from command.core.clock import ManualClock
from command.core.core import Core
from command.core.facts import NOW, Authority, Command, Times
from command.core.log import Log
from command.core.log_memory import MemoryLog
from command.core.log_sqlite import SqliteLog
from command.core.vault import Vault
from incidents import Need, Place, RaiseIncident, Report
from mobilization import AnswerCall, CallWave, PlannedCall, RaiseAndOrder
from tests.rules import HOUSE

MASTER = b"m" * 32
COUNTY = Authority(post="990101", role="duty_officer")
CITY = Authority(post="9901", role="duty_officer")
TOWNSHIP = Authority(post="990101001", role="duty_officer")
PATH = ("9901", "990101", "990101001")


class Desk:
    """A core with someone to ask it. `folder=None` keeps the log in memory."""

    def __init__(
        self, folder: Path | None = None, *, seed: int = 1, clock: ManualClock | None = None, alive_ms: int | None = None,
        full_sync: bool = True,
    ) -> None:  # fmt: skip
        self.clock = clock or ManualClock()
        chance = SeededChance(seed)
        self.log: Log = MemoryLog() if folder is None else SqliteLog(folder / "log.db", epoch="first", full_sync=full_sync)
        self.vault = Vault(None if folder is None else folder / "vault.db", master=MASTER, chance=chance)
        self.core = Core(log=self.log, rules=HOUSE, vault=self.vault, clock=self.clock, alive_ms=alive_ms)
        self._asked = 0

    def ask(
        self, command: Command, *, by: str = "officer:1", authority: Authority | None = COUNTY, id_: str = "",
        times: Times = NOW,
    ) -> Outcome:  # fmt: skip
        self._asked += 1
        ask = Ask(command=command, actor=by, command_id=id_ or f"{self._asked:012d}", authority=authority, times=times)
        return self.core.turn([ask])[0]

    def names(self) -> list[str]:
        return [record.name for record in self.log.after(0, 1_000_000)]

    def tick(self, *, seconds: float = 0) -> None:
        self.clock.advance(seconds=seconds)
        self.core.turn([])

    def close(self) -> None:
        self.log.close()
        self.vault.close()


def fact_of(outcome: Outcome, number: int = 0) -> dict[str, object]:
    assert isinstance(outcome, Receipt), outcome
    found: dict[str, object] = msgspec.json.decode(outcome.events[number].data)
    return found


def need(speciality: str = "FIRST_AID", minimum: int = 3, maximum: int = 3) -> Need:
    return Need(speciality=speciality, minimum=minimum, maximum=maximum)


def place(path: tuple[str, ...] = PATH) -> Place:
    return Place(
        lon=111.3, lat=30.7, exact=True, cell="250/1/1", path=path, township="by_fence", stations=(), outside_circles=True, areas="a"
    )  # fmt: skip


def raising(
    incident: str = "i1", *, needs: tuple[Need, ...] = (need(),), report: Report | None = None, verify: bool = True
) -> RaiseIncident:
    return RaiseIncident(
        incident=incident, category="20700", severity=4, name="火灾", place=place(), source="phone", mode="EMERGENCY",
        lead="990101", needs=needs, verify=verify, report=report,
    )  # fmt: skip


def ordered(incident: str = "i1", *, needs: tuple[Need, ...] = (need(),), channels: tuple[str, ...] = ()) -> RaiseAndOrder:
    return RaiseAndOrder(raising=raising(incident, needs=needs), mobilization=f"m-{incident}", channels=channels)


def planned(
    number: int, *, person: str = "", team: str = "", crew: int = 1, minimum_crew: int = 1, call: str = "", awake: bool = True
) -> PlannedCall:
    person = person or f"p{number}"
    return PlannedCall(
        call=call or f"c{number}", team=team or f"t{number}", person=person, role="leader", speciality="FIRST_AID", ladder=(person,),
        crew_max=crew, minimum_crew=minimum_crew, distance_m=900, seconds_to=300, travel_source="straight_line", chance=0.5,
        chance_source="assumed", awake=awake, from_lon=111.3, from_lat=30.7, simulated=False,
    )  # fmt: skip


def wave(calls: tuple[PlannedCall, ...], *, incident: str = "i1") -> CallWave:
    return CallWave(mobilization=f"m-{incident}", calls=calls, registry_rev=1, why_not={}, why_blob="", gates={}, short={})


def accept(call: str, heads: int = 1) -> AnswerCall:
    return AnswerCall(call=call, answer="accept", heads=heads)
