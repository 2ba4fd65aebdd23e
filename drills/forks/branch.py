"""One branch: the states of a moment over the log before it, and everyone in it simulated from there on."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from command.core.chance import SeededChance
from command.core.clock import ManualClock
from command.core.core import Core, Start
from command.core.facts import Event, Look, Rules
from command.core.log import Log
from command.core.log_fork import ForkLog
from command.core.vault import Vault
from command.core.world import World
from drills.agenda import Cast
from drills.disturbed import Disturbed
from drills.forks.acting import RECORDED, Acting
from drills.forks.changes import AS_IT_IS, Change, NextWave, asks_for, with_more
from drills.forks.needs import Needs
from drills.forks.recalling import Recalled, shut_by
from drills.forks.recorded import Record
from drills.leaders import Gateway, Leaders, way_of
from drills.picture import Picture
from drills.responders import ProfileOf, Responders, usual_profile
from drills.stage import Stage
from drills.staging import Staged
from geo import Trip
from incidents import Incident, Zone
from mobilization import Call
from mobilization.planning import Outlook
from mobilization.policies import OrdersPolicy, PagerPolicy, WavePolicy
from mobilization.roster import Roster, Travel

_MASTER = b"a branch keeps no secrets       "


Reckoned = dict[tuple[float, float, tuple[float, float] | None, frozenset[object]], Trip | None]
"""Ways by base, place, and what shuts roads."""


class Parent(NamedTuple):
    """The moment a branch grows from: `world` as folded up to `position`, whose record has `hash`; `now_ms`: that moment. `travel`: by
    the roads without what these zones shut. `mobilizations`: those that are not over; `calls`: all there were; `staged`: of a drill;
    `record`: what really happened, also behind this moment: people do it again, and officers too; `reckoned`: ways that all branches of
    this parent share."""

    world: World
    log: Log
    position: int
    hash: bytes
    now_ms: int
    rules: Rules
    roster: Roster
    travel: Callable[[Iterable[Zone]], Travel]
    picture: Picture
    mobilizations: Sequence[str]
    calls: Sequence[str]
    staged: Staged | None = None
    record: Record | None = None
    reckoned: Reckoned | None = None


class Branch(NamedTuple):
    """`recalled`: its people, `acting`: its officers, where there is a record."""

    core: Core
    stage: Stage
    needs: Needs
    log: ForkLog
    recalled: Recalled | None = None
    acting: Acting | None = None

    @property
    def refused(self) -> int:
        """What officers did in the record and came to nothing here: it was refused, or there was nobody for it."""
        if self.acting is None:
            return 0
        taken = {record.command_id for record in self.log.own() if record.command_id.startswith(RECORDED)}
        return self.acting.tried - len(taken)


def branch(
    parent: Parent,
    *,
    seed: int,
    change: Change = AS_IT_IS,
    casts: Callable[[Core], Sequence[Cast]] | None = None,
    needs: Needs | None = None,
) -> Branch:
    """Its states are a copy of a dictionary; the parent's log is read, never written. It is played by `branch.stage.run`. `casts`:
    who acts in it besides the leaders, the gateways, and the officers of the record; `needs`: as they were met before."""
    world, clock = parent.world.fork(), ManualClock(parent.now_ms)
    chance = SeededChance(seed)
    log = ForkLog(parent.log, at=parent.position, hash_=parent.hash, epoch=f"fork-{seed}")
    core = Core(
        log=log, rules=parent.rules, vault=Vault(None, master=_MASTER, chance=chance), clock=clock, alive_ms=parent.now_ms,
        start=Start(world, parent.position, parent.hash, parent.now_ms),
    )  # fmt: skip
    look = core.world.look
    picture = parent.picture.fork(look)
    roster = with_more(parent.roster, change)

    disturbed = Disturbed(parent.staged, look)

    def is_awake(_person: str) -> bool:
        return not disturbed.pages_fail(clock.wall_ms())

    def outlook() -> Outlook:
        return Outlook(roster=roster, travel=parent.travel(picture.standing_zones()), is_awake=is_awake)

    def way(call: Call, zones: Iterable[Zone]) -> Trip | None:
        return way_of(call, look, parent.travel(zones), lambda: parent.travel(()))

    def travel(call: Call) -> Trip | None:
        return way(call, picture.standing_zones())

    def ways(call: Call, zones: Iterable[Zone]) -> Trip | None:
        """Other branches ask for the same ways, and roads take long to be shut and opened for each."""
        if parent.reckoned is None:
            return way(call, zones)
        found = tuple(zones)
        incident = look(f"incident:{call.incident}")
        place = (incident.place.lon, incident.place.lat) if isinstance(incident, Incident) else None
        key = call.from_lon, call.from_lat, place, shut_by(found)
        if key not in parent.reckoned:
            parent.reckoned[key] = way(call, found)
        return parent.reckoned[key]

    profile_of, recalled = _profile_of(parent.staged), None
    if parent.record is not None:
        recalled = Recalled(
            parent.record, position=parent.position, seed=seed, travel=travel, zones=picture.standing_zones, ways=ways,
            profile_of=profile_of,
        )  # fmt: skip
    responders = recalled or Responders(seed=seed, profile_of=profile_of, travel=travel)
    needs = Needs(look, parent.mobilizations, parent.now_ms) if needs is None else needs.fork(look)
    acting = None if parent.record is None else _acting(parent.record, parent.position, change, look, outlook)
    stage = Stage(
        core=core, log=log, clock=clock, seen=[picture, needs, *([recalled] if recalled is not None else [])],
        policies=[
            WavePolicy(look=look, outlook=outlook, keep=_nowhere),
            PagerPolicy(look=look, is_awake=is_awake),
            OrdersPolicy(look=look, orders_of=picture.orders_of),
        ],
        casts=[
            *([acting] if acting is not None else []),
            Leaders(
                responders, look=look, calls=parent.calls, orders_of=picture.orders_of, disturbed=disturbed, everyone=True
            ),
            Gateway(picture.sending.values()), *(casts(core) if casts else ()),
        ],
    )  # fmt: skip
    asks = list(asks_for(change, look=look, outlook=outlook, now_ms=parent.now_ms))
    if asks:
        stage.ask(asks)
    return Branch(core, stage, needs, log, recalled, acting)


def _acting(record: Record, position: int, change: Change, look: Look, outlook: Callable[[], Outlook]) -> Acting:
    """A further wave that the branch brings forward is not called again when its time comes."""
    return Acting(record.acts(position), look=look, outlook=outlook, but=change.incident if isinstance(change, NextWave) else "")


def _profile_of(staged: Staged | None) -> ProfileOf:
    """As people behave in the drill itself."""
    behaviour = staged.scenario.behaviour if staged is not None else ""
    return (lambda _: behaviour) if behaviour else usual_profile


def _nowhere(_name: str, _subject: str, _plain: bytes) -> None:
    """A branch keeps no list of who was not called: its counts stand in its log."""


def events_of(log: ForkLog, core: Core) -> list[Event]:
    """What happened in the branch."""
    return [core.event(record) for record in log.own()]
