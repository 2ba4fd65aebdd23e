"""A drill that people play: its realm made or taken up again, its clock turned by their trainer, and everyone simulated whom nobody plays.

Fictional throughout: a made-up city, so the passwords known from the demo open it, on this machine only.
"""

import csv
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from argon2 import PasswordHasher

from command.core.anchors import SignOfLife
from command.core.asks import Ask
from command.core.chance import SystemChance
from command.core.clock import Clock, ManualClock
from command.core.facts import Event
from command.core.log_sqlite import SqliteLog
from command.tiers.imports import import_officers
from drills.agenda import Agenda, LeftToPeople
from drills.conduct import Drill, StopDrill
from drills.conduct.facts import KEY
from drills.disturbed import Disturbed
from drills.leaders import Leaders
from drills.leaders import way_of as travel_of
from drills.picture import Picture
from drills.players import Officers
from drills.responders import Responders, usual_profile
from drills.scenario import Scenario
from drills.staging import Staged
from geo import distance_m
from web_console.about import read_about
from web_console.accounts.passwords import DEMO_PASSWORD
from web_console.conductor import EVERY_S, Conductor
from web_console.demo import SignIn
from web_console.directory import OfficerName, TeamName
from web_console.drilling import KIND, make_drill, staged_in
from web_console.house import LOOK_S, House
from web_console.trainer.exercise import Exercise
from web_console.trainer.pace import Pace

WAYS = ("simulated", "tabletop")
_OBSERVER = "观摩席"
_LEADERS = 3


def prepare_drill(folder: Path, scenario: Scenario, *, master: bytes, way: str = "simulated") -> None:
    """The realm of a drill, made where there is none yet, whole or not at all; `way`: how it is then played. Raises ScenarioFault,
    ValueError."""
    if not folder.exists():
        making = folder.with_name(f"{folder.name}.making")
        shutil.rmtree(making, ignore_errors=True)  # of an earlier start that was cut short
        make_drill(making, scenario, master=master, way=way)
        making.rename(folder)


def open_drill(folder: Path, *, master: bytes, room: Clock, hasher: PasswordHasher | None = None) -> House:
    """The house of a drill, to be played by people on from where it stands; it is paused. `room`: the clock of the room they sit in.
    Raises FileNotFoundError, Refused(realm.kind)."""
    about = read_about(folder, kind=KIND)
    pace = Pace(ManualClock(_stood_ms(folder)), room)
    house = House(
        folder, city=about.city, kind=about.kind, clock=pace.clock, chance=SystemChance(), master=master, pace=pace,
        hasher=hasher, full_sync=False,
    )  # fmt: skip
    if house.accounts.is_empty():  # also when an earlier start was cut short: the accounts come last
        _add_observer(house)
        for sign_in, kind, subject in _accounts(house):
            house.accounts.add(sign_in.login, kind=kind, subject=subject, password=DEMO_PASSWORD)
    return house


async def conduct(house: House) -> None:
    """Beside the application: the clock is turned, and whoever is not played acts. Supervised, like all that a house does by itself."""
    conductor = conductor_of(house)
    house.life.start("drill", conductor.beat, every_s=EVERY_S)
    house.life.start("drill page", _shows(house), every_s=LOOK_S)


def conductor_of(house: House) -> Conductor:
    """Once the house is open. Everything still to be done is planned from the states alone."""
    pace, exercise = house.pace, house.exercise
    assert pace is not None  # noqa: S101 -- a house that open_drill made
    assert exercise is not None  # noqa: S101
    return Conductor(house, pace, _agenda(house, exercise))


def sign_ins(house: House) -> list[SignIn]:
    return [sign_in for sign_in, _, _ in _accounts(house)]


def way_of(house: House) -> str:
    """As it was recorded when the drill was opened."""
    state = house.core.world.look(KEY)
    return state.opened.way if isinstance(state, Drill) else ""


def _agenda(house: House, exercise: Exercise) -> Agenda:
    """Leaders unless somebody is signed in as them. Desks by the file, unless they are people's (tabletop) or somebody of the post is
    at its desk; a drill is stopped by its controllers alone."""
    look, staged, picture = house.view.look, staged_in(house, exercise.scenario), Picture(house.view.look)
    for record in house.realm.log.after(0, 1 << 62):
        picture.follow(house.core.event(record))
    is_tabletop = way_of(house) == "tabletop"

    def is_played(ask: Ask) -> bool:
        kind, _, name = ask.actor.partition(":")
        if kind == "person":
            return house.screens.presence.is_here(name)
        post = ask.authority.post if ask.authority is not None else ""
        return (
            is_tabletop
            or isinstance(ask.command, StopDrill)
            or any(officer.post == post and house.screens.desks.is_here(officer.id) for officer in house.names.officers.values())
        )

    officers = Officers(staged, look=look, ground=house.ground)
    behaviour, disturbed = exercise.scenario.behaviour, Disturbed(staged, look)
    responders = Responders(
        seed=exercise.scenario.seed, profile_of=(lambda _: behaviour) if behaviour else usual_profile,
        travel=lambda call: travel_of(call, look, house.travel, lambda: house.catalogue.travel),
    )  # fmt: skip
    leaders = Leaders(responders, look=look, calls=list(picture.calls), orders_of=picture.orders_of, disturbed=disturbed)
    agenda = Agenda(
        [LeftToPeople(officers, is_left=is_played, waits=False), LeftToPeople(leaders, is_left=is_played, waits=True)]
    )
    exercise.tell(_after(house.view.position, agenda.follow))
    return agenda


def _after(position: int, follow: Callable[[Event], None]) -> Callable[[Event], None]:
    """What was followed before is planned from the states."""

    def followed(event: Event) -> None:
        if event.position > position:
            follow(event)

    return followed


def _shows(house: House) -> Callable[[], Awaitable[None]]:
    async def show() -> None:
        house.screens.show_drill()

    return show


def _stood_ms(folder: Path) -> int:
    """When the log was last written, or the house last said it lives: the time of the drill goes on from there, and never falls."""
    log = SqliteLog(folder / "log.db", epoch="", full_sync=False)
    try:
        position, _ = log.head()
        last_ms = log.after(position - 1, 1)[0].at_ms
    finally:
        log.close()
    return max(last_ms, SignOfLife(folder / "alive").read_ms() or 0)


def _add_observer(house: House) -> None:
    """The made-up city has a trainer; who only looks on is entered like every officer."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "officers.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerows([("id", "name", "role", "post"), (f"observer-{house.city}", _OBSERVER, "observer", house.city)])
        import_officers(house.registry, path)
    house.catalogue.renew()


def _accounts(house: House) -> list[tuple[SignIn, str, str]]:
    """The trainer, who only looks on, a desk of each post that the drill tells something, and the leaders who are nearest to what happens."""
    exercise = house.exercise
    assert exercise is not None  # noqa: S101 -- a house that open_drill made
    names, staged = house.names, staged_in(house, exercise.scenario)
    officers = sorted(names.officers.values(), key=lambda each: each.id)
    trainer = next(each for each in officers if each.role == "trainer")
    observer = next(each for each in officers if each.role == "observer")
    told = sorted(
        {staged.posts[post] for inject in exercise.scenario.injects for post in inject.to} | {house.city},
        key=lambda code: (len(code), code),
    )
    desks = [next(each for each in officers if each.role == "duty_officer" and each.post == post) for post in told]
    return [
        (SignIn(role=f"导调 {names.division(trainer.post)} · trainer, /trainer", login="trainer"), "officer", trainer.id),
        (SignIn(role="观摩（只看） · observer, /trainer", login="observer"), "officer", observer.id),
        *((SignIn(role=f"值班员 {names.division(each.post)}", login=_login(house.city, each)), "officer", each.id) for each in desks),
        *((SignIn(role=f"队长 {team.name}（{names.division(team.division)}） · /phone", login=f"leader-{n}"), "person", team.leader)
          for n, team in enumerate(_teams(house, staged), 1)),
    ]  # fmt: skip


def _login(city: str, officer: OfficerName) -> str:
    return "city" if officer.post == city else f"duty-{officer.post}"


def _teams(house: House, staged: Staged) -> list[TeamName]:
    """For each speciality that the drill's incidents need, the team that is nearest; of different leaders."""
    found: dict[str, TeamName] = {}
    for setting in staged.scenario.incidents.values():
        lon, lat = staged.spots[setting.spot]
        for speciality, *_ in setting.needs:
            teams = (each for each in house.names.teams.values() if each.speciality == speciality)
            nearest = min(teams, key=lambda each: (distance_m(each.lon, each.lat, lon, lat), each.id), default=None)
            if nearest is not None:
                found.setdefault(nearest.leader, nearest)
    return list(found.values())[:_LEADERS]
