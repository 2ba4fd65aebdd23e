"""`muster verify-log`, `backup` and `restore`: whether a log is whole, a copy of a realm, and putting one back."""

import argparse
import asyncio
from pathlib import Path

from command.core.backup import back_up
from command.core.chance import SystemChance
from command.core.clock import SystemClock
from command.core.realm import Folder, Realm
from command.core.restoring import WHY, restore
from command.core.verify import verify_file
from web_console.about import check_same
from web_console.cli_realm import Say, folder_of, open_realm
from web_console.master_key import master_key
from web_console.rules import RULES

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


def add_keeping(acts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Teach the command line these three."""
    acts.add_parser("verify-log", help="find any altered or missing record").set_defaults(run=_verify)
    backup = acts.add_parser("backup", help="copy a realm, running or not")
    backup.add_argument("target", type=Path)
    backup.set_defaults(run=_backup)
    back = acts.add_parser("restore", help="put a backup back; who was erased stays erased")
    back.add_argument("source", type=Path)
    back.set_defaults(run=_restore)


def _verify(options: argparse.Namespace, say: Say) -> int:
    folder = folder_of(options)
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
    house = open_realm(options)
    try:
        back_up(house.realm.folder, options.target, vault=house.realm.vault)
    finally:
        asyncio.run(house.close())
    say(f"已备份到 · backed up to {options.target}")
    return 0


def _restore(options: argparse.Namespace, say: Say) -> int:
    folder = folder_of(options)
    check_same(options.source, folder.path)

    def open_realm(ready: Folder) -> Realm:
        master = master_key(options.home, may_make=False)
        return Realm(ready, rules=RULES, clock=SystemClock(), chance=SystemChance(), master=master, replaced=WHY)

    restore(options.source, folder, open_realm=open_realm)
    say(f"已恢复 · restored {options.realm}")
    return 0
