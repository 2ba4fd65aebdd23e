"""The secret that wraps the keys of all vaults of a data folder, kept outside of it."""

import os
from pathlib import Path

from command.core.chance import SystemChance
from command.core.errors import Refused, WrongKey
from command.core.files import write_whole
from command.core.vault import MASTER_BYTES


def master_key(home: Path, *, may_make: bool = True) -> bytes:
    """From `MUSTER_MASTER_KEY` (hex), else from a file beside the data folder, which is made for a new data folder.

    Raises Refused(vault.key_missing) where a vault needs the one that is gone, WrongKey when what is there is no key.
    """
    path = home.resolve().parent / f"{home.resolve().name}.master-key"
    given = os.environ.get("MUSTER_MASTER_KEY")
    if not given and not path.exists():
        if not may_make or any(home.glob("realms/*/vault.db")):
            raise Refused("vault.key_missing", path=str(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, SystemChance().bytes(MASTER_BYTES).hex().encode(), mode=0o600)
    try:
        found = bytes.fromhex(given or path.read_text("ascii"))
    except ValueError:
        raise WrongKey from None
    if len(found) != MASTER_BYTES:
        raise WrongKey
    return found
