"""Assembly: one open realm with everything wired. Tests call the same function as the server."""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher

from command.core.asks import Ask, Receipt
from command.core.chance import Chance, time_ordered_id
from command.core.clock import Clock
from command.core.cursors import SqliteCursors
from command.core.door import Door, Lane
from command.core.errors import Refused
from command.core.facts import NOW, Authority, Command, Event, Times
from command.core.followers import Bell, Tail
from command.core.realm import Folder, Realm
from command.core.realm_facts import (
    AreasChanged,
    Note,
    RealmState,
    RegistryChanged,
    RegistryImported,
    RoadsChanged,
    SealedOpened,
    SubjectErased,
)
from command.tiers.divisions import path_of
from command.tiers.registry import Registry
from command.tiers.tables import SavedPlaceRow
from drills.conduct import BindPolicy, Drill, StopPolicy
from drills.conduct.facts import KEY
from drills.staging import Staged, stage
from geo import Mode
from incidents import Zone
from mobilization.planning import Outlook
from mobilization.policies import OrdersPolicy, PagerPolicy, WavePolicy
from web_console.accounts.accounts import Accounts
from web_console.accounts.logins import hash_login
from web_console.apart import Apart
from web_console.board.teams import TeamLists
from web_console.board.view import View
from web_console.catalogue import Catalogue, Travel
from web_console.directory import Directory
from web_console.drill_files import SCENARIO_FILE, read_drill
from web_console.feed.session import Session
from web_console.forecasting import Forecaster
from web_console.forgetting import forget_erased
from web_console.ground import CityGround
from web_console.layers import Layers
from web_console.life import Life
from web_console.marking import Marked
from web_console.migrations import migrate
from web_console.open_roads import OpenRoads
from web_console.outside import Outside
from web_console.pager import Channel
from web_console.relay import relayed
from web_console.replays.drills import PastDrill
from web_console.replays.replays import Replays
from web_console.replies import Replies
from web_console.rules import rules_of
from web_console.screens import Screens
from web_console.scripts.shelf import Shelf
from web_console.trainer.exercise import Exercise
from web_console.trainer.pace import Pace
from web_console.walls.walls import Walls

TICK_S, FLUSH_S, LOOK_S = 0.1, 0.25, 1.0
GONE_TRIES = 20


class House:
    """An open realm: its door, its picture, its feed. `city`: the division code of the city it serves.

    `pace`: of a drill that people play: who turns its clock, and how fast. `beside`: for a command of the terminal; whoever serves the realm does it without. `channels` reach telephones outside: only a realm of kind `live` may have any, one of kind `drill` marked ones; else ValueError.
    """

    def __init__(
        self, path: Path, *, city: str, kind: str, clock: Clock, chance: Chance, master: bytes, channels: tuple[Channel, ...] = (),
        hasher: PasswordHasher | None = None, full_sync: bool = True, beside: bool = False,
        pace: Pace | None = None, probe: Callable[[str], None] = lambda _: None,
    ) -> None:  # fmt: skip
        if channels and kind != "live" and not (kind == "drill" and all(isinstance(each, Marked) for each in channels)):
            raise ValueError(
                f"{kind}: 只有实战实例可以外呼，演练只用带标记的通道 · only a live realm reaches outside, an exercise by marked channels"
            )
        self.city, self.kind, self.chance, self.pace = city, kind, chance, pace
        rules = rules_of(kind)
        self.realm = Realm(
            Folder(path), rules=rules, clock=clock, chance=chance, master=master, full_sync=full_sync, beside=beside, probe=probe
        )
        self.core = self.realm.core
        hash_login_ = partial(hash_login, self.realm.vault)
        self.registry = Registry(
            self.realm.folder.registry, vault=self.realm.vault, migrate=partial(migrate, hash_login=hash_login_)
        )
        self.accounts = Accounts(self.registry, chance=chance, hasher=hasher or PasswordHasher(), hash_login=hash_login_)
        self.walls = Walls(self.registry, chance=chance)
        forget_erased(self.realm.vault, registry=self.registry, accounts=self.accounts)
        self.channels = tuple(channel.name for channel in channels)
        self.view = View(rules.kinds)
        self.catalogue = Catalogue(self.registry, folder=self.realm.folder, city=city, state=lambda: self._state)
        self.open_roads = OpenRoads(self.view.standing_zones)
        self.layers = Layers(self.realm.folder.path / "layers")
        self.scripts = Shelf(self.realm.folder.scripts)
        self.view.tell(self._changed)
        unplayed = Exercise(read_drill(path), rules.kinds) if kind == "drill" and (path / SCENARIO_FILE).exists() else None
        self.exercise = unplayed.fork() if unplayed is not None else None
        self._staged: Staged | None = None
        self.replies = Replies(self.view, names=lambda: self.names, ask=self.ask, now_ms=self.core.now_ms, city=city)
        self.outside = Outside(
            channels, view=self.view, names=lambda: self.names, letter_of=self.replies.letter_of, ask=self.ask, new_id=self.new_id,
            probe=probe,
        )  # fmt: skip
        self.pager = self.outside.pager
        self.team_lists = TeamLists(lambda: self.names)
        self.screens = Screens(
            self.view, self.catalogue, realm=self.realm, ways=self.pager.conditions, lists=self.team_lists,
            simulated_answer=kind != "live", is_found=self._is_found,
            room_ms=pace.room_ms if pace is not None else self.core.now_ms, exercise=self.exercise, posts=lambda: self.posts,
            players=self.accounts.people,
        )  # fmt: skip
        self._bell = Bell()
        self.door = Door(self.core, bell=self._bell.ring)
        self._cursors = SqliteCursors(self.realm.folder.cache)
        self.tail = Tail(
            core=self.core, log=self.realm.log, door=self.door, bell=self._bell, projections=[self.view, self.pager, *([self.exercise] if self.exercise is not None else [])],
            policies=[
                WavePolicy(look=self.view.look, outlook=self.outlook, keep=self.keep_reasons),
                PagerPolicy(look=self.view.look, is_awake=self.screens.presence.is_awake),
                OrdersPolicy(look=self.view.look, orders_of=lambda incident: self.view.afield.orders_of.get(incident, ())),
                *([BindPolicy(look=self.view.look)] if self.exercise is not None else []),
                *([StopPolicy(running=self._call_outs)] if kind == "drill" else ()),
            ],
            cursors=self._cursors, probe=probe,
        )  # fmt: skip
        self.life = Life()
        self.is_gone = False
        self.apart = Apart()
        self.forecaster = Forecaster(self.realm.folder.path, kind=kind)
        self.replays = Replays(
            self.realm.folder.path,
            self.realm.log,
            kind=kind,
            names=lambda: self.names,
            lists=self.team_lists,
            now_ms=self.core.now_ms,
            drill=PastDrill(unplayed, names=lambda: self.names, posts=lambda: self.posts, players=self.accounts.people)
            if unplayed is not None
            else None,
        )

    async def open(self) -> None:
        """Catch up with the log; what an earlier process left half-sent is given up on; what planning reads is read."""
        await self.relay()
        await self.tail.drain()
        self.pager.give_up_on_the_past(self.core.began_at)
        await asyncio.to_thread(self.catalogue.refresh)
        for mode in sorted({mode for zone in self.view.standing_zones() if zone.stretch for mode in zone.shuts}):
            await asyncio.to_thread(self.catalogue.travel_by, mode)

    def run(self) -> None:
        """Live by the clock from here on (the server); tests call `settle` instead. Each work goes on by itself: a slow
        gateway or a full disk delays no deadline and no screen."""
        self.life.start("tail", self.tail.live, every_s=0)
        self.life.start("deadlines", self.door.tick, every_s=TICK_S)
        self.life.start("boards", self.screens.flush, every_s=FLUSH_S)
        self.life.start("sender", self.pager.keep_sending, every_s=TICK_S)
        self.life.start("registry", self.relay, every_s=LOOK_S)
        self.life.start("names", self.screens.renew, every_s=LOOK_S)
        self.life.start("awake", self.screens.show_awake, every_s=LOOK_S)
        self.life.start("alive", self._live_on, every_s=LOOK_S)

    async def settle(self) -> None:
        """Until nothing more follows by itself at this moment. Nothing that follows changes the registry."""
        await self.relay()
        while True:
            await self.door.tick()
            await self.tail.drain()
            await self.screens.renew()
            if not await self.pager.send_waiting() and self.tail.position >= self.core.position and not self.core.is_due():
                break
        self.screens.show_ways()
        await self.screens.show_awake()
        while self.screens.hub.flush() or self.screens.hub.is_stale:
            pass

    async def say_gone(self) -> None:
        """This realm is deleted or closed for good: every socket is told once, and given a moment to hear it."""
        self.is_gone = True
        self.walls.wake_all()
        for _ in range(GONE_TRIES):
            left = [each for sockets in (self.screens.desks, self.screens.presence) for each in sockets.sockets()]
            if not left:
                return
            for each in left:
                if isinstance(each, Session):
                    each.doubt()
            await asyncio.sleep(TICK_S)

    async def close(self) -> None:
        await self.life.stop()
        await self.pager.stop()
        await self.door.close()
        self.apart.close()
        self.forecaster.close()
        await self.replays.close()
        self._cursors.close()
        self.registry.close()
        self.realm.close()

    async def ask(
        self, command: Command, *, actor: str, command_id: str = "", fingerprint: bytes = b"", authority: Authority | None = None,
        times: Times = NOW, lane: Lane = Lane.OFFICERS,
    ) -> Receipt:  # fmt: skip
        """The one way anything changes."""
        ask = Ask(
            command=command, actor=actor, command_id=command_id or self.new_id(), fingerprint=fingerprint, authority=authority,
            times=times,
        )  # fmt: skip
        return await self.door.handle(ask, lane)

    async def erase(self, subject: str) -> Receipt:
        """Destroy the key of an incident or a person: private parts, photos and registry values, in every copy."""
        return await self.door.handle(self.realm.ask_to_erase(subject))

    def keep_reasons(self, name: str, subject: str, plain: bytes) -> None:
        """Why others were not called: stored without waiting for the disk, since leaders wait for the wave."""
        self.realm.blobs.put(name, subject, plain, to_disk=False)

    def session_ms(self) -> int:
        """How late it is for who signs in: by the room they sit in, however fast a drill is played there."""
        return self.pace.room_wall_ms() if self.pace is not None else self.core.now_ms()

    def new_id(self) -> str:
        return time_ordered_id(self.core.now_ms(), self.chance)

    def note(self, fact: AreasChanged | RoadsChanged) -> None:
        """Record that another map is in force; for imports, before the house is opened."""
        self.record(fact)
        self.catalogue.renew()

    def record(self, fact: AreasChanged | RoadsChanged) -> None:
        """The same, without reading it: where nothing is asked of the map yet."""
        ask = Ask(command=Note(fact=fact), actor="import", command_id=self.new_id())
        outcome = self.core.turn([ask])[0]
        if not isinstance(outcome, Receipt):
            raise outcome

    @property
    def _state(self) -> RealmState:
        state = self.core.world.look("realm")
        return state if isinstance(state, RealmState) else RealmState()

    @property
    def drill(self) -> Drill | None:
        """What is played here, as its log has it."""
        state = self.core.world.look(KEY)
        return state if isinstance(state, Drill) else None

    @property
    def staged(self) -> Staged | None:
        """Of a drill: its file put on this city."""
        if self._staged is None and self.exercise is not None:
            self._staged = stage(self.exercise.scenario, city=self.city, divisions=list(self.names.divisions), ground=self.ground)
        return self._staged

    @property
    def posts(self) -> Mapping[str, str]:
        """Of a drill: the division each post of its file stands for."""
        return self.staged.posts if self.staged is not None else {}

    @property
    def roads(self) -> str:
        """The road network in force, by its hash; empty when none is."""
        return self._state.roads

    @property
    def areas(self) -> str:
        """The boundary set in force, by its hash; empty when none is."""
        return self._state.areas

    async def relay(self) -> None:
        """Tell the log what changed in the registry since it last heard. One that takes nothing any more is only read."""
        if self.core.stopped_by is not None:
            return
        for change in self.registry.outbox_after(self._state.registry_rev):
            await self.ask(
                relayed(change), actor=change.by or "registry", command_id=f"{change.rev:012d}/registry", lane=Lane.BULK
            )

    async def reach(self, position: int) -> None:
        """Wait until the committed picture includes `position`, at most two seconds."""
        for _ in range(40):
            if self.view.position >= position:
                return
            await asyncio.sleep(0.05)
        raise Refused("position.not_yet", position=position)

    def path_of(self, division: str) -> tuple[str, ...]:
        """A division and those above it, from the city down."""
        return tuple(code for code in path_of(division) if code.startswith(self.city))

    async def keep_place(self, place: str, values: Mapping[str, Any]) -> None:
        """Keep a place of public life in the registry; the next search finds it."""

        def write() -> None:
            with self.registry.write("places", place) as writing:
                writing.put(SavedPlaceRow, place, values)
            self.catalogue.spoil("places")
            self.catalogue.refresh()

        await self.apart(write)

    @staticmethod
    def opening(subject: str) -> Note:
        """The command that records a look behind the mask."""
        return Note(fact=SealedOpened(subject=subject))

    @property
    def names(self) -> Directory:
        return self.catalogue.names

    @property
    def ground(self) -> CityGround:
        return self.catalogue.ground

    def outlook(self) -> Outlook:
        """What a planner is given from outside: the roster, travel times, who is awake."""
        return Outlook(roster=self.catalogue.roster, travel=self.travel, is_awake=self.screens.presence.is_awake)

    @property
    def travel(self) -> Travel:
        """Over the roads as they are open now."""
        return self.open_roads(self.catalogue.travel)

    async def travel_by(self, mode: Mode) -> Travel:
        """Likewise by another mode. The first who asks waits until its network is made."""
        return self.open_roads(await self.apart(self.catalogue.travel_by, mode), mode)

    def _call_outs(self) -> list[str]:
        return [key.partition(":")[2] for key in self.core.world.keys("mobilization")]

    def _is_found(self, zone: Zone) -> bool | None:
        """Whether the roads in force have the stretch that a zone shuts; None: not known."""
        held = ((mode, self.catalogue.held_by(mode)) for mode in zone.shuts)
        known = [(mode, travel) for mode, travel in held if travel is not None]
        return self.open_roads.is_found(zone.stretch, known) if zone.stretch else None

    def _changed(self, items: frozenset[str], event: Event) -> None:
        """The picture moved: what was read beside the log is read anew, then screens are told."""
        match event.fact:
            case SubjectErased(subject=subject):
                self.realm.vault.forget(subject)  # perhaps another process erased it
                self.catalogue.forget(subject.partition(":")[2])
                self.team_lists.forget()
                self.catalogue.spoil()
            case RegistryChanged(kind=kind) | RegistryImported(kind=kind):
                self.catalogue.spoil(kind)
                self.replies.forget()
                if kind == "account":
                    self.accounts.forget()
            case AreasChanged():
                self.catalogue.spoil("areas")
            case RoadsChanged():
                self.catalogue.spoil("roads")
            case _:
                pass
        self.screens.follow(items, event)

    async def _live_on(self) -> None:
        await asyncio.to_thread(self.realm.live_on)
