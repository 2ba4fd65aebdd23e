"""A modem that speaks as modems do, over a pty: echo, lines between, slow prompts, torn reads, errors, pulled out and put back."""

import asyncio
import os
import pty
import re
import select
import threading
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.stories.told import told
from tests.test_modem_pdu import deliver
from web_console.modem import modem as modem_module
from web_console.modem.at import Answer, AtSession, Came
from web_console.modem.listening import take
from web_console.modem.modem import Modem
from web_console.modem.pdu import Incoming
from web_console.pager import Channel, NotSent

PATIENCE_S = 20


class Sim:
    """The other end of the line. `stored`: messages on the card; `answers`: what CMGS says, in order."""

    def __init__(self, path: Path) -> None:
        self.path, self.stored, self.sent = path, dict[int, str](), list[str]()
        self.pin, self.registered, self.signal = "READY", 1, 20
        self.fails: list[str] = []
        self.changed = threading.Condition()
        self._master, self._slave = -1, -1
        self._echo, self._stop = True, threading.Event()
        self.plug()

    def plug(self) -> None:
        self._master, self._slave = pty.openpty()
        tty.setraw(self._slave)
        self._echo, self._stop = True, threading.Event()
        self.path.unlink(missing_ok=True)
        self.path.symlink_to(os.ttyname(self._slave))
        self._thread = threading.Thread(target=self._live, args=(self._master, self._stop), daemon=True)
        self._thread.start()

    def pull(self) -> None:
        self._stop.set()
        self._thread.join(PATIENCE_S)
        self.path.unlink(missing_ok=True)
        os.close(self._master)
        os.close(self._slave)

    def comes(self, index: int, pdu: str) -> None:
        self.stored[index] = pdu
        self._say(f'+CMTI: "SM",{index}')

    def _live(self, master: int, stop: threading.Event) -> None:
        held = b""
        while not stop.is_set():
            if not select.select([master], [], [], 0.02)[0]:
                continue
            held += os.read(master, 64)
            while (found := re.search(rb"[\r\x1a\x1b]", held)) is not None:
                line, end, held = held[: found.start()].decode(), found[0], held[found.end() :]
                if end == b"\x1a":
                    self._send(line)
                elif end == b"\r":
                    self._command(line.strip())

    def _command(self, line: str) -> None:
        if self._echo:
            self._raw(line.encode() + b"\r\r\n")
        if line == "ATE0":
            self._echo = False
        if line.startswith("AT+CMGS="):
            self._say("^RSSI:19")  # what nobody asked for
            self._raw(b"\r\n> ")
            return
        said = {
            "AT+CPIN?": [f"+CPIN: {self.pin}"] if self.pin != "none" else [], "AT+CREG?": [f"+CREG: 0,{self.registered}"],
            "AT+CSQ": [f"+CSQ: {self.signal},99"],
            "AT+CMGL=4": [line for index, pdu in sorted(self.stored.items()) for line in (f"+CMGL: {index},0,,24", pdu)],
        }.get(line, [])  # fmt: skip
        if line.startswith("AT+CMGR="):
            said = ["+CMGR: 0,,24", self.stored[int(line.partition("=")[2])]]
        for each in said:
            self._say(each)
        self._say("+CME ERROR: 10" if line == "AT+CPIN?" and self.pin == "none" else "OK")
        if line.startswith("AT+CMGD="):
            with self.changed:
                self.stored.pop(int(line.partition("=")[2]), None)
                self.changed.notify_all()

    def _send(self, pdu: str) -> None:
        if self.fails:
            self._say(self.fails.pop(0))
            return
        self.sent.append(pdu)
        self._say("+CMGS: 12")
        self._say("OK")

    def _say(self, line: str) -> None:
        self._raw(f"\r\n{line}\r\n".encode())

    def _raw(self, data: bytes) -> None:
        for at in range(0, len(data), 7):  # torn anywhere
            os.write(self._master, data[at : at + 7])


class Taking(Channel):
    """A modem that takes everything."""

    name = "modem"
    answers = True

    async def send(self, *, phone: str, text: str, reference: str) -> None:
        """It is gone."""


@pytest.fixture
def sim(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sim:
    monkeypatch.setattr(modem_module, "AGAIN_S", 0.02)
    monkeypatch.setattr(modem_module, "READ_S", 0.02)
    return Sim(tmp_path / "ttyUSB2")


@contextmanager
def running(sim: Sim) -> Iterator[tuple[Modem, list[Incoming], threading.Condition]]:
    heard: list[Incoming] = []
    told_ = threading.Condition()
    modem = Modem(str(sim.path), mono_s=lambda: 0.0)

    def take_(message: Incoming) -> None:
        with told_:
            heard.append(message)
            told_.notify_all()

    modem.start(take_)
    yield modem, heard, told_
    modem.stop()


def becomes(modem: Modem, state: str) -> None:
    """Waits for the modem's own thread, at most so long."""
    turn = threading.Event()
    for _ in range(PATIENCE_S * 100):
        if modem.condition().state == state:
            return
        turn.wait(0.01)
    pytest.fail(f"{modem.condition()} is not {state}")


async def test_a_long_text_goes_out_in_parts_and_a_refused_one_is_said_to_have_failed(sim: Sim) -> None:
    with running(sim) as (modem, _, _):
        await asyncio.wait_for(modem.send(phone="13800138000", text="召" * 100, reference="r"), PATIENCE_S)
        assert len(sim.sent) == 2
        assert modem.condition().state == "ok"
        sim.fails.append("+CMS ERROR: 500")
        with pytest.raises(NotSent):
            await asyncio.wait_for(modem.send(phone="13800138000", text="召集", reference="r"), PATIENCE_S)
        await asyncio.wait_for(modem.send(phone="13800138000", text="召集", reference="r"), PATIENCE_S)
        assert len(sim.sent) == 3


def test_texts_on_the_card_and_new_ones_are_heard_once_and_deleted(sim: Sim) -> None:
    sim.stored[3] = deliver("1 5")
    with running(sim) as (_, heard, told_), sim.changed:
        assert sim.changed.wait_for(lambda: not sim.stored, PATIENCE_S)
        sim.comes(4, deliver("人", header="050003010202"))
        sim.comes(5, deliver("1 5", header="050003010201"))
        assert sim.changed.wait_for(lambda: not sim.stored, PATIENCE_S)
        with told_:
            assert [message.text for message in heard] == ["1 5", "1 5人"]


async def test_pulled_out_it_says_so_and_put_back_it_goes_on(sim: Sim) -> None:
    with running(sim) as (modem, _, _):
        becomes(modem, "ok")
        sim.pull()
        becomes(modem, "unplugged")
        with pytest.raises(NotSent):
            await modem.send(phone="13800138000", text="召集", reference="r")
        sim.plug()
        becomes(modem, "ok")
        await asyncio.wait_for(modem.send(phone="13800138000", text="召集", reference="r"), PATIENCE_S)


@pytest.mark.parametrize(
    ("pin", "registered", "state"), [("SIM PIN", 1, "no_sim"), ("none", 1, "no_sim"), ("READY", 2, "no_signal")]
)
async def test_without_a_card_or_a_network_it_says_so(sim: Sim, pin: str, registered: int, state: str) -> None:
    sim.pin, sim.registered = pin, registered
    with running(sim) as (modem, _, _):
        becomes(modem, state)
        with pytest.raises(NotSent):
            await modem.send(phone="13800138000", text="召集", reference="r")


def test_lines_that_come_between_belong_to_nobody() -> None:
    session = AtSession()
    session.send_pdu(18, "0001", tag="t")
    session.ask("AT+CSQ")
    assert bytes(session.out) == b"AT+CMGS=18\r"
    session.out.clear()
    for byte in b"AT+CMGS=18\r\r\n\r\n+CMT: ,24\r\nABCD\r\n\r\n> ":
        session.feed(bytes((byte,)))
    assert session.events.popleft() == Came(pdu="ABCD")
    assert bytes(session.out) == b"0001\x1a"
    session.out.clear()
    session.feed(b"\r\n+CMGS: 7\r\n\r\nOK\r\n")
    assert session.events.popleft() == Answer(command="AT+CMGS=18", ok=True, lines=("+CMGS: 7",), tag="t")
    assert bytes(session.out) == b"AT+CSQ\r"
    session.give_up()
    assert session.events.popleft() == Answer(command="AT+CSQ", ok=False, code=None)


def test_what_comes_by_the_modem_is_an_answer_once(tmp_path: Path) -> None:
    """Read from the card a second time, after a crash before it was deleted, it is the same message."""
    with told(tmp_path, channels=(Taking(),)) as story:
        incident = story.raise_fire()
        message = Incoming(sender="+8619900000001", text="1 2", at_ms=5)
        assert story.client.portal is not None
        for _ in range(2):
            story.client.portal.call(take, story.house, message)
            story.settle()
        call = next(c for c in story.board(incident)["calls"] if c["person"] == "p1")
        assert (call["seated"], call["answered_by"]) == (2, "modem")
