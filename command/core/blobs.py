"""Blobs: photos and other big private things, sealed like the private parts of events, named by what they are.

Destroying the subject's key destroys its blobs everywhere; the files that remain open for nobody.
"""

import re
from pathlib import Path

from command.core.errors import LogUnavailable
from command.core.files import sync_folder, write_whole
from command.core.vault import Vault

_NAME = re.compile(r"[0-9A-Za-z-]{1,80}")


class Blobs:
    """A folder of sealed files."""

    def __init__(self, folder: Path, vault: Vault, *, full_sync: bool = True) -> None:
        self._folder = folder
        self._vault = vault
        self._full_sync = full_sync

    def put(self, name: str, subject: str, plain: bytes, *, to_disk: bool = True) -> None:
        """Seal and store; on return it is durable, unless `to_disk` is false: then it survives this process, but perhaps not a
        power cut. An erased subject stores nothing.

        Raises LogUnavailable, as on a full disk: then nothing of it is left, and it may be tried again.
        """
        self._vault.prepare([subject])
        sealed = self._vault.seal_bytes(subject, plain, context=name)
        if sealed is None:
            return
        try:
            if not self._folder.exists():
                self._folder.mkdir(exist_ok=True)
                sync_folder(self._folder.parent)
            write_whole(self._path(name), sealed, to_disk=to_disk and self._full_sync)
        except OSError as error:
            raise LogUnavailable(why=str(error)) from error

    def get(self, name: str, subject: str) -> bytes | None:
        path = self._path(name)
        return self._vault.open_bytes(subject, path.read_bytes(), context=name) if path.exists() else None

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError("a blob's name is letters, digits and dashes")
        return self._folder / name
