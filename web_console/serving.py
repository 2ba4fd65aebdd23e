"""A process that answers people: one HTTP server, and an interpreter tuned for short answers rather than long sums."""

import gc
import sys
from typing import Any

import uvicorn
from fastapi import FastAPI

SLICE_S = 0.0005
"""A thread that plans lets one that answers go on after this long; the interpreter's default is ten times as much."""
COLLECT_AFTER = 50_000
"""Objects made before the collector looks for cycles; about a third of the time of a storm of answers goes there otherwise."""
FRAME_MOST = 256 * 1024


def serve(app: FastAPI, *, host: str, port: int) -> None:
    """Serve until told to stop. Sockets are not compressed: every phone's own buffers would cost more than they save."""
    answer_quickly()
    uvicorn.run(app, host=host, port=port, **settings())


def settings() -> dict[str, Any]:
    """The same with and without TLS."""
    return {
        "http": "httptools", "ws": "websockets-sansio", "ws_max_size": FRAME_MOST, "ws_per_message_deflate": False,
        "log_level": "warning", "access_log": False, "server_header": False,
    }  # fmt: skip


def answer_quickly() -> None:
    """For the rest of this process: short turns between threads, and no long look for cycles among what will stay anyway."""
    sys.setswitchinterval(SLICE_S)
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, 20, 50)
