"""Speaking AT with a modem, sans I/O: bytes in, bytes and events out. One command at a time; what a modem says by itself may come
between any two lines."""

import re
from collections import deque

import msgspec

CTRL_Z = b"\x1a"
_FINAL = re.compile(r"^(OK|ERROR|\+CM[ES] ERROR: .*|NO CARRIER|COMMAND NOT SUPPORT)$")
_CODE = re.compile(r"^\+CM[ES] ERROR: (\d+)")
_STORED = re.compile(r'^\+CMTI: *"?(\w+)"?, *(\d+)')
_LINE_MOST = 4096
INIT = (
    "ATE0", "AT+CMEE=1", "AT+CPIN?", "AT+CMGF=0", 'AT+CPMS="SM","SM","SM"', "AT+CNMI=2,1,0,0,0", "AT+CREG?", "AT+CSQ", "AT+CMGL=4",
)  # fmt: skip
WATCH = ("AT+CPIN?", "AT+CREG?", "AT+CSQ")


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A command came to its end. `code`: of a +CMS or +CME error; `lines`: what it said before. `tag`: the sender's own."""

    command: str
    ok: bool
    code: int | None = None
    lines: tuple[str, ...] = ()
    tag: str = ""


class Came(msgspec.Struct, frozen=True, kw_only=True):
    """A PDU came in. `index`: where it is stored, to be deleted once it is taken."""

    pdu: str
    index: int | None = None


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    command: str
    body: bytes = b""
    tag: str = ""


class AtSession:
    """`feed` takes bytes as they come, torn anywhere; `events` and `out` are then drained by the shell around it."""

    def __init__(self) -> None:
        self.events: deque[Answer | Came] = deque()
        self.out = bytearray()
        self._buffer = b""
        self._waiting: deque[_Asked] = deque()
        self._asked: _Asked | None = None
        self._sent_body = False
        self._lines: list[str] = []
        self._expects_pdu: int | None = None
        self._unstored = False

    @property
    def is_idle(self) -> bool:
        return self._asked is None and not self._waiting

    def ask(self, command: str, *, body: bytes = b"", tag: str = "") -> None:
        """Behind what is asked already. `body`: what follows the modem's `>`."""
        self._waiting.append(_Asked(command=command, body=body, tag=tag))
        self._next()

    def send_pdu(self, length: int, pdu: str, *, tag: str) -> None:
        self.ask(f"AT+CMGS={length}", body=pdu.encode("ascii") + CTRL_Z, tag=tag)

    def give_up(self) -> None:
        """The modem did not end the command in time: it may have been done all the same (`code` None). A prompt that still waits is
        left with ESC."""
        if self._asked is not None:
            if self._asked.body and not self._sent_body:
                self.out += b"\x1b"
            self._end(ok=False, code=None)

    def feed(self, received: bytes) -> None:
        self._buffer += received
        while True:
            line, ended, rest = self._buffer.partition(b"\n")
            if not ended:
                break
            self._buffer = rest
            self._hear(line.decode("ascii", "replace").strip())
        if self._buffer.strip().startswith(b">") and self._asked is not None and self._asked.body and not self._sent_body:
            self._buffer = b""
            self._sent_body = True
            self.out += self._asked.body
        if len(self._buffer) > _LINE_MOST:
            self._buffer = b""

    def _hear(self, line: str) -> None:
        line = line.removeprefix("> ").strip()
        if not line or (self._asked is not None and line == self._asked.command):
            return  # the echo, until it is switched off
        if self._unstored:
            self._unstored = False
            self.events.append(Came(pdu=line))
        elif self._expects_pdu is not None:
            self.events.append(Came(pdu=line, index=self._expects_pdu))
            self._expects_pdu = None
        elif line.startswith("+CMT:"):
            self._unstored = True
        elif found := _STORED.match(line):
            self.ask(f"AT+CMGR={found[2]}")
        elif line.startswith("+CMGL:"):
            self._expects_pdu = int(line.partition(":")[2].partition(",")[0])
        elif line.startswith("+CMGR:") and self._asked is not None and self._asked.command.startswith("AT+CMGR="):
            self._expects_pdu = int(self._asked.command.partition("=")[2])
        elif self._asked is not None and _FINAL.match(line):
            code = _CODE.match(line)
            self._end(ok=line == "OK", code=int(code[1]) if code else 0)
        elif self._asked is not None:
            self._lines.append(line)

    def _end(self, *, ok: bool, code: int | None) -> None:
        assert self._asked is not None  # noqa: S101 -- the callers look
        self.events.append(
            Answer(command=self._asked.command, ok=ok, code=None if ok else code, lines=tuple(self._lines), tag=self._asked.tag)
        )
        self._asked = None
        self._next()

    def _next(self) -> None:
        if self._asked is None and self._waiting:
            self._asked = self._waiting.popleft()
            self._lines, self._sent_body = [], False
            self.out += self._asked.command.encode("ascii") + b"\r"
