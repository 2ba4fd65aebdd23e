"""The demo: a realm of its own with a made-up city, and simulated leaders who answer as people do.

Fictional throughout. The passwords below are printed and known to all, so the demo serves on this machine only; on a network
(`--lan`) it is another realm, whose passwords are made afresh at each start and stand on the terminal only.
"""

import asyncio
import logging
from base64 import b32encode
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import msgspec

from command.core.asks import Ask
from command.core.chance import Chance, SystemChance
from command.core.clock import Clock
from command.core.door import Lane
from command.core.errors import MusterError
from command.core.facts import Authority
from drills.agenda import Agenda, LeftToPeople
from drills.city import CityPlan
from drills.disturbed import Disturbed
from drills.leaders import Leaders, way_of
from drills.responders import Responders
from geo import distance_m
from incidents import CATEGORIES, Need, RaiseIncident, default_lead, place_for
from mobilization import RaiseAndOrder, mobilization_of
from web_console.about import NAME as REALM_FILE
from web_console.about import About, make_realm, read_about
from web_console.accounts.passwords import DEMO_PASSWORD
from web_console.bringing import bring_city
from web_console.directory import StationName
from web_console.house import House

_log = logging.getLogger(__name__)

SEED = 1
STEP_S = 0.5
_OPENING = "20700"


class SignIn(msgspec.Struct, frozen=True, kw_only=True):
    """A ready-made sign-in, for the terminal."""

    role: str
    login: str


def open_demo(path: Path, *, master: bytes, clock: Clock, password: str | None = DEMO_PASSWORD) -> House:
    """The demo's house; its city is made and imported at the first start, with insurances and certificates that run out
    around that day. `password`: of its accounts; None leaves them to `fresh_passwords`. Raises Refused(realm.kind) when a realm
    of another kind lies there."""
    plan = CityPlan(seed=SEED, today=_day(clock.wall_ms()))
    if not (path / REALM_FILE).exists():
        make_realm(path, About(city=plan.code, name=plan.name, kind="demo"))
    about = read_about(path, kind="demo")
    house = House(path, city=about.city, kind=about.kind, clock=clock, chance=SystemChance(), master=master)
    if house.accounts.is_empty():  # also when an earlier start was cut short: the accounts come last
        bring_city(house, plan)
        if password is None:
            return house
        for sign_in, kind, subject in _accounts(house):
            house.accounts.add(sign_in.login, kind=kind, subject=subject, password=password)
    return house


def fresh_passwords(house: House, chance: Chance) -> dict[str, str]:
    """A new password for each sign-in, known to whoever reads the terminal; the earlier ones and their sessions end."""
    found = {sign_in.login: b32encode(chance.bytes(10)).decode().lower() for sign_in in sign_ins(house)}
    for sign_in, kind, subject in _accounts(house):
        house.accounts.add(sign_in.login, kind=kind, subject=subject, password=found[sign_in.login])
    return found


def _day(at_ms: int) -> date:
    """The day in China."""
    return datetime.fromtimestamp(at_ms / 1000, timezone(timedelta(hours=8))).date()


def sign_ins(house: House) -> list[SignIn]:
    return [sign_in for sign_in, _, _ in _accounts(house)]


def _accounts(house: House) -> list[tuple[SignIn, str, str]]:
    """Every role: an officer of each tier, the leader of the first-aid team farthest from where the demo opens (it is free to be
    called), the keeper of the town's practice centre, a trainer."""
    names = house.names
    officers = sorted(names.officers.values(), key=lambda officer: (len(officer.post), officer.post, officer.id))
    county = next(o for o in officers if len(o.post) > len(house.city))
    township = next(o for o in officers if o.post.startswith(county.post) and len(o.post) > len(county.post))
    centre = _centre(house)
    keeper = next(o for o in officers if o.station == centre.id)
    trainer = next(o for o in officers if o.role == "trainer")
    team = max(
        (t for t in names.teams.values() if t.speciality == "FIRST_AID" and t.division.startswith(county.post)),
        key=lambda t: (distance_m(t.lon, t.lat, centre.lon, centre.lat), t.id),
    )
    return [
        (SignIn(role=f"市 {names.division(officers[0].post)}", login="city"), "officer", officers[0].id),
        (SignIn(role=f"县 {names.division(county.post)}", login="county"), "officer", county.id),
        (SignIn(role=f"乡 {names.division(township.post)}", login="township"), "officer", township.id),
        (
            SignIn(role=f"队长 {team.name}（{names.division(team.division)}，在当地登记急救类事件即会召集）", login="leader"),
            "person",
            team.leader,
        ),
        (SignIn(role=f"站点管理员 {centre.name}", login="keeper"), "officer", keeper.id),
        (SignIn(role=f"演练导调 {names.division(trainer.post)}（只看不指挥）", login="trainer"), "officer", trainer.id),
    ]


def _centre(house: House) -> StationName:
    """The town's practice centre, beside which the demo's first incident lies."""
    stations = sorted(house.names.stations.values(), key=lambda station: station.id)
    return next(station for station in stations if station.tier == "centre")


async def live_demo(house: House) -> None:
    """For ever: one incident at work at the start, and simulated people who act as they would, in their own time."""
    crews = crews_of(house)
    if not any(i is not None and i.is_open for i in map(house.view.incident, house.view.incidents)):
        await open_incident(house)
    while True:
        await let_act(house, crews)
        await asyncio.sleep(STEP_S)


def crews_of(house: House) -> Agenda:
    """The simulated people of the demo, from how things stand; told of what happens from here on. Who is signed in acts alone."""
    look, view = house.view.look, house.view
    responders = Responders(seed=SEED, travel=lambda call: way_of(call, look, house.travel, lambda: house.catalogue.travel))
    leaders = Leaders(
        responders, look=look, calls=[call for calls in view.calls_of.values() for call in calls],
        orders_of=lambda incident: tuple(view.afield.orders_of.get(incident, ())), disturbed=Disturbed(None, look),
    )  # fmt: skip

    def is_played(ask: Ask) -> bool:
        kind, _, name = ask.actor.partition(":")
        return kind == "person" and house.screens.presence.is_here(name)

    crews = Agenda([LeftToPeople(leaders, is_left=is_played, waits=True)])
    view.tell(lambda _items, event: crews.follow(event))
    return crews


async def open_incident(house: House, *, at: str = "") -> None:
    """A fire beside a station (the town's practice centre unless named), called out under the county's authority."""
    centre = house.names.stations[at] if at else _centre(house)
    place = place_for(house.ground, centre.lon, centre.lat, township=None, private_home=False)
    category, id_ = CATEGORIES[_OPENING], house.new_id()
    now_ms = house.core.now_ms()
    needs = tuple(
        Need(speciality=s, minimum=low, maximum=high, by_ms=now_ms + by * 60_000) for s, low, high, by in category.needs
    )
    raising = RaiseIncident(
        incident=f"i-{id_}", category=category.code, severity=category.severity, name=category.zh, place=place, source="119",
        mode="EMERGENCY", lead=default_lead(place), needs=needs, verify=True,
    )  # fmt: skip
    post = default_lead(place)
    officer = next(o for o in sorted(house.names.officers.values(), key=lambda o: o.id) if o.post == post)
    command = RaiseAndOrder(raising=raising, mobilization=mobilization_of(raising.incident), channels=house.channels)
    await house.ask(command, actor=f"officer:{officer.id}", command_id=id_, authority=Authority(post=post, role=officer.role))


async def let_act(house: House, crews: Agenda) -> None:
    """Whoever has something to do by now does it."""
    now_ms = house.core.now_ms()
    _, asks = crews.act(now_ms, now_ms)
    for ask in asks:
        try:
            await house.door.handle(ask, Lane.SOS_AND_ANSWERS)
        except MusterError as error:
            _log.info("%s: %s", ask.command_id, error.code)  # it lost a race; the next step sees the new state
