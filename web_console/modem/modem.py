"""The channel `modem`: a thread around the serial line, unplugged and plugged in again at will. About one message in 3 to 6 seconds,
so one line; the pager sends the most urgent first."""

import asyncio
import logging
import re
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol

import serial

from web_console.modem.at import INIT, WATCH, Answer, AtSession, Came
from web_console.modem.pdu import Incoming, NotRead, Parts, decode, encode
from web_console.pager import Channel, Condition, NotSent

_log = logging.getLogger(__name__)

READ_S, ANSWER_S, SEND_S, WATCH_S, AGAIN_S = 0.2, 10.0, 60.0, 20.0, 2.0
WEAK_BELOW, NO_SIGNAL = 8, 99
_REGISTERED = frozenset({1, 5})


class Line(Protocol):
    """What is needed of a serial port: `read` waits a moment and answers what came, perhaps nothing; both raise OSError."""

    def read(self, size: int) -> bytes: ...

    def write(self, data: bytes, /) -> int | None: ...

    def close(self) -> None: ...


def open_serial(path: str) -> Line:
    line: Line = serial.Serial(path, 115_200, timeout=READ_S, write_timeout=ANSWER_S)
    return line


class _Sending:
    """One text, in as many parts as it takes."""

    def __init__(self, parts: list[tuple[int, str]]) -> None:
        self.parts, self.done = parts, Future[None]()
        self.went_out = False


class Modem(Channel):
    """`mono_s`: seconds that only go forward."""

    name = "modem"
    answers = True
    lines = 1

    def __init__(
        self, path: str, *, mono_s: Callable[[], float], open_line: Callable[[str], Line] = open_serial,
    ) -> None:  # fmt: skip
        self._path, self._mono_s, self._open = path, mono_s, open_line
        self._heard: Callable[[Incoming], None] = lambda _: None
        self._condition = Condition(state="starting")
        self._parts, self._reference = Parts(), 0
        self._wanted: list[_Sending] = []
        self._lock, self._stop = threading.Lock(), threading.Event()
        self._thread = threading.Thread(target=self._live, name="muster-modem", daemon=True)

    def start(self, heard: Callable[[Incoming], None]) -> None:
        """`heard` is called in the modem's thread with each whole text that came in; only when it has returned is the text deleted
        from the card."""
        self._heard = heard
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(ANSWER_S)

    def condition(self) -> Condition:
        return self._condition

    async def send(self, *, phone: str, text: str, reference: str) -> None:  # noqa: ARG002 -- a modem knows none
        """Raises NotSent when nothing of it went out."""
        if self._condition.state not in ("ok", "starting"):
            raise NotSent
        self._reference = self._reference % 255 + 1
        sending = _Sending(encode(phone, text, reference=self._reference))
        with self._lock:
            self._wanted.append(sending)
        await asyncio.wrap_future(sending.done)

    def _live(self) -> None:
        while not self._stop.is_set():
            try:
                line = self._open(self._path)
            except OSError:
                self._lost()
                self._stop.wait(AGAIN_S)
                continue
            try:
                _Talk(self, line).run()
            except OSError:
                self._lost()
            finally:
                line.close()
            self._stop.wait(AGAIN_S)
        self.fail_all()

    def _lost(self) -> None:
        self._condition = Condition(state="unplugged")
        self.fail_all()

    def fail_all(self) -> None:
        """What waited and was not begun certainly did not go out."""
        with self._lock:
            wanted, self._wanted = self._wanted, []
        for sending in wanted:
            sending.done.set_exception(NotSent())

    def next_wanted(self) -> _Sending | None:
        with self._lock:
            return self._wanted.pop(0) if self._wanted else None

    @property
    def is_stopped(self) -> bool:
        return self._stop.is_set()

    def now_s(self) -> float:
        return self._mono_s()

    def take(self, came: Came) -> list[int]:
        """A text that came in; once it is whole it is heard, and what can be deleted is answered. What cannot be heard now stays on
        the card, and is read again the next time."""
        try:
            message = decode(came.pdu)
        except NotRead:
            _log.warning("a message on the card cannot be read")
            return [] if came.index is None else [came.index]
        whole = self._parts.whole(message, came.index) if message is not None else None
        if whole is None:
            return []
        try:
            self._heard(whole[0])
        except Exception as error:
            _log.warning("a text waits on the card: %s", type(error).__name__)
            return []
        return whole[1]

    def note(self, answer: Answer) -> None:
        """What the modem says of its card and its network."""
        said = " ".join(answer.lines)
        if answer.command == "AT+CPIN?" and "READY" not in said:
            self._condition = Condition(state="no_sim")
        elif answer.command == "AT+CREG?" and self._condition.state != "no_sim":
            found = re.search(r"\+CREG: *\d+, *(\d+)", said)
            is_on = found is not None and int(found[1]) in _REGISTERED
            self._condition = Condition(state="ok", signal=self._condition.signal) if is_on else Condition(state="no_signal")
        elif answer.command == "AT+CSQ" and self._condition.state == "ok":
            found = re.search(r"\+CSQ: *(\d+)", said)
            level = int(found[1]) if found else NO_SIGNAL
            self._condition = Condition(state="ok", signal="weak" if level < WEAK_BELOW or level == NO_SIGNAL else "good")
        elif answer.command == "AT+CPIN?" and self._condition.state == "no_sim":
            self._condition = Condition(state="starting")


class _Talk:
    """One stretch of talking with the modem, from plugging in to pulling out."""

    def __init__(self, modem: Modem, line: Line) -> None:
        self._modem, self._line, self._session = modem, line, AtSession()
        self._sending: _Sending | None = None
        self._part = 0
        self._since_s = self._watched_s = modem.now_s()

    def run(self) -> None:
        for command in INIT:
            self._session.ask(command)
        try:
            while not self._modem.is_stopped:
                self._beat()
        finally:
            if self._sending is not None:
                self._finish(None if self._part else NotSent(), code=None)

    def _beat(self) -> None:
        session, now_s = self._session, self._modem.now_s()
        if session.is_idle:
            self._since_s = now_s
            if now_s - self._watched_s >= WATCH_S:
                self._watched_s = now_s
                for command in WATCH:
                    session.ask(command)
            elif self._sending is None and (sending := self._modem.next_wanted()) is not None:
                self._sending, self._part = sending, 0
                session.send_pdu(*sending.parts[0], tag="text")
        elif now_s - self._since_s > (SEND_S if self._sending is not None else ANSWER_S):
            self._since_s = now_s
            session.give_up()
        if session.out:
            self._line.write(bytes(session.out))
            session.out.clear()
        session.feed(self._line.read(256))
        while session.events:
            self._hear(session.events.popleft())

    def _hear(self, event: Answer | Came) -> None:
        self._since_s = self._modem.now_s()
        if isinstance(event, Came):
            for index in self._modem.take(event):
                self._session.ask(f"AT+CMGD={index}")
        elif event.tag == "text" and self._sending is not None:
            self._after_part(event)
        else:
            self._modem.note(event)

    def _after_part(self, answer: Answer) -> None:
        assert self._sending is not None  # noqa: S101 -- the caller looks
        if not answer.ok:
            self._finish(NotSent() if answer.code is not None and self._part == 0 else None, code=answer.code)
            return
        self._part += 1
        if self._part < len(self._sending.parts):
            self._session.send_pdu(*self._sending.parts[self._part], tag="text")
        else:
            self._sending.done.set_result(None)
            self._sending = None

    def _finish(self, fault: NotSent | None, *, code: int | None) -> None:
        """A part that was refused with a code certainly did not go out; without one, or after an earlier part, who knows."""
        if self._sending is not None:
            self._sending.done.set_exception(fault or OSError(f"+CMS {code}"))
            self._sending = None
