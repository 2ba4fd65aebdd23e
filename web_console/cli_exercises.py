"""`muster exercise`: exercises with real people, beside the live realm: prepare one, list them, stop one, give one up."""

import argparse
import asyncio
from datetime import datetime, timedelta, timezone
from pathlib import Path

from command.core.asks import Ask, Receipt
from command.core.chance import SystemChance
from command.core.clock import SystemClock
from command.core.errors import Refused
from command.core.locks import serve_alone
from drills.conduct import Drill, StopDrill
from drills.conduct.facts import KEY
from drills.scenario import ScenarioFault
from mobilization import TERMINAL
from mobilization.training import DeleteExercise, exercise_of
from web_console.cli_drills import faults_in_lines, find, shelf_of
from web_console.cli_realm import Say, open_realm
from web_console.exercises.attendance import proposal
from web_console.exercises.filing import file_exercise
from web_console.exercises.preparing import (
    CLOSING,
    PREFIX,
    Notice,
    Plan,
    asking,
    exercises_beside,
    open_exercise,
    prepare,
    remove,
)
from web_console.house import House
from web_console.master_key import master_key

STOP_WORDS = "演练中止！转入真实处置！"
_CHINA = timezone(timedelta(hours=8))


def add_exercises(acts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Teach the command line these."""
    exercise = acts.add_parser("exercise", help="exercises with real people who agreed: prepare, list, stop, file, drop")
    of = exercise.add_subparsers(dest="exercise", required=True)
    new = of.add_parser("prepare", help="enrol whoever agreed to that time, and make the exercise's own realm")
    new.add_argument("scenario", help="a drill file without a made-up city, or the id of one that comes along")
    new.add_argument("--name", required=True, help="small letters, digits, dashes")
    new.add_argument("--at", required=True, help="when it begins, in China's time: 2026-12-05T09:30")
    new.add_argument("--officer", action="append", default=[], help="who takes part at a desk, by id; again for each")
    new.add_argument("--approved-by", default="", help="of one without notice: who approved it")
    new.add_argument("--safety-officer", default="", help="their name")
    new.add_argument("--safety-id", default="", help="of a safety officer the registry knows: takes part, may stop it")
    new.add_argument("--stop-rules", default="", help="when it is stopped")
    new.add_argument("--told", action="append", default=[], help="who was told beforehand; kept sealed")
    new.set_defaults(run=_prepare)
    of.add_parser("list", help="the exercises beside this realm").set_defaults(run=_list)
    stop = of.add_parser("stop", help=f"{STOP_WORDS} at once, also while it is served")
    stop.add_argument("name")
    stop.add_argument("--words", default=STOP_WORDS)
    stop.set_defaults(run=_stop)
    whole = of.add_parser("file", help="the whole file: plan, script, attendance, assessment, review; as one folder")
    whole.add_argument("name")
    whole.add_argument("--out", type=Path, required=True)
    whole.set_defaults(run=_file)
    drop = of.add_parser("drop", help="delete an exercise; one that has not begun counts for nobody")
    drop.add_argument("name")
    drop.set_defaults(run=_drop)


def _prepare(options: argparse.Namespace, say: Say) -> int:
    notice = Notice(
        approved_by=options.approved_by, safety_officer=options.safety_officer, stop_rules=options.stop_rules,
        told=tuple(options.told), safety=options.safety_id,
    )  # fmt: skip
    begin = datetime.fromisoformat(options.at)
    begin = begin if begin.tzinfo else begin.replace(tzinfo=_CHINA)
    live = open_realm(options)
    try:
        plan = Plan(
            options.name,
            find(options.scenario, shelf=shelf_of(options)),
            round(begin.timestamp() * 1000),
            tuple(options.officer),
            notice,
        )
        made = prepare(
            live, plan, ask=asking(live), clock=SystemClock(), chance=SystemChance(), master=master_key(options.home)
        )  # fmt: skip
    except ScenarioFault as fault:
        for line in faults_in_lines(fault):
            say(line)
        return 1
    finally:
        asyncio.run(live.close())
    say(f"演练 演练 演练：{plan.scenario.zh}，{begin:%Y-%m-%d %H:%M} · EXERCISE, enrolled: {len(made.people)}")
    say(
        f"已登记 {len(made.people)} 人，{made.teams} 队；其他人不在其中，不会被叫到 · {made.teams} teams; nobody else exists there"
    )
    say(f"{made.folder}")
    return 0


def _list(options: argparse.Namespace, say: Say) -> int:
    for folder in exercises_beside(options.home / "realms" / options.realm):
        house = _open(options, folder)
        try:
            say(f"{folder.name.removeprefix(PREFIX):<24} {_stands(house)}")
        finally:
            asyncio.run(house.close())
    return 0


def _stands(house: House) -> str:
    drill = _drill(house)
    begin = datetime.fromtimestamp(drill.opened.begin_ms / 1000, _CHINA)
    if drill.stopped:
        state = "已中止 · stopped"
    elif drill.is_over:
        state = "已结束 · over"
    else:
        state = "进行中 · on" if drill.opened.begin_ms <= house.core.now_ms() else "未开始 · to come"
    return f"{begin:%Y-%m-%d %H:%M}  {state}  {drill.opened.scenario}"


def _stop(options: argparse.Namespace, say: Say) -> int:
    """The word goes into the log; whoever serves it stands everybody down. Nobody serves it: they are stood down at the next start."""
    house = _open(options, _folder(options))
    try:
        outcome = house.core.turn([Ask(command=StopDrill(words=options.words), actor=TERMINAL, command_id=house.new_id())])[0]
        if not isinstance(outcome, Receipt):
            raise outcome
    finally:
        asyncio.run(house.close())
    say(options.words)
    if not _is_served(_folder(options)):
        say(
            "现在没有服务在运行：记录已写入，下次启动服务时立即撤收 · nobody serves it now: everybody is stood down at the next start"
        )
    return 0


def _is_served(folder: Path) -> bool:
    try:
        serve_alone(folder).release()
    except Refused:
        return True
    return False


def _file(options: argparse.Namespace, say: Say) -> int:
    """Its list of who took part is proposed in the live realm first, if nobody served it to its end."""
    house, live = _open(options, _folder(options)), open_realm(options)
    try:
        state = exercise_of(live.core.world.look, options.name)
        if _drill(house).is_over and state.proposed is None:
            asking(live)(proposal(options.name, house))
            state = exercise_of(live.core.world.look, options.name)
        for path in file_exercise(house, state, options.out):
            say(f"{path}")
    finally:
        asyncio.run(house.close())
        asyncio.run(live.close())
    return 0


def _drop(options: argparse.Namespace, say: Say) -> int:
    folder, live = _folder(options), open_realm(options)
    try:
        asking(live)(DeleteExercise(exercise=options.name))
        (folder / CLOSING).touch()
        if not remove(folder):
            say("演练正在开放，由服务端收尾 · it is served: the server closes it within a second")
    finally:
        asyncio.run(live.close())
    say(f"已删除 {options.name} · deleted")
    return 0


def _folder(options: argparse.Namespace) -> Path:
    folder = options.home / "realms" / f"{PREFIX}{options.name}"
    if not (folder / "realm.json").exists():
        raise Refused("exercise.unknown")
    return Path(folder)


def _open(options: argparse.Namespace, folder: Path) -> House:
    return open_exercise(folder, master=master_key(options.home))


def _drill(house: House) -> Drill:
    drill = house.core.world.look(KEY)
    if not isinstance(drill, Drill):
        raise Refused("exercise.unknown")
    return drill
