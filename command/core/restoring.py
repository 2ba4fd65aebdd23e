"""Restoring a backup: made ready beside the realm, checked, and only then put in its place. Whatever fails before that,
the realm stands as it stood."""

import logging
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from command.core.backup import DATABASES, FILES, FOLDERS, copy_named_in, half_written, places, remember
from command.core.errors import Refused
from command.core.files import sync_folder, sync_tree
from command.core.locks import have_alone, serve_alone
from command.core.realm import Folder, Realm
from command.core.vault_copies import merge
from command.core.verify import verify_file

_log = logging.getLogger(__name__)

WHY = "restored from a backup"


def restore(source: Path, realm: Folder, *, open_realm: Callable[[Folder], Realm]) -> None:
    """Put a backup in the place of a realm that nobody has open, or of none. Whoever is erased, here or in the newest copy of
    the keys, stays erased. `open_realm` opens the realm made ready, with `replaced=WHY`: so it records what happened to it.

    Raises Refused(restore.*), Refused(realm.served, realm.in_use), WrongKey.
    """
    if not (source / "log.db").is_file():
        raise Refused("restore.none", path=str(source))
    copy = copy_named_in(source)
    put_back(realm)
    realm.path.mkdir(parents=True, exist_ok=True)
    with serve_alone(realm.path), have_alone(realm.path):
        ready = _ready(realm)
        ready.path.mkdir()
        try:
            with serve_alone(ready.path):
                _make_ready(source, copy, ready, realm)
                _check(ready)
                _take_note(open_realm(ready))
                sync_tree(ready.path)
                _exchange(ready, realm)
        finally:
            shutil.rmtree(ready.path, ignore_errors=True)


def put_back(realm: Folder) -> None:
    """A restore cut short between its two moves left the old realm aside: it takes its place again. What one cut short before
    or behind them left is swept away, for the keys in it no erasure would reach. Raises Refused(realm.served) while one is at it.
    """
    aside, ready = _aside(realm), _ready(realm).path
    if aside.exists():
        with serve_alone(aside):
            if realm.path.exists():
                shutil.rmtree(aside)
            else:
                aside.rename(realm.path)
    if ready.exists():
        with serve_alone(ready):
            shutil.rmtree(ready)


def _make_ready(source: Path, copy: Path, ready: Folder, realm: Folder) -> None:
    for name in (*DATABASES, *FILES):
        if (source / name).exists():
            shutil.copy2(source / name, ready.path / name)
    for name in FOLDERS:
        if (source / name).exists():
            shutil.copytree(source / name, ready.path / name, ignore=half_written)
    _bring_keys(copy, ready, realm)
    remember(ready, [*places(realm), source.resolve().parent])


def _bring_keys(copy: Path, ready: Folder, realm: Folder) -> None:
    """The newest copy, and what the realm itself knows. Without the copy, the realm's own keys."""
    if copy.is_file():
        shutil.copy2(copy, ready.vault)
    try:
        if copy.is_file() and realm.vault.exists():
            merge(ready.vault, realm.vault)
        elif realm.vault.exists():
            with closing(sqlite3.connect(realm.vault)) as vault:
                vault.execute("VACUUM INTO ?", (str(ready.vault),))
    except sqlite3.Error as error:  # a damaged disk may be why one restores
        _log.warning("the realm's own keys cannot be read: %s", error)
        ready.vault.unlink(missing_ok=True)
        if copy.is_file():
            shutil.copy2(copy, ready.vault)
    if not ready.vault.exists():
        raise Refused("restore.no_keys", path=str(copy))


def _check(ready: Folder) -> None:
    verdict = verify_file(ready.log, ready.anchors)
    if verdict.fault not in (None, "anchors"):  # without one of its anchors a log is as whole as with it
        raise Refused("restore.damaged", position=verdict.position or 0, fault=verdict.fault)


def _take_note(opened: Realm) -> None:
    """Opening it recorded the outage and that history was replaced, unless it could not."""
    opened.close()
    if opened.core.stopped_by is not None:
        raise opened.core.stopped_by


def _exchange(ready: Folder, realm: Folder) -> None:
    aside = _aside(realm)
    realm.path.rename(aside)
    try:
        ready.path.rename(realm.path)
    except OSError:
        aside.rename(realm.path)
        raise
    sync_folder(realm.path.parent)
    shutil.rmtree(aside, ignore_errors=True)


def _ready(realm: Folder) -> Folder:
    return Folder(realm.path.with_name(f"{realm.path.name}.part"))


def _aside(realm: Folder) -> Path:
    return realm.path.with_name(f"{realm.path.name}.before-restore")
