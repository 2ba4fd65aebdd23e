"""Work that would hold up everybody else, in threads of its own."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from web_console.photos import stripped

AT_ONCE = 2
T = TypeVar("T")


class Apart:
    """What keeps a processor busy for long, such as hashing a password: a few at a time, photos one at a time."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="muster-apart")
        self._one_photo = asyncio.Lock()

    async def __call__(self, work: Callable[..., T], *args: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(work, *args))

    async def strip(self, photo: bytes) -> tuple[bytes, str]:
        """A photo without its metadata, and its type. One at a time, for the memory it takes."""
        async with self._one_photo:
            return await self(stripped, photo)

    def close(self) -> None:
        self._threads.shutdown()
