"""The door: the one async shell around the kernel, and the only way anything changes.

Commands wait in lanes; a writer thread takes up to a batch at a time, so that a stalled disk never stops the loop.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from enum import IntEnum

from command.core.asks import Ask, Outcome, Receipt
from command.core.core import Core
from command.core.errors import Bug, Busy, MusterError

_log = logging.getLogger(__name__)

WAITING_MOST = 2_000
BATCH_MOST = 512
BULK_MOST = 64
RETRY_AFTER_MS = 250


class Lane(IntEnum):
    """Who goes first when many wait."""

    SOS_AND_ANSWERS = 0
    OFFICERS = 1
    POLICIES = 2
    RECEIPTS = 3
    BULK = 4


_Waiting = tuple[Ask, asyncio.Future[Receipt]]


class Door:
    """`await handle(ask)` gives a receipt or raises what the command met. Start inside a running loop."""

    def __init__(self, core: Core, *, bell: Callable[[int], None]) -> None:
        self._core = core
        self._bell = bell
        self._lanes: tuple[deque[_Waiting], ...] = tuple(deque() for _ in Lane)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="muster-writer")
        self._work: asyncio.Task[None] | None = None
        self._bulk_outstanding = 0

    async def handle(self, ask: Ask, lane: Lane = Lane.OFFICERS) -> Receipt:
        """Wait for the turn that decides this command.

        Raises Refused (the rules say no), Busy (too many wait), or another MusterError; then nothing was recorded.
        A caller that is cancelled does not cancel its command.
        """
        if sum(map(len, self._lanes)) >= WAITING_MOST or (lane is Lane.BULK and self._bulk_outstanding >= BULK_MOST):
            raise Busy(RETRY_AFTER_MS)
        answer: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()
        self._lanes[lane].append((ask, answer))
        self._bulk_outstanding += lane is Lane.BULK
        self._start()
        try:
            return await asyncio.shield(answer)
        except MusterError as error:
            raise error.with_traceback(None) from None
        finally:
            self._bulk_outstanding -= lane is Lane.BULK

    async def tick(self) -> None:
        """Let fallen deadlines speak, if any, and see whether the log can be written again. While work goes on they speak in its
        turns."""
        if self._work is None and (self._core.is_due() or self._core.is_deaf):
            await self._turn([])

    async def between(self, work: Callable[[], None]) -> None:
        """Do it between two turns: the clock of a drill is never turned in the middle of one."""
        await asyncio.get_running_loop().run_in_executor(self._writer, work)

    async def quiet(self) -> None:
        """Until nothing waits here."""
        while self._work is not None:
            await asyncio.shield(self._work)

    async def close(self) -> None:
        await self.quiet()
        self._writer.shutdown()

    def _start(self) -> None:
        if self._work is None:
            self._work = asyncio.create_task(self._drain(), name="muster-door")

    async def _drain(self) -> None:
        try:
            while batch := self._next_batch():
                await self._turn(batch)
        finally:
            self._work = None

    def _next_batch(self) -> list[_Waiting]:
        batch: list[_Waiting] = []
        for lane in self._lanes:
            while lane and len(batch) < BATCH_MOST:
                batch.append(lane.popleft())
        return batch

    async def _turn(self, batch: list[_Waiting]) -> None:
        """Whatever happens to the turn, nobody who asked waits for ever."""
        outcomes: Sequence[Outcome] = [Bug(command="turn", fault="unanswered")] * len(batch)
        try:
            loop = asyncio.get_running_loop()
            outcomes = await loop.run_in_executor(self._writer, self._core.turn, [ask for ask, _ in batch])
        except Exception:
            _log.exception("a turn could not be taken")
        finally:
            for (_, answer), outcome in zip(batch, outcomes, strict=True):
                _tell(answer, outcome)
        self._bell(self._core.position)


def _tell(answer: asyncio.Future[Receipt], outcome: Outcome) -> None:
    if answer.done():
        return
    if isinstance(outcome, MusterError):
        answer.set_exception(outcome)
        answer.exception()  # a caller that left is not reported as never retrieved
    else:
        answer.set_result(outcome)
