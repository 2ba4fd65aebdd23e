"""The exercises that are open beside the live realm, under `/x/{id}/`: each its own house, its own pages, its own sign-ins.

An exercise is found in its folder within a second, also one that was prepared while the server runs; one that was deleted, or was
over for half a day, is closed, and whoever still looks is told so once. Trainers make and delete them here too.
"""

import asyncio
import contextlib
import logging
import shutil
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path

from starlette._utils import get_route_path
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from command.core.chance import Chance
from command.core.clock import Clock
from command.core.errors import MusterError, Refused
from command.core.locks import Lock, serve_alone
from mobilization import TERMINAL
from mobilization.training import CancelEnrolment, Exercise, exercise_of
from web_console.exercises.filing import parts_of
from web_console.exercises.held import Held
from web_console.exercises.preparing import (
    CLOSING,
    PREFIX,
    AskLive,
    Plan,
    Prepared,
    exercises_beside,
    folder_of,
    open_exercise,
    prepare,
    remove,
    unfinished,
)
from web_console.exercises.standing import Standing
from web_console.feed.frames import GONE
from web_console.feed.shell import say_bye
from web_console.house import LOOK_S, House
from web_console.pager import Channel
from web_console.pages import gone_page
from web_console.problems import respond

_log = logging.getLogger(__name__)

KEPT_MS = 12 * 3_600_000
"""Its pages stay so long after its end: for the hot wash, and to read what was said."""
MakeApp = Callable[[House], ASGIApp]


def under(public_url: str, house: House) -> str:
    """How links of an exercise begin, where those of the live realm begin so; "" stays "": as the desk is reached."""
    exercise = house.realm.folder.path.name.removeprefix(PREFIX)
    return f"{public_url.rstrip('/')}/x/{exercise}" if public_url else ""


class Open:
    """One that is served."""

    def __init__(self, held: Held, app: ASGIApp, lock: Lock) -> None:
        self.held, self.app, self.lock = held, app, lock


class Exercises:
    """Of one live house. `make_app`: the application over an exercise's house; `channels`: the live realm's, which an exercise has marked;
    `lives`: whether they live by the clock, or are settled by a test."""

    def __init__(
        self, live: House, *, clock: Clock, chance: Chance, master: bytes, make_app: MakeApp, channels: Sequence[Channel] = (),
        lives: bool = True,
    ) -> None:  # fmt: skip
        self.live = live
        self._clock, self._chance, self._master, self._channels = clock, chance, master, channels
        self._make_app, self._lives = make_app, lives
        self._open: dict[str, Open] = {}
        self._past: dict[str, Standing] = {}
        self._looking, self.making = asyncio.Lock(), asyncio.Lock()

    @property
    def held(self) -> tuple[Held, ...]:
        return tuple(each.held for each in self._open.values())

    def get(self, exercise: str) -> Held:
        """Raises Refused(exercise.gone)."""
        if exercise not in self._open:
            raise Refused("exercise.gone")
        return self._open[exercise].held

    def standings(self) -> dict[str, Standing]:
        """How each stands, in order of name; one that cannot be opened is not among them."""
        return dict(sorted({**self._past, **{name: each.held.standing for name, each in self._open.items()}}.items()))

    async def prepare(self, plan: Plan, ask: AskLive) -> Prepared:
        """In a thread: nobody waits for it but who asked, and holds `making`, so that there is one at a time. It is served once this returns."""
        work = partial(prepare, self.live, plan, ask=ask, clock=self._clock, chance=self._chance, master=self._master)
        made = await self.live.apart(work)
        await self.look()
        return made

    async def delete(self, exercise: str) -> None:
        """With all that was recorded in it."""
        (folder_of(self.live, exercise) / CLOSING).touch()
        await self.look()

    async def parts(self, exercise: str) -> dict[str, bytes]:
        """The whole file of one, by the names of its parts."""
        if exercise in self._open:
            await self._open[exercise].held.propose()
        known = exercise_of(self.live.core.world.look, exercise)
        if exercise in self._open:
            return await self.live.apart(parts_of, self._open[exercise].held.house, known)
        house = await asyncio.to_thread(open_exercise, folder_of(self.live, exercise), master=self._master)
        try:
            return await self.live.apart(parts_of, house, known)
        finally:
            await house.close()

    def run(self) -> None:
        """From now on they are looked for, and heed the live realm."""
        self.live.life.start("exercises", self.look, every_s=LOOK_S)
        self.live.life.start("real work", self.heed, every_s=LOOK_S / 4)

    async def look(self) -> None:
        """Open what came, close what went."""
        async with self._looking:
            await self._give_back()
            there = await asyncio.to_thread(self._folders)
            self._past = {exercise: each for exercise, each in self._past.items() if exercise in there}
            for exercise in [*self._open]:
                folder = there.get(exercise)
                if folder is None or (folder / CLOSING).exists() or self._is_past(self._open[exercise].held):
                    await self._close(exercise)
                    there.pop(exercise, None)
            for exercise, folder in there.items():
                if (folder / CLOSING).exists():
                    await asyncio.to_thread(remove, folder)
                    self._past.pop(exercise, None)
                elif exercise not in self._open and exercise not in self._past:
                    await self._take_up(exercise, folder)

    async def heed(self) -> None:
        """The one message the live realm sends into an exercise; and what comes back once it is over: who took part, as a proposal."""
        for each in self.held:
            await each.heed_live()
            await each.propose()

    async def close(self) -> None:
        """The server ends: its pages come back with it. What is being made is made to its end."""
        async with self.making:
            pass
        for exercise in [*self._open]:
            await self._close(exercise, gone=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Behind `/x`: as if the exercise's application stood at `/x/{id}`."""
        exercise, _, _ = get_route_path(scope).lstrip("/").partition("/")
        found = self._open.get(exercise)
        if found is not None:
            await found.app({**scope, "root_path": f"{scope.get('root_path', '')}/{exercise}"}, receive, send)
        elif scope["type"] == "websocket":
            socket = WebSocket(scope, receive, send)
            await socket.accept()
            await say_bye(socket, GONE)
        elif scope["type"] == "http":
            is_page = "/api/" not in scope["path"]
            answer: Response = gone_page() if is_page else respond(Refused("exercise.gone"))
            await answer(scope, receive, send)

    def _folders(self) -> dict[str, Path]:
        return {each.name.removeprefix(PREFIX): each for each in exercises_beside(self.live.realm.folder.path)}

    def _is_past(self, held: Held) -> bool:
        over_ms = held.drill.over_ms
        return over_ms is not None and held.house.core.now_ms() > over_ms + KEPT_MS

    async def _give_back(self) -> None:
        """Who was enrolled for one whose making was cut short is in none."""
        for exercise in await asyncio.to_thread(unfinished, self.live.realm.folder.path):
            known = self.live.core.world.look(f"exercise:{exercise}")
            if (
                isinstance(known, Exercise)
                and not (known.cancelled or known.deleted)
                and self.live.core.now_ms() < known.begin_ms
            ):
                await self.live.ask(CancelEnrolment(exercise=exercise), actor=TERMINAL)

    async def _take_up(self, exercise: str, folder: Path) -> None:
        """One that cannot be opened harms no other, and not the live realm."""
        try:
            lock = serve_alone(folder)
        except (Refused, OSError):
            return
        try:
            held = await asyncio.to_thread(
                Held, self.live, folder, clock=self._clock, chance=self._chance, master=self._master, channels=self._channels
            )
        except (MusterError, OSError, ValueError) as error:
            _log.warning("exercise %s: %s", exercise, type(error).__name__)
            lock.release()
            return
        if self._is_past(held):
            await self._keep(exercise, held)
            await held.house.close()
            lock.release()
            return
        await held.house.open()
        if self._lives:
            held.house.run()
            held.house.life.start("drill page", _shows(held.house), every_s=LOOK_S)
        self._open[exercise] = Open(held, self._make_app(held.house), lock)

    async def _keep(self, exercise: str, held: Held) -> None:
        """How it stood, once nobody serves it any more. What it proposes may not have been heard: it may have ended while no server ran."""
        with contextlib.suppress(MusterError):
            await held.propose()
        self._past[exercise] = held.standing

    async def _close(self, exercise: str, *, gone: bool = True) -> None:
        """Its sockets first: each is told once that it is gone."""
        ending = self._open.pop(exercise)
        house = ending.held.house
        if gone and house.realm.folder.path.exists() and self._is_past(ending.held):
            await self._keep(exercise, ending.held)
        if gone:
            await house.say_gone()
        folder = house.realm.folder.path
        with contextlib.suppress(
            *(() if folder.exists() else (OSError,))
        ):  # somebody took the folder away: there is nothing to keep
            await house.close()
        if gone and (folder / CLOSING).exists():
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
        ending.lock.release()


def _shows(house: House) -> Callable[[], Awaitable[None]]:
    async def show() -> None:
        house.screens.show_drill()

    return show
