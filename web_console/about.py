"""`realm.json`: what a realm is, set once when it is made. A realm of one kind is never opened as another."""

from pathlib import Path

import msgspec

from command.core.errors import Refused

NAME = "realm.json"


class About(msgspec.Struct, frozen=True, kw_only=True):
    """`city`: its division code. `kind`: live, demo or drill."""

    city: str
    name: str
    kind: str


def read_about(folder: Path, *, kind: str) -> About:
    """Raises FileNotFoundError where no realm is, Refused(realm.kind) where one of another kind is."""
    path = folder / NAME
    if not path.exists():
        raise FileNotFoundError(f"{folder}: 没有这个实例，请先运行 muster init · no such realm, run muster init first")
    try:
        about = msgspec.json.decode(path.read_bytes(), type=About)
    except msgspec.DecodeError as error:
        raise ValueError(f"{path}: 读不出，请从备份恢复 · cannot be read, restore a backup") from error
    if about.kind != kind:
        raise Refused("realm.kind", kind=about.kind)
    return about


def check_same(backup: Path, folder: Path) -> None:
    """A backup goes into the place of its own city's live realm, or of none. Raises Refused(realm.kind, restore.other_city)."""
    if not (backup / NAME).is_file():
        return
    brought = read_about(backup, kind="live")
    if (folder / NAME).is_file() and (city := read_about(folder, kind="live").city) != brought.city:
        raise Refused("restore.other_city", city=brought.city, instead=city)


def make_realm(folder: Path, about: About) -> None:
    """A new realm in a folder that holds none. Raises FileExistsError."""
    if (folder / NAME).exists() or (folder / "log.db").exists():
        raise FileExistsError(f"{folder}: 已存在 · exists already")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NAME).write_bytes(msgspec.json.encode(about))
