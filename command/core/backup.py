"""Backup of a realm folder: log and registry whole and consistent, the rest as it lies, the keys apart.

<where backups lie>/
  vault-<realm>-<id>.db   the one newest copy of the realm's keys, for all its backups; erasing renews it
  <one backup>/           log.db registry.db blobs/ … and `keys`, written last, which names that copy
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec

from command.core.errors import Refused
from command.core.files import sync_tree, write_whole
from command.core.locks import copy_keys
from command.core.realm import Folder
from command.core.vault import Vault
from command.core.vault_copies import bury

DATABASES = ("log.db", "registry.db")
FOLDERS = ("blobs", "areas", "roads", "layers", "scripts")
FILES = ("anchors.jsonl", "realm.json")
KEYS = "keys"
"""The file of a backup that names its copy of the keys; a backup without it is not finished."""

_PLACES = "backups.json"
half_written = shutil.ignore_patterns("*.part")


def back_up(realm: Folder, target: Path, *, vault: Vault) -> None:
    """Copy a realm that may be running. `target` is a new or empty folder; the keys go beside it."""
    target.mkdir(parents=True, exist_ok=True)
    if any(target.iterdir()):
        raise FileExistsError(f"{target}: 文件夹不是空的，请另选一个 · the folder is not empty, choose another")
    remember(realm, [target.resolve().parent])
    for name in FILES:  # before the log: no anchor may be newer than the copy
        if (realm.path / name).exists():
            shutil.copy2(realm.path / name, target / name)
    for name in DATABASES:
        if (realm.path / name).exists():
            _copy_database(realm.path / name, target / name)
    for name in FOLDERS:
        if (realm.path / name).exists():
            shutil.copytree(realm.path / name, target / name, ignore=half_written)
    copy = keep_keys_in(target.parent, realm, vault)
    sync_tree(target)
    write_whole(target / KEYS, copy.name.encode())


def renew_keys(realm: Folder, vault: Vault) -> list[Path]:
    """After an erasure: the copies of the keys wherever backups were made to. Gives the places that could not be reached."""
    return [place for place in places(realm) if not _is_renewed(realm, vault, place)]


def places(realm: Folder) -> list[Path]:
    """Where backups of this realm were made to, as far as it remembers."""
    path = realm.path / _PLACES
    return [Path(each) for each in msgspec.json.decode(path.read_bytes(), type=list[str])] if path.exists() else []


def remember(realm: Folder, more: list[Path]) -> None:
    """Backups lie there too."""
    known = [str(each) for each in places(realm)]
    wanted = list(dict.fromkeys([*known, *map(str, more)]))
    if wanted != known:
        write_whole(realm.path / _PLACES, msgspec.json.encode(wanted))


def _is_renewed(realm: Folder, vault: Vault, place: Path) -> bool:
    if not _copies(place, vault):  # a disk that is not there leaves an empty folder in its place
        return False
    try:
        renewed = keep_keys_in(place, realm, vault)
        for sibling in _copies(place, vault):  # of the realm this one was restored from, under another name
            if sibling != renewed:
                bury(sibling, renewed)
    except (OSError, sqlite3.Error, Refused):
        return False
    return True


def keep_keys_in(place: Path, realm: Folder, vault: Vault) -> Path:
    """The newest copy of the keys, in a place where backups lie. Raises Refused(backup.keys) when the copy that lies there cannot be read: it may hold what no other does."""
    copy = place / f"vault-{realm.path.name}-{vault.id}.db"
    try:
        with copy_keys(realm.path):
            vault.copy_to(copy)
    except sqlite3.Error as error:
        raise Refused("backup.keys", path=str(copy)) from error
    return copy


def _copies(place: Path, vault: Vault) -> list[Path]:
    return sorted(place.glob(f"vault-*-{vault.id}.db"))


def copy_named_in(backup: Path) -> Path:
    """The copy of the keys that belongs to this backup. Raises Refused(restore.unfinished)."""
    named = backup / KEYS
    if not named.is_file():
        raise Refused("restore.unfinished", path=str(backup))
    return backup.resolve().parent / Path(named.read_text("utf-8").strip()).name


def _copy_database(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
