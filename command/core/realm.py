"""A realm on disk: one log, one clock, one vault. `live` is one, the demo and every exercise is another.

realms/<id>/log.db  vault.db  registry.db  blobs/  areas/  roads/  layers/  scripts/  anchors.jsonl  alive  cache.db  serving  open
"""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from command.core.anchors import Anchor, Anchors, SignOfLife
from command.core.asks import Ask
from command.core.blobs import Blobs
from command.core.chance import Chance, time_ordered_id
from command.core.clock import Clock
from command.core.core import Core
from command.core.draft import context_of
from command.core.errors import MusterError
from command.core.facts import Event, Rules
from command.core.locks import have_open
from command.core.log import Log
from command.core.log_sqlite import SqliteLog
from command.core.realm_facts import HistoryReplaced, Note, SubjectErased
from command.core.vault import Vault


class Folder(NamedTuple):
    """Where the parts of one realm lie."""

    path: Path

    @property
    def log(self) -> Path:
        return self.path / "log.db"

    @property
    def vault(self) -> Path:
        return self.path / "vault.db"

    @property
    def registry(self) -> Path:
        return self.path / "registry.db"

    @property
    def areas(self) -> Path:
        return self.path / "areas"

    @property
    def roads(self) -> Path:
        return self.path / "roads"

    @property
    def scripts(self) -> Path:
        """Drill files that trainers wrote here."""
        return self.path / "scripts"

    @property
    def cache(self) -> Path:
        return self.path / "cache.db"

    @property
    def anchors(self) -> Path:
        return self.path / "anchors.jsonl"


class Realm:
    """An open realm. Close it to leave an anchor at its end.

    `replaced`: why what lies here is another history than the one its clients knew; recorded, under a new epoch. `beside`: opened
    for a command, by a process that serves nobody: its being alive is not the realm's.
    """

    def __init__(
        self, folder: Folder, *, rules: Rules, clock: Clock, chance: Chance, master: bytes,
        full_sync: bool = True, replaced: str = "", beside: bool = False, probe: Callable[[str], None] = lambda _: None,
    ) -> None:  # fmt: skip
        folder.path.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.chance = chance
        with ExitStack() as opened:  # what is open is closed again if the rest fails
            opened.enter_context(have_open(folder.path))
            self.vault = Vault(folder.vault, master=master, chance=chance, full_sync=full_sync)
            opened.callback(self.vault.close)
            self.log: Log = SqliteLog(folder.log, epoch=chance.bytes(8).hex(), full_sync=full_sync)
            opened.callback(self.log.close)
            self.blobs = Blobs(folder.path / "blobs", self.vault, full_sync=full_sync)
            self.anchors = Anchors(folder.anchors)
            self._alive = SignOfLife(folder.path / "alive")
            lost_from = self.log.head()[0] + 1 if replaced else self._cut_from()
            if lost_from is not None:
                self.log.renew_epoch(chance.bytes(8).hex())
            self.core = Core(
                log=self.log,
                rules=rules,
                vault=self.vault,
                clock=clock,
                alive_ms=self._alive.read_ms(),
                beside=beside,
                probe=probe,
            )
            self._beside, self._is_unrecorded = beside, False
            if lost_from is not None:
                self._note_replaced(replaced or "shorter than its anchors", lost_from)
            self._opened = opened.pop_all()

    def live_on(self) -> None:
        """Once a second: leave a sign of life, and an anchor when one is due."""
        now_ms = self.core.now_ms()
        self._alive.write(now_ms)
        if self.anchors.due(self.core.position, now_ms):
            self._anchor(now_ms)

    def ask_to_erase(self, subject: str) -> Ask:
        """Destroy the subject's key at once, and give the command that records it."""
        self.vault.erase(subject)
        command_id = time_ordered_id(self.core.now_ms(), self.chance)
        return Ask(command=Note(fact=SubjectErased(subject=subject)), actor="core", command_id=command_id)

    def open_event(self, event: Event) -> dict[str, object] | None:
        """The private part of an event, or None when there is none or it was erased."""
        if event.subject is None:
            return None
        return self.vault.open(event.subject, event.sealed, context=context_of(event.position, event.name))

    def close(self) -> None:
        with self._opened:  # closed whatever becomes of the last anchor
            now_ms = self.core.now_ms()
            if not self._beside:
                self._alive.write(now_ms)
            last = self.anchors.last()
            if self.core.position and (last is None or last.position != self.core.position):
                self._anchor(now_ms)

    def _anchor(self, now_ms: int) -> None:
        """None covers up a cut that could not be recorded."""
        if self._is_unrecorded:
            return
        position, hash_ = self.log.head()
        self.anchors.drop(Anchor(position, hash_.hex(), now_ms, self.log.epoch()))

    def _cut_from(self) -> int | None:
        """The first position that the anchors know and the log lost, or None."""
        last = max(self.anchors.standing().values(), default=None)
        if last is None:
            return None
        held = self.log.after(last.position - 1, 1)
        if held and held[0].position == last.position and held[0].hash.hex() == last.hash:
            return None
        return self.log.head()[0] + 1

    def _note_replaced(self, why: str, lost_from: int) -> None:
        fact = HistoryReplaced(why=why, lost_from=lost_from)
        ask = Ask(command=Note(fact=fact), actor="core", command_id=time_ordered_id(self.core.now_ms(), self.chance))
        outcome = self.core.turn([ask])[0]
        if isinstance(outcome, MusterError) and self.core.stopped_by is None:
            raise outcome
        self._is_unrecorded = isinstance(outcome, MusterError)
        self._anchor(self.core.now_ms())
