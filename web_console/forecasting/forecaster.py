"""The house's side of forecasts: one worker process, started when first asked, one order at a time."""

import os
import subprocess
import sys
from pathlib import Path
from threading import Lock, Timer

import msgspec

from command.core.errors import Refused
from web_console.forecasting.orders import Done, Order, receive, send

LONGEST_S = 180
"""A forecast that takes longer is given up: by then it would be of the past."""


class Forecaster:
    """Blocks: call it in a thread. `folder`: of the realm; `kind`: of its rules."""

    def __init__(self, folder: Path, *, kind: str) -> None:
        self._folder, self._kind = folder, kind
        self._worker: subprocess.Popen[bytes] | None = None
        self._lock = Lock()

    def ask(self, order: Order) -> Done:
        """Raises Refused: forecast.busy while another is worked on, forecast.failed when the worker did not come through."""
        if not self._lock.acquire(blocking=False):
            raise Refused("forecast.busy")
        try:
            done = self._asked(order)
        finally:
            self._lock.release()
        if done.fault:
            raise Refused("forecast.failed", fault=done.fault)
        return done

    def close(self) -> None:
        if self._worker is not None:
            self._worker.kill()
            self._worker.communicate()
            self._worker = None

    def _asked(self, order: Order) -> Done:
        worker = self._started()
        assert worker.stdin is not None  # noqa: S101 -- made with pipes
        assert worker.stdout is not None  # noqa: S101 -- made with pipes
        ending = Timer(LONGEST_S, worker.kill)
        ending.start()
        try:
            send(worker.stdin, order)  # type: ignore[arg-type]  # a pipe writes bytes
            raw = receive(worker.stdout)  # type: ignore[arg-type]  # a pipe reads bytes
        except (OSError, EOFError):
            raw = None
        finally:
            ending.cancel()
        if raw is None:
            self.close()
            return Done(fault="worker")
        return msgspec.msgpack.decode(raw, type=Done)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._worker is not None and self._worker.poll() is not None:
            self.close()  # it died meanwhile
        if self._worker is None:
            room = {name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH", "LANG", "SYSTEMROOT")}
            self._worker = subprocess.Popen(  # noqa: S603 -- our own module
                [sys.executable, "-m", "web_console.forecasting.worker", str(self._folder), self._kind], stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, env={**room, "OPENBLAS_NUM_THREADS": "1"},
            )  # fmt: skip
        return self._worker
