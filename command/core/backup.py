"""Backup and restore of a realm folder.

The log and registry are copied whole and consistent; the vault apart, as one newest copy. A restore puts back log,
registry, blobs, areas and roads, always takes the *newest* vault (what was erased stays erased), and gives a new epoch.
"""

import shutil
import sqlite3
from pathlib import Path

from command.core.realm import Folder
from command.core.vault import Vault

_DATABASES = ("log.db", "registry.db")
_FOLDERS = ("blobs", "areas", "roads")
_FILES = ("anchors.jsonl", "realm.json")


def back_up(realm: Folder, target: Path, *, vault: Vault) -> None:
    """Copy a realm that may be running. `target` is a new or empty folder; the vault goes to `target.parent`."""
    target.mkdir(parents=True, exist_ok=True)
    if any(target.iterdir()):
        raise FileExistsError(target)
    for name in _FILES:  # before the log: no anchor may be newer than the copy
        if (realm.path / name).exists():
            shutil.copy2(realm.path / name, target / name)
    for name in _DATABASES:
        if (realm.path / name).exists():
            _copy_database(realm.path / name, target / name)
    for name in _FOLDERS:
        if (realm.path / name).exists():
            shutil.copytree(realm.path / name, target / name)
    vault.copy_to(vault_copy_beside(target))


def restore(source: Path, realm: Folder, *, epoch: str) -> None:
    """Put a backup in the place of a realm that is not running. The vault that is newest wins: an existing one stays."""
    realm.path.mkdir(parents=True, exist_ok=True)
    for name in (*_DATABASES, *(f"{db}{tail}" for db in _DATABASES for tail in ("-wal", "-shm")), "cache.db", "alive"):
        (realm.path / name).unlink(missing_ok=True)
    for name in (*_DATABASES, *_FILES):
        if (source / name).exists():
            shutil.copy2(source / name, realm.path / name)
    for name in _FOLDERS:
        shutil.rmtree(realm.path / name, ignore_errors=True)
        if (source / name).exists():
            shutil.copytree(source / name, realm.path / name)
    if not realm.vault.exists():
        shutil.copy2(vault_copy_beside(source), realm.vault)
    with sqlite3.connect(realm.log) as connection:
        connection.execute("UPDATE about SET value = ? WHERE name = 'epoch'", (epoch,))
    connection.close()


def vault_copy_beside(backup: Path) -> Path:
    """Where the one newest copy of the vault lies: beside the backups, not inside one."""
    return backup.parent / "vault-newest.db"


def _copy_database(source: Path, target: Path) -> None:
    with sqlite3.connect(source) as live, sqlite3.connect(target) as copy:
        live.backup(copy)
    live.close()
    copy.close()
