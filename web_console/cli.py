"""`muster`: run a realm, look after its log, bring rows in."""

import argparse
import asyncio
import os
import sqlite3
import sys
from pathlib import Path

import httpx2
import msgspec
from fastapi import FastAPI
from sqlalchemy.exc import SQLAlchemyError

from command.core.backup import back_up
from command.core.chance import SystemChance
from command.core.clock import SystemClock
from command.core.errors import MusterError
from command.core.locks import serve_alone
from command.core.realm import Folder, Realm
from command.core.restoring import WHY, put_back, restore
from command.core.sqlite_faults import is_spoiled
from command.core.verify import verify_file
from command.tiers.rows import BadRow
from drills.reports import read_table
from web_console.about import NAME as REALM_FILE
from web_console.about import About, check_same, make_realm, read_about
from web_console.accounts.passwords import DEMO_PASSWORD
from web_console.app import make_app
from web_console.bringing import bad_in_words, bring, bring_roads, in_lines
from web_console.cli_people import Say, add_commands
from web_console.demo import fresh_passwords, live_demo, open_demo, sign_ins
from web_console.house import RULES, House
from web_console.lan.serving import Lan, serve_on_lan
from web_console.master_key import master_key
from web_console.modem.listening import listening
from web_console.modem.modem import Modem
from web_console.pager import Channel
from web_console.problems import problem
from web_console.replay import in_words, replay
from web_console.serving import serve
from web_console.sms import SmsGateway, VoiceGateway

DEMO_HOST = "127.0.0.1"
_FAULTS = {
    "unreadable": ("位置 {} 读不出：行或文件已损坏", "position {} cannot be read: the row or the file is damaged"),
    "missing": ("位置 {} 缺失", "position {} is missing"),
    "altered": ("位置 {} 被改动", "position {} was altered"),
    "replaced": ("位置 {} 与锚点不符：历史被替换", "position {} is not what its anchor knew: history was replaced"),
    "cut": ("位置 {} 起被截去：锚点记得更多", "position {} and all behind it were cut off: anchors know of more"),
    "index": ("位置 {} 的索引与记录不符", "position {} is filed otherwise than the record says"),
    "anchors": ("锚点文件第 {} 行读不出", "line {} of the anchors cannot be read"),
    "storage": ("日志文件的行与索引互相矛盾", "rows and indexes of the log's file contradict each other"),
}


def main(arguments: list[str] | None = None) -> int:
    """The command line. Exit codes: 0 done, 1 something was found or refused, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options, _say)
    except MusterError as error:
        shape = problem(error)
        _say(f"{shape['title']}\n{shape['title_en']}  [{error.code}]")
        return 1
    except BadRow as error:
        _say(bad_in_words(error.bad))
        return 1
    except (sqlite3.DatabaseError, SQLAlchemyError) as error:
        _say(_database_in_words(error))
        return 1
    except (OSError, ValueError) as error:
        _say(str(error))
        return 1
    return code


def _database_in_words(error: Exception) -> str:
    """Nobody is told to restore a backup because of a lock or a full disk."""
    if is_spoiled(getattr(error, "orig", error)):
        return f"数据文件已损坏，请从备份恢复 · a data file is damaged; restore a backup\n{error}"
    return f"数据文件暂时不能读写，请稍后再试 · a data file cannot be read or written now; try again\n{error}"


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 -- a command line speaks here and nowhere else


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="muster", description="Muster 集结")
    parser.add_argument("--home", type=Path, default=Path(os.environ.get("MUSTER_HOME", "var/home")), help="data folder")
    parser.add_argument("--realm", default="live")
    acts = parser.add_subparsers(dest="act", required=True)
    new = acts.add_parser("init", help="make a realm for one city")
    new.add_argument("--city", required=True, help="division code of the city, e.g. 4205")
    new.add_argument("--name", required=True)
    new.set_defaults(run=_init)
    server = acts.add_parser("serve", help="serve a realm")
    server.add_argument("--port", type=int, default=int(os.environ.get("MUSTER_PORT", "8000")))
    server.add_argument("--host", help="address to listen on; 127.0.0.1, with --lan every private one")
    server.add_argument("--lan", action="store_true", help="HTTPS on the county's network, by an authority of its own")
    server.add_argument("--demo", action="store_true", help="a made-up city with simulated leaders, on this machine only")
    server.set_defaults(run=_serve)
    rows = acts.add_parser("import", help="bring rows in")
    rows.add_argument(
        "what", choices=("divisions", "boundaries", "stations", "places", "people", "teams", "posts", "officers", "roads")
    )
    rows.add_argument("file", type=Path, nargs="?", help="of everything but roads")
    rows.add_argument("--nodes", type=Path, help="of roads")
    rows.add_argument("--edges", type=Path, help="of roads")
    rows.add_argument("--crs", choices=("wgs84", "gcj02", "bd09", "cgcs2000"), default="wgs84")
    rows.add_argument("--sure", action="store_true", help="store it although it looks like another datum than --crs says")
    rows.set_defaults(run=_import)
    add_commands(acts, _open)
    again = acts.add_parser("replay-reports", help="real reports through a new realm with a made-up city, at full speed")
    again.add_argument("file", type=Path)
    again.add_argument("--table", default="haiti", help="which shipped table says what the tags mean")
    again.add_argument("--seed", type=int, default=1)
    again.set_defaults(run=_replay)
    acts.add_parser("verify-log", help="find any altered or missing record").set_defaults(run=_verify)
    backup = acts.add_parser("backup", help="copy a realm, running or not")
    backup.add_argument("target", type=Path)
    backup.set_defaults(run=_backup)
    back = acts.add_parser("restore", help="put a backup back; who was erased stays erased")
    back.add_argument("source", type=Path)
    back.set_defaults(run=_restore)
    return parser


def _folder(options: argparse.Namespace) -> Folder:
    folder = Folder(options.home / "realms" / options.realm)
    put_back(folder)
    return folder


def _init(options: argparse.Namespace, say: Say) -> int:
    folder = _folder(options)
    master_key(options.home)  # first: without it there is no realm
    make_realm(folder.path, About(city=options.city, name=options.name, kind="live"))
    house = _open(options)
    asyncio.run(house.close())
    say(f"已建立 {options.name}（{options.city}）· made {folder.path}")
    return 0


def _open(options: argparse.Namespace, channels: tuple[Channel, ...] = (), *, beside: bool = True) -> House:
    folder = _folder(options)
    about = read_about(folder.path, kind="live")
    return House(
        folder.path, city=about.city, kind=about.kind, clock=SystemClock(), chance=SystemChance(), master=master_key(options.home),
        channels=channels, beside=beside,
    )  # fmt: skip


def _serve(options: argparse.Namespace, say: Say) -> int:
    """One process, the embedded stores. What reaches people outside is named by the environment (README)."""
    if options.demo:
        return _serve_demo(options, say)
    channels = _channels()
    folder = _folder(options).path
    read_about(folder, kind="live")
    with serve_alone(folder):  # before the house is opened: it would end what another process is sending
        house = _open(options, channels, beside=False)
        if not channels:
            say("未配置短信等外呼通道：休眠的手机只能打电话 · no channel outside: sleeping phones must be rung by hand")
        modem = next((each for each in channels if isinstance(each, Modem)), None)
        app = make_app(
            house, live=True, beside=listening(modem) if modem is not None else None,
            gateway_secret=os.environ.get("MUSTER_GATEWAY_SECRET", ""), public_url=os.environ.get("MUSTER_PUBLIC_URL", ""),
        )  # fmt: skip
        if options.lan:
            _serve_lan(app, _lan(options), say)
        else:
            say(f"集结 Muster: http://{options.host or DEMO_HOST}:{options.port}/")
            serve(app, host=options.host or DEMO_HOST, port=options.port)
    return 0


def _lan(options: argparse.Namespace) -> Lan:
    return Lan(options.home, host=options.host, port=options.port, clock=SystemClock())


def _serve_lan(app: FastAPI, lan: Lan, say: Say) -> None:
    for line in lan.in_lines():
        say(line)
    serve_on_lan(app, lan)


def _channels() -> tuple[Channel, ...]:
    """The ladder of what reaches telephones, in order: the SMS gateway, the modem on this computer, the voice gateway."""
    client, named = httpx2.AsyncClient(), os.environ.get
    answers = bool(named("MUSTER_GATEWAY_SECRET"))
    sms, modem, voice = named("MUSTER_SMS_URL"), named("MUSTER_MODEM"), named("MUSTER_VOICE_URL")
    clock = SystemClock()
    return (
        *([SmsGateway(sms, token=named("MUSTER_SMS_TOKEN", ""), client=client, answers=answers)] if sms else []),
        *([Modem(modem, mono_s=lambda: clock.mono_ms() / 1000)] if modem else []),
        *([VoiceGateway(voice, token=named("MUSTER_VOICE_TOKEN", ""), client=client, answers=answers)] if voice else []),
    )


def _serve_demo(options: argparse.Namespace, say: Say) -> int:
    """The demo is a realm of its own; its accounts exist nowhere else, and it listens on this machine only."""
    if options.lan:
        return _serve_demo_on_lan(options, say)
    if options.host not in {None, DEMO_HOST}:
        raise ValueError(f"演示的密码人人皆知，只在本机提供 · the demo's passwords are known to all: {DEMO_HOST} only")
    folder = options.home / "realms" / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    with serve_alone(folder):
        say("演示城市 云江市（虚构）准备中 · preparing the fictional demo city Yunjiang")
        house = open_demo(folder, master=master_key(options.home), clock=SystemClock())
        say(
            f"演示数据：城市、人员和事件均为虚构，队长由程序模拟 · fictional data, simulated leaders\n调度台 desk http://{DEMO_HOST}:{options.port}/   队长 leader http://{DEMO_HOST}:{options.port}/phone"
        )
        for each in sign_ins(house):
            say(f"  {each.login:<10} {DEMO_PASSWORD}   {each.role}")
        serve(make_app(house, live=True, beside=live_demo), host=DEMO_HOST, port=options.port)
    return 0


def _serve_demo_on_lan(options: argparse.Namespace, say: Say) -> int:
    """Another realm of the kind demo: no password that is known to all has ever opened it."""
    lan = _lan(options)
    folder = options.home / "realms" / "demo-lan"
    folder.mkdir(parents=True, exist_ok=True)
    with serve_alone(folder):
        say("演示城市 云江市（虚构）准备中 · preparing the fictional demo city Yunjiang")
        house = open_demo(folder, master=master_key(options.home), clock=SystemClock(), password=None)
        known = fresh_passwords(house, SystemChance())
        say("演示数据。密码每次启动重新生成，只显示在这里 · fictional data; passwords are made at each start and shown here only")
        for each in sign_ins(house):
            say(f"  {each.login:<10} {known[each.login]}   {each.role}")
        _serve_lan(make_app(house, live=True, beside=live_demo), lan, say)
    return 0


def _import(options: argparse.Namespace, say: Say) -> int:
    if (options.what == "roads") == (options.file is not None) or (options.what == "roads") != bool(
        options.nodes and options.edges
    ):
        say("用法 · usage: muster import roads --nodes N --edges E; muster import <其他 · others> FILE")
        return 2
    house = _open(options)
    try:
        report = bring_roads(house, options.nodes, options.edges, crs=options.crs) if options.what == "roads" else bring(
            house, options.what, options.file, crs=options.crs, sure=options.sure
        )  # fmt: skip
    finally:
        asyncio.run(house.close())
    for line in in_lines(report):
        say(line)
    return 1 if report.bad else 0


def _replay(options: argparse.Namespace, say: Say) -> int:
    """Into the realm named by `--realm`, which may not exist yet."""
    folder, table = _folder(options).path, read_table(options.table)
    counted = replay(folder, options.file, table=table, master=master_key(options.home), seed=options.seed)
    (folder / REALM_FILE).write_bytes(msgspec.json.encode(About(city=table.city.code, name=table.city.name, kind="drill")))
    say(in_words(counted))
    return 0


def _verify(options: argparse.Namespace, say: Say) -> int:
    folder = _folder(options)
    if not folder.log.exists():
        raise FileNotFoundError(f"{folder.path}: 没有这个实例的日志 · no log of such a realm")
    verdict = verify_file(folder.log, folder.anchors)
    if verdict.replaced:
        say(f"历史曾被替换或截断，见位置 · history was replaced at: {', '.join(map(str, verdict.replaced))}")
    if verdict.fault is not None:
        zh, en = _FAULTS[verdict.fault]
        say(f"{zh.format(verdict.position)} · {en.format(verdict.position)}  [{verdict.fault}]")
        return 1
    say(
        f"{verdict.records} 条完好，锚点 {verdict.anchors}，其后 {verdict.loose} 条 · all hold, {verdict.loose} after the last anchor"
    )
    return 0


def _backup(options: argparse.Namespace, say: Say) -> int:
    house = _open(options)
    try:
        back_up(house.realm.folder, options.target, vault=house.realm.vault)
    finally:
        asyncio.run(house.close())
    say(f"已备份到 · backed up to {options.target}")
    return 0


def _restore(options: argparse.Namespace, say: Say) -> int:
    folder = _folder(options)
    check_same(options.source, folder.path)

    def open_realm(ready: Folder) -> Realm:
        master = master_key(options.home, may_make=False)
        return Realm(ready, rules=RULES, clock=SystemClock(), chance=SystemChance(), master=master, replaced=WHY)

    restore(options.source, folder, open_realm=open_realm)
    say(f"已恢复 · restored {options.realm}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
