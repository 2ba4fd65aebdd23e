"""A house on the county's network: HTTPS on its private addresses, and beside it, without TLS, only the way to trust it."""

import asyncio
import io
import socket
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import segno
import uvicorn
from fastapi import FastAPI
from starlette.applications import Starlette

from command.core.clock import Clock
from web_console.lan import words
from web_console.lan.addresses import is_private, lan_addresses, local_name
from web_console.lan.authority import LanAuthority
from web_console.lan.joining import joining_app
from web_console.serving import answer_quickly, settings

LOOK_EVERY_S = 3600


class Lan:
    """Where a house is reached on its network, and by which certificate."""

    def __init__(self, home: Path, *, host: str | None, port: int, clock: Clock) -> None:
        """`host`: one private address; None takes all this machine has. Raises ValueError when there is none."""
        self.addresses = [host] if host else lan_addresses()
        if not self.addresses:
            raise ValueError(words.NO_ADDRESS[0])
        for each in self.addresses:
            if not is_private(each):
                raise ValueError(words.NO_ADDRESS[1].format(address=each))
        self.port, self.join_port, self._clock = port, port + 1, clock
        self.authority = LanAuthority(home, now_ms=clock.wall_ms())
        self.renew()
        self.address = f"https://{self.addresses[0]}:{port}"
        self.join_address = f"http://{self.addresses[0]}:{self.join_port}/"

    @property
    def _served(self) -> list[str]:
        return list(dict.fromkeys([*self.addresses, "127.0.0.1"]))

    def renew(self) -> bool:
        return self.authority.renew(self._served, [local_name(), "localhost"], now_ms=self._clock.wall_ms())

    def in_lines(self) -> Sequence[str]:
        """For the terminal: addresses, the QR to join, the fingerprint, what an untrusting phone lacks."""
        qr = io.StringIO()
        segno.make(self.join_address, error="m").terminal(out=qr, compact=True)
        desk, join, finger, lacks = words.SAID
        return [
            desk.format(desk=f"{self.address}/", phone=f"{self.address}/phone"), join.format(join=self.join_address), qr.getvalue(),
            f"{finger}\n  {self.authority.fingerprint}", lacks,
        ]  # fmt: skip

    def sockets(self, port: int) -> list[socket.socket]:
        """One a private address, and the loopback: never all addresses, one of which may be of the open network."""
        return [socket.create_server((address, port), backlog=2048) for address in self._served]


def serve_on_lan(app: FastAPI, lan: Lan) -> None:
    """Serve until told to stop; the certificate is renewed in time without a restart."""
    answer_quickly()
    with suppress(KeyboardInterrupt):  # told to stop by the terminal, and stopped
        asyncio.run(_serve(app, lan))


async def _serve(app: FastAPI, lan: Lan) -> None:
    shown = lan.authority.shown_file
    config = uvicorn.Config(app, **settings(), ssl_certfile=shown, ssl_keyfile=shown)
    config.load()
    server = uvicorn.Server(config)
    joining = uvicorn.Server(_plain(joining_app(lan.authority, lan.address)))
    # in a thread of its own: two servers of one thread would take each other's signal to stop
    handing_out = asyncio.create_task(asyncio.to_thread(joining.run, lan.sockets(lan.join_port)))
    renewing = asyncio.create_task(_renewing(lan, config))
    try:
        await server.serve(lan.sockets(lan.port))
    finally:
        joining.should_exit = True
        renewing.cancel()
        await asyncio.gather(handing_out, renewing, return_exceptions=True)


def _plain(app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(app, http="httptools", ws="none", log_level="warning", access_log=False, server_header=False)


async def _renewing(lan: Lan, config: uvicorn.Config) -> None:
    """Connections from now on are shown the new certificate."""
    while True:
        await asyncio.sleep(LOOK_EVERY_S)
        if lan.renew() and config.ssl is not None:
            config.ssl.load_cert_chain(lan.authority.shown_file)
