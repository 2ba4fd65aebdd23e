"""An exercise is made: its people enrolled in the live realm, its own realm filled with them and nobody else, its drill opened.

Whole or not at all: what was enrolled for an exercise that could not be made is given back.
"""

import asyncio
import hashlib
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from command.core.asks import Ask, Receipt
from command.core.chance import Chance, SystemChance
from command.core.clock import Clock, SystemClock
from command.core.errors import MusterError, Refused
from command.core.facts import Command
from command.core.locks import serve_alone
from command.tiers.divisions import covers
from drills.conduct import OpenDrill
from drills.conduct.facts import KEY
from drills.scenario import Scenario, dump
from drills.staging import ANNOUNCED, Approval, opening, stage
from mobilization import TERMINAL
from mobilization.training import CancelEnrolment, Enrol, exercise_of
from web_console.about import NAME as REALM_FILE
from web_console.about import About, make_realm, read_about
from web_console.drill_files import SCENARIO_FILE
from web_console.drilling import KIND
from web_console.exercises.enrolling import copy_ground, copy_officers, copy_people, in_teams
from web_console.house import House

PREFIX = "exercise-"
WAY = "live"
MAKING = ".making"
CLOSING = "closing"
"""A file in an exercise's folder, by which whoever serves it is asked to close and remove it."""
NOTICE = "notice"
"""The blob that holds who approved an exercise without notice, and who was told."""
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """What an exercise without notice needs. It lies sealed in the exercise's realm; the log has the approver, the safety officer and
    how many were told. `safety`: the safety officer's id, where the registry knows them: they take part, and may stop it."""

    approved_by: str = ""
    safety_officer: str = ""
    stop_rules: str = ""
    told: tuple[str, ...] = ()
    safety: str = ""

    @property
    def is_whole(self) -> bool:
        return bool(self.approved_by.strip() and self.safety_officer.strip() and self.stop_rules.strip() and any(self.told))


class Plan(NamedTuple):
    """`exercise`: its name; `officers`: who takes part, players and trainers, by registry id; `by`: who makes it; `post`: whose people
    may be enrolled, "" for everybody's."""

    exercise: str
    scenario: Scenario
    begin_ms: int
    officers: tuple[str, ...]
    notice: Notice = Notice()
    by: str = TERMINAL
    post: str = ""

    @property
    def end_ms(self) -> int:
        return self.begin_ms + round(self.scenario.lasts_min * 60_000)


class Prepared(NamedTuple):
    folder: Path
    people: tuple[str, ...]
    teams: int
    receipt: Receipt


AskLive = Callable[[Command], Receipt]


def folder_of(live: House, exercise: str) -> Path:
    """Beside the live realm's."""
    return live.realm.folder.path.parent / f"{PREFIX}{exercise}"


def exercises_beside(live: Path) -> list[Path]:
    """The folders of all exercises beside this realm's, in order of name."""
    found = live.parent.glob(f"{PREFIX}*")
    return sorted(each for each in found if (each / REALM_FILE).exists() and not each.name.endswith(MAKING))


def remove(folder: Path) -> bool:
    """Delete it where nobody serves it. False where somebody does: they are asked to."""
    try:
        with serve_alone(folder):
            shutil.rmtree(folder)
    except Refused:
        return False
    return True


def open_exercise(folder: Path, *, master: bytes) -> House:
    """For a command of the terminal, also beside a server."""
    about = read_about(folder, kind=KIND)
    return House(folder, city=about.city, kind=KIND, clock=SystemClock(), chance=SystemChance(), master=master, beside=True)


def asking(live: House) -> AskLive:
    """At the terminal, beside a server or without one. Raises what the live realm refuses with."""

    def ask(command: Command) -> Receipt:
        outcome = live.core.turn([Ask(command=command, actor=TERMINAL, command_id=live.new_id())])[0]
        if not isinstance(outcome, Receipt):
            raise outcome
        return outcome

    return ask


def prepare(live: House, plan: Plan, *, ask: AskLive, clock: Clock, chance: Chance, master: bytes) -> Prepared:
    """Raises Refused in words, ScenarioFault where the file does not fit the city."""
    plan = _whole(live, plan)
    folder = folder_of(live, plan.exercise)
    with _claimed(folder.with_name(f"{folder.name}{MAKING}")) as making:
        receipt = ask(
            Enrol(
                exercise=plan.exercise, begin_ms=plan.begin_ms, end_ms=plan.end_ms, people=in_teams(live, under=plan.post),
                division=plan.post,
            )
        )  # fmt: skip
        people = exercise_of(live.core.world.look, plan.exercise).people
        try:
            teams = _make(live, plan, making, people, clock=clock, chance=chance, master=master)
            making.rename(folder)
        except BaseException:
            ask(CancelEnrolment(exercise=plan.exercise, division=plan.post))
            raise
    return Prepared(folder, people, teams, receipt)


@contextmanager
def _claimed(making: Path) -> Iterator[Path]:
    """Before anybody is enrolled: what is found here with nobody at it was cut short (`unfinished`). Gone in the end, whatever came of it."""
    if making.exists() and not remove(making):
        raise Refused("exercise.exists", exercise=making.name)
    making.mkdir(parents=True)
    with serve_alone(making):
        try:
            yield making
        finally:
            shutil.rmtree(making, ignore_errors=True)


def unfinished(live: Path) -> list[str]:
    """Exercises beside this realm whose making was cut short by a kill or a power cut; what there is of them is removed."""
    found = sorted(live.parent.glob(f"{PREFIX}*{MAKING}"))
    return [each.name.removeprefix(PREFIX).removesuffix(MAKING) for each in found if remove(each)]


def is_name(exercise: str) -> bool:
    return _NAME.fullmatch(exercise) is not None


def _whole(live: House, plan: Plan) -> Plan:
    """All that can be said beforehand, before anybody is enrolled. A safety officer of the registry takes part."""
    safety = plan.notice.safety
    if safety:
        known = live.names.officers.get(safety)
        named = plan.notice.safety_officer.strip() or (known.name if known is not None else "")
        officers = tuple(dict.fromkeys((*plan.officers, safety)))
        plan = plan._replace(officers=officers, notice=msgspec.structs.replace(plan.notice, safety_officer=named))
    _check(live, plan)
    return plan


def _check(live: House, plan: Plan) -> None:
    if plan.scenario.city is not None:
        raise Refused("exercise.city")
    if not is_name(plan.exercise):
        raise Refused("exercise.name")
    if folder_of(live, plan.exercise).exists():
        raise Refused("exercise.exists", exercise=plan.exercise)
    if not plan.officers:
        raise Refused("exercise.no_officer")
    for officer in plan.officers:
        known = live.names.officers.get(officer)
        if known is None or not covers(plan.post, known.post):
            raise Refused("exercise.officer", officer=officer)
    if plan.scenario.no_notice and not plan.notice.is_whole:
        raise Refused("exercise.approval")
    stage(plan.scenario, city=live.city, divisions=list(live.names.divisions), ground=live.ground)


def _make(live: House, plan: Plan, folder: Path, people: tuple[str, ...], *, clock: Clock, chance: Chance, master: bytes) -> int:
    make_realm(folder, About(city=live.city, name=live.names.division(live.city), kind=KIND))
    text = dump(plan.scenario)
    (folder / SCENARIO_FILE).write_bytes(text)
    house = House(folder, city=live.city, kind=KIND, clock=clock, chance=chance, master=master)
    try:
        copy_ground(live, house)
        copy_officers(live, house, plan.officers)
        teams = copy_people(live, house, people)
        if plan.notice != Notice():
            house.realm.blobs.put(NOTICE, KEY, msgspec.json.encode(plan.notice))
        _open(house, plan, text, ground=live)
        return teams
    finally:
        asyncio.run(house.close())


def _open(house: House, plan: Plan, text: bytes, *, ground: House) -> None:
    """`ground`: the house whose ground was copied: it is the same, and read already."""
    staged = stage(plan.scenario, city=ground.city, divisions=list(ground.names.divisions), ground=ground.ground)
    notice = plan.notice
    approval = (
        ANNOUNCED if notice == Notice() else Approval(notice.approved_by, notice.safety_officer, len(notice.told), notice.safety)
    )
    opened = opening(staged, text=hashlib.sha256(text).hexdigest(), way=WAY, begin_ms=plan.begin_ms, approval=approval)
    outcome = house.core.turn([Ask(command=OpenDrill(opening=opened), actor=plan.by, command_id="drill-opened")])[0]
    if isinstance(outcome, MusterError):
        raise outcome
