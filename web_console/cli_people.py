"""`muster account`, `link` and `erase`: who may sign in, and whom the realm must forget."""

import argparse
import asyncio
import getpass
import io
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import segno

from command.core.backup import keep_keys_in, remember, renew_keys
from command.core.errors import Refused
from mobilization import TERMINAL, LinkPhone
from web_console.accounts.passwords import check_password
from web_console.cli_realm import Say
from web_console.erasing import erase
from web_console.exercises.preparing import exercises_beside, open_exercise
from web_console.house import House
from web_console.master_key import master_key

Open = Callable[[argparse.Namespace], House]


def add_commands(acts: "argparse._SubParsersAction[argparse.ArgumentParser]", open_: Open) -> None:
    """Teach the command line these three; `open_` opens the realm that is meant."""
    account = acts.add_parser("account", help="give an officer or a person a password")
    account.add_argument("kind", choices=("officer", "person"))
    account.add_argument("subject")
    account.add_argument("login")
    account.set_defaults(run=partial(_account, open_))
    link = acts.add_parser("link", help="a one-time code with which an officer or a person chooses a first password")
    link.add_argument("kind", choices=("officer", "person"))
    link.add_argument("subject")
    link.add_argument("--login", help="left out: the subject's id")
    link.add_argument(
        "--phone", metavar="ADDRESS", help="instead: a link that signs a person's phone in, for a server at https://…"
    )
    link.set_defaults(run=partial(_link, open_))
    gone = acts.add_parser(
        "erase", help="destroy what is private of a person, an incident or a response, in every copy, for ever"
    )
    gone.add_argument("subject", help="person:ID, incident:ID or response:ID")
    gone.add_argument("--yes", action="store_true", help="do not ask to type the subject again")
    gone.add_argument("--backups", type=Path, help="one more folder backups lie in; where backups were made to is remembered")
    gone.set_defaults(run=partial(_erase, open_))


def _account(open_: Open, options: argparse.Namespace, say: Say) -> int:
    password = getpass.getpass("密码 · password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    check_password(password)
    house = open_(options)
    try:
        _check_known(house, options.kind, options.subject)
        house.accounts.add(options.login, kind=options.kind, subject=options.subject, password=password)
    finally:
        asyncio.run(house.close())
    say(f"已设置 · set: {options.login}")
    return 0


def _link(open_: Open, options: argparse.Namespace, say: Say) -> int:
    if options.phone:
        return _phone_link(open_, options, say)
    house = open_(options)
    try:
        _check_known(house, options.kind, options.subject)
        login = options.login or options.subject
        code = house.accounts.invite(login, kind=options.kind, subject=options.subject, now_ms=house.core.now_ms())
    finally:
        asyncio.run(house.close())
    say(
        f"一次性口令，24 小时内有效，只显示这一次 · one-time code, good for 24 h, shown this once\n账号 · login {login}   口令 · code {code}"
    )
    return 0


def _phone_link(open_: Open, options: argparse.Namespace, say: Say) -> int:
    if options.kind != "person":
        raise Refused("account.unknown", subject=options.subject)
    house = open_(options)
    try:
        _check_known(house, options.kind, options.subject)
        code = asyncio.run(_phone_code(house, options.subject))
    finally:
        asyncio.run(house.close())
    address = f"{options.phone.rstrip('/')}/phone#k={code}"
    drawn = io.StringIO()
    segno.make(address, error="m").terminal(drawn, compact=True)
    say(f"在要绑定的手机上打开，24 小时内一次有效 · open on the phone itself, good once, for 24 h\n{address}\n{drawn.getvalue()}")
    return 0


async def _phone_code(house: House, person: str) -> str:
    """Recorded first, then made."""
    await house.ask(LinkPhone(person=person), actor=TERMINAL)
    await house.door.quiet()
    return house.accounts.devices.invite(person, now_ms=house.core.now_ms())


def _check_known(house: House, kind: str, subject: str) -> None:
    """In the registry, and not erased."""
    found = house.names.officers.get(subject) if kind == "officer" else house.names.people.get(subject)
    if found is None or not found.name:
        raise Refused("account.unknown", subject=subject)


def _erase(open_: Open, options: argparse.Namespace, say: Say) -> int:
    """Beside a running server too: it learns of it from the log."""
    if not options.yes:
        say(
            f"将永久销毁 {options.subject} 的全部私密内容，无法恢复。请再次输入以确认 · this cannot be undone; type it again to confirm:"
        )
        if sys.stdin.readline().strip() != options.subject:
            say("未确认，未执行 · not confirmed, nothing was done")
            return 1
    house = open_(options)
    try:
        if house.kind == "live":
            for folder in exercises_beside(house.realm.folder.path):
                _erase_there(options, folder, say)
        asyncio.run(_erased(house, options.subject))
        if options.backups is not None:
            keep_keys_in(options.backups, house.realm.folder, house.realm.vault)
            remember(house.realm.folder, [options.backups.resolve()])
        left = renew_keys(house.realm.folder, house.realm.vault)
    finally:
        asyncio.run(house.close())
    say(f"已销毁 · erased {options.subject}")
    for place in left:
        say(f"备份处的密钥副本未能更新，接通后请再执行一次 · the copy of the keys there is not renewed, do this again: {place}")
    return 1 if left else 0


def _erase_there(options: argparse.Namespace, folder: Path, say: Say) -> None:
    """Whoever was enrolled in an exercise has a copy there, under a key of its vault: it goes first."""
    there = open_exercise(folder, master=master_key(options.home))
    try:
        asyncio.run(_erased(there, options.subject))
        renew_keys(there.realm.folder, there.realm.vault)
        say(f"已销毁 · erased {options.subject}: {folder.name}")
    except Refused as refusal:
        if refusal.code != "erase.unknown":
            raise
    finally:
        asyncio.run(there.close())


async def _erased(house: House, subject: str) -> None:
    await erase(house, subject)
    await house.door.quiet()
