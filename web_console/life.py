"""What a house does by itself while it serves. Nothing that fails ends a work: it is said, shown, and tried again."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from command.core.errors import MusterError

_log = logging.getLogger(__name__)

AGAIN_S = 0.5


class Life:
    """Works that go on for ever, each by itself. `failing`: those whose last try failed, with the kind of fault."""

    def __init__(self) -> None:
        self.failing: dict[str, str] = {}
        self._works: list[asyncio.Task[None]] = []

    def start(self, name: str, work: Callable[[], Awaitable[object]], *, every_s: float) -> None:
        self._works.append(asyncio.create_task(self._for_ever(name, work, every_s), name=f"muster-{name}"))

    async def stop(self) -> None:
        for work in self._works:
            work.cancel()
        await asyncio.gather(*self._works, return_exceptions=True)
        self._works.clear()

    async def _for_ever(self, name: str, work: Callable[[], Awaitable[object]], every_s: float) -> None:
        while True:
            try:
                await work()
                self.failing.pop(name, None)
                await asyncio.sleep(every_s)
            except MusterError as error:  # a full disk, too many waiting: expected to pass
                if self.failing.get(name) != error.code:
                    _log.warning("%s waits: %s", name, error.code)
                self.failing[name] = error.code
                await asyncio.sleep(AGAIN_S)
            except Exception as error:
                _log.exception("%s failed and goes on", name)
                self.failing[name] = type(error).__name__
                await asyncio.sleep(AGAIN_S)
