"""`muster drill`: which drills there are, whether a file is sound, playing one to its end without a person, or with people."""

import argparse
import os
from pathlib import Path

import msgspec

from command.core.clock import SystemClock
from command.core.locks import serve_alone
from command.core.realm import Folder
from drills.conduct.refusals import FAULTS
from drills.review.shape import Review
from drills.scenario import Scenario, ScenarioFault, dump, read
from drills.scenario.msel import read_msel, write_msel
from web_console.accounts.passwords import DEMO_PASSWORD
from web_console.app import make_app
from web_console.cli_compare import add_compare
from web_console.cli_realm import Say
from web_console.cli_serving import DEMO_HOST
from web_console.drill_files import SCENARIO_FILE
from web_console.drilling import Played, make_drill, play
from web_console.master_key import master_key
from web_console.reviewing import review_drill, review_incident, write_review
from web_console.scripts.shelf import Shelf
from web_console.served_drill import WAYS, conduct, open_drill, prepare_drill, sign_ins, way_of
from web_console.serving import serve


def add_drills(acts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Teach the command line these."""
    drill = acts.add_parser("drill", help="drills: list, check, run")
    of = drill.add_subparsers(dest="drill", required=True)
    of.add_parser("list", help="the drills that come along, and those on the shelf").set_defaults(run=_list)
    check = of.add_parser("check", help="whether a drill file is sound; every fault is named")
    check.add_argument("file", type=Path)
    check.set_defaults(run=_check)
    out = of.add_parser("export", help="a drill as a list of scenario events (XLSX)")
    out.add_argument("drill", help="the id of a drill that comes along or lies on the shelf, or a file")
    out.add_argument("workbook", type=Path)
    out.set_defaults(run=_export)
    back = of.add_parser("import", help="a list of scenario events (XLSX) as a drill file")
    back.add_argument("workbook", type=Path)
    back.add_argument("file", type=Path)
    back.set_defaults(run=_import)
    run = of.add_parser("run", help="play a drill to its end in virtual time, everyone simulated")
    run.add_argument("drill", help="the id of a drill that comes along or lies on the shelf, or a file")
    run.add_argument("--seed", type=int, help="another seed than the file's: another course of events")
    run.add_argument("--again", action="store_true", help="go on with the run of that realm, as after a crash")
    run.add_argument("--out", type=Path, help="folder for the review; else beside the log")
    run.set_defaults(run=_run)
    again = of.add_parser("review", help="draft the review anew: of the drill of --realm, or of one incident of the live realm")
    again.add_argument("--incident", default="", help="the id of an incident of the live realm")
    again.add_argument("--out", type=Path)
    again.set_defaults(run=_review)
    add_compare(of)
    served = of.add_parser("serve", help="play a drill with people: their desks, phones and the trainer's page, on this machine")
    served.add_argument("drill", help="the id of a drill that comes along or lies on the shelf, or a file")
    served.add_argument("--way", choices=WAYS, default="simulated", help="simulated: posts nobody has taken act by themselves")
    served.add_argument("--seed", type=int, help="another seed than the file's")
    served.add_argument("--port", type=int, default=int(os.environ.get("MUSTER_PORT", "8000")))
    served.set_defaults(run=_serve)


def _list(options: argparse.Namespace, say: Say) -> int:
    for script in shelf_of(options).all():
        each = script.scenario
        if each is None:
            say(f"{script.id:<20} 文件有误，请用 muster drill check 检查 · spoiled, see muster drill check")
            continue
        say(
            f"{each.id:<20} {each.zh}（情景事件{len(each.injects)}条，{each.lasts_min:g}分钟）· {each.en}, {len(each.injects)} injects"
        )
    return 0


def _check(options: argparse.Namespace, say: Say) -> int:
    try:
        scenario = read(options.file)
    except ScenarioFault as fault:
        for line in faults_in_lines(fault):
            say(line)
        return 1
    say(f"{scenario.zh}：没有发现问题 · {scenario.en}: sound, {len(scenario.injects)} injects")
    return 0


def _export(options: argparse.Namespace, say: Say) -> int:
    """Raises FileExistsError: nobody's workbook is written over."""
    _write_new(options.workbook, write_msel(find(options.drill, shelf=shelf_of(options))), say)
    return 0


def _import(options: argparse.Namespace, say: Say) -> int:
    try:
        taken = read_msel(options.workbook.read_bytes())
    except ScenarioFault as fault:
        for line in faults_in_lines(fault):
            say(line)
        return 1
    _write_new(options.file, dump(taken.scenario), say)
    return 0


def _write_new(path: Path, raw: bytes, say: Say) -> None:
    with path.open("xb") as file:
        file.write(raw)
    say(f"{path}")


def faults_in_lines(fault: ScenarioFault) -> list[str]:
    """Each fault by its place, for the terminal."""
    found = []
    for each in fault.faults:
        zh, en = FAULTS[each.code]
        found.append(f"{each.at}：{zh}（{each.value}）· {en}")
    return found


def _run(options: argparse.Namespace, say: Say) -> int:
    scenario, folder = _asked_for(options)
    master = master_key(options.home)
    if not (options.again and (folder / SCENARIO_FILE).exists()):
        say(f"准备演练城市（虚构），种子 {scenario.seed} · making the fictional city, seed {scenario.seed}")
        make_drill(folder, scenario, master=master)
    played = play(folder, master=master)
    for line in in_words(played):
        say(line)
    _write(review_drill(folder), options.out or folder / "review", say)
    return 0


def _review(options: argparse.Namespace, say: Say) -> int:
    """Of the drill of `--realm`; with an incident, of that one of the live realm."""
    folder = options.home / "realms" / options.realm
    review = review_incident(folder, options.incident) if options.incident else review_drill(folder)
    _write(review, options.out or folder / "review", say)
    return 0


def _write(review: Review, folder: Path, say: Say) -> None:
    for row in review.objectives:
        say(f"  {row.rating or row.proposed or '-'}  {row.what.zh}：{row.basis.zh} · {row.what.en}: {row.basis.en}")
    for path in write_review(review, folder):
        say(f"{path}")


def _asked_for(options: argparse.Namespace) -> tuple[Scenario, Path]:
    """The drill, and the folder of its realm."""
    scenario = find(options.drill, shelf=shelf_of(options))
    if options.seed is not None:
        scenario = msgspec.structs.replace(scenario, seed=options.seed)
    realm = options.realm if options.realm != "live" else f"drill-{scenario.id}-{scenario.seed}"
    return scenario, Folder(options.home / "realms" / realm).path


def _serve(options: argparse.Namespace, say: Say) -> int:
    """Paused, from where it stands. The passwords are known to all, so it listens on this machine only."""
    scenario, folder = _asked_for(options)
    folder.parent.mkdir(parents=True, exist_ok=True)
    master = master_key(options.home)
    say(f"准备演练城市（虚构），种子 {scenario.seed} · preparing the fictional city, seed {scenario.seed}")
    prepare_drill(folder, scenario, master=master, way=options.way)
    with serve_alone(folder):
        house = open_drill(folder, master=master, room=SystemClock())
        address = f"http://{DEMO_HOST}:{options.port}"
        say(f"演练 演练 演练 · EXERCISE: {scenario.zh}")
        if way_of(house) != options.way:
            say(f"这场演练开始时定的方式是 {way_of(house)} · this drill was begun as {way_of(house)}")
        say(f"导调 trainer {address}/trainer   调度台 desk {address}/   队长 leader {address}/phone")
        for each in sign_ins(house):
            say(f"  {each.login:<14} {DEMO_PASSWORD}   {each.role}")
        serve(make_app(house, live=True, beside=conduct), host=DEMO_HOST, port=options.port)
    return 0


def shelf_of(options: argparse.Namespace) -> Shelf:
    """Of the realm that was named; the live one where the name is of a drill still to be made."""
    named = Folder(options.home / "realms" / options.realm)
    return Shelf((named if named.scripts.exists() else Folder(options.home / "realms" / "live")).scripts)


def find(name: str, *, shelf: Shelf) -> Scenario:
    """A drill that comes along or lies on the shelf, by its id; or a file. Raises FileNotFoundError, ScenarioFault."""
    if any(each.id == name for each in shelf.all()):
        return shelf.sound(name)
    path = Path(name)
    if not path.is_file():
        raise FileNotFoundError(f"没有这份演练方案：{name} · no such drill: {name}; see muster drill list")
    return read(path)


def in_words(played: Played) -> list[str]:
    hours = played.simulated_ms / 3_600_000
    late = "，".join(f"{code} {count}" for code, count in sorted(played.refused.items())) or "—"
    return [
        "演练 演练 演练：城市、人员均为虚构，由程序模拟 · EXERCISE: made-up city, simulated people",
        f"{played.scenario.zh}：{played.events} 条记录，推演 {hours:.1f} 小时 · {played.events} records, {hours:.1f} h of virtual time",
        f"未受理的指令（来迟）：{late} · commands refused because they came too late: {late}",
        f"{played.folder}",
    ]
