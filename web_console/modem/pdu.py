"""Short messages as a modem takes and gives them: PDUs of 3GPP TS 23.040, GSM 7-bit of TS 23.038. Pure.

Texts go out in UCS-2 (70 characters, or 67 in each part of a longer one) and come in as UCS-2, GSM 7-bit or 8-bit.
"""

import re
from datetime import datetime, timedelta, timezone

import msgspec

SINGLE, PART = 70, 67
_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = {0x0A: "\f", 0x14: "^", 0x28: "{", 0x29: "}", 0x2F: "\\", 0x3C: "[", 0x3D: "~", 0x3E: "]", 0x40: "|", 0x65: "€"}
_ESCAPE = 0x1B
_SUBMIT, _DELIVER, _KIND, _HEADED = 0x01, 0x00, 0x03, 0x40
_UCS2 = 0x08
_INTERNATIONAL, _UNKNOWN_TYPE, _TEXT_TYPE = 0x91, 0x81, 0x50
_CONCAT_8, _CONCAT_16 = 0x00, 0x08
_SEMI = "0123456789*#abc"


class NotRead(ValueError):
    """The bytes are no message that can be read."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Which piece of a longer message: `number` from 1 to `of`."""

    reference: int
    of: int
    number: int


class Incoming(msgspec.Struct, frozen=True, kw_only=True):
    """A message that came in, or a piece of one. `at_ms`: the network's own stamp; 0 where it is spoilt."""

    sender: str
    text: str
    at_ms: int
    part: Part | None = None


def encode(number: str, text: str, *, reference: int) -> list[tuple[int, str]]:
    """SUBMIT PDUs for `AT+CMGS`: length in octets without the service centre, and hex. A longer text in parts of 67, no
    character torn in two. `reference`: binds the parts, 0 to 255."""
    pieces = _pieces(text)
    found = []
    for at, piece in enumerate(pieces, 1):
        header = bytes((5, 0, 3, reference, len(pieces), at)) if len(pieces) > 1 else b""
        body = header + piece
        tpdu = bytes((_SUBMIT | (_HEADED if header else 0), 0)) + _address(number) + bytes((0, _UCS2, len(body))) + body
        found.append((len(tpdu), "00" + tpdu.hex().upper()))
    return found


def _pieces(text: str) -> list[bytes]:
    whole = text.encode("utf-16-be")
    if len(whole) <= 2 * SINGLE:
        return [whole]
    pieces: list[bytes] = []
    held = b""
    for char in text:
        code = char.encode("utf-16-be")
        if len(held) + len(code) > 2 * PART:
            pieces.append(held)
            held = b""
        held += code
    return [*pieces, held]


def _address(number: str) -> bytes:
    digits = re.sub(r"[^0-9*#]", "", number)
    if not digits:
        raise NotRead(number)
    kind = _INTERNATIONAL if number.strip().startswith("+") else _UNKNOWN_TYPE
    return bytes((len(digits), kind)) + semi_octets(digits)


def semi_octets(digits: str) -> bytes:
    """Two digits an octet, swapped; an odd one is filled with F."""
    codes = [_SEMI.index(digit) for digit in digits] + ([0xF] if len(digits) % 2 else [])
    return bytes(high << 4 | low for low, high in zip(codes[::2], codes[1::2], strict=True))


def digits_of(octets: bytes) -> str:
    found = "".join(f"{octet & 0xF:x}{octet >> 4:x}" for octet in octets).rstrip("f")
    return "".join(_SEMI[int(nibble, 16)] if int(nibble, 16) < len(_SEMI) else "" for nibble in found)


def decode(line: str) -> Incoming | None:
    """A DELIVER PDU with its service centre, as `+CMT` and `+CMGL` give it; None for another kind. Raises NotRead."""
    try:
        octets = bytes.fromhex(line.strip())
        return _deliver(octets[1 + octets[0] :])
    except (ValueError, IndexError) as error:
        raise NotRead(line) from error


def _deliver(tpdu: bytes) -> Incoming | None:
    first = tpdu[0]
    if first & _KIND != _DELIVER:
        return None
    length, kind = tpdu[1], tpdu[2]
    at = 3 + (length + 1) // 2
    sender = _sender(tpdu[3:at], kind, length)
    coding, stamp, size, body = tpdu[at + 1], tpdu[at + 2 : at + 9], tpdu[at + 9], tpdu[at + 10 :]
    part, skipped = _header(body) if first & _HEADED else (None, 0)
    return Incoming(sender=sender, text=_text(body, coding, size, skipped), at_ms=_stamp(stamp), part=part)


def _sender(octets: bytes, kind: int, length: int) -> str:
    if kind & 0x70 == _TEXT_TYPE:
        return unpack(octets, length * 4 // 7)
    return ("+" if kind & 0x70 == 0x10 else "") + digits_of(octets)[:length]  # noqa: PLR2004 -- international


def _header(body: bytes) -> tuple[Part | None, int]:
    """The piece it says it is, and how many octets the header takes."""
    end, at, part = body[0] + 1, 1, None
    while at + 1 < end:
        kind, size = body[at], body[at + 1]
        value = body[at + 2 : at + 2 + size]
        if kind == _CONCAT_8 and size == 3:  # noqa: PLR2004 -- as the standard says
            part = Part(reference=value[0], of=value[1], number=value[2])
        elif kind == _CONCAT_16 and size == 4:  # noqa: PLR2004
            part = Part(reference=value[0] << 8 | value[1], of=value[2], number=value[3])
        at += 2 + size
    sound = part is not None and 1 <= part.number <= part.of
    return (part if sound else None), end


def _text(body: bytes, coding: int, size: int, skipped: int) -> str:
    """By the data coding scheme: general (00xx) and message class (1111) groups; others read as GSM 7-bit."""
    group = coding >> 4
    alphabet = coding >> 2 & 3 if group < 4 else (coding >> 2 & 1 if group == 0xF else (2 if group == 0xE else 0))  # noqa: PLR2004
    if alphabet == 2:  # noqa: PLR2004 -- UCS-2
        return body[skipped:size].decode("utf-16-be", "replace")
    if alphabet == 1:
        return body[skipped:size].decode("latin-1")
    septets = (skipped * 8 + 6) // 7
    return unpack(body, size - septets, skipped=septets)


def unpack(octets: bytes, count: int, *, skipped: int = 0) -> str:
    """`count` characters of GSM 7-bit behind `skipped` septets."""
    bits = int.from_bytes(octets, "little") >> 7 * skipped
    codes = [bits >> 7 * at & 0x7F for at in range(max(min(count, len(octets) * 8 // 7 - skipped), 0))]
    found, escaped = "", False
    for code in codes:
        if code == _ESCAPE and not escaped:
            escaped = True
            continue
        found += _EXTENDED.get(code, _BASIC[code]) if escaped else _BASIC[code]
        escaped = False
    return found


def _stamp(octets: bytes) -> int:
    """Seven semi-octets: to the second, and quarters of an hour from UTC, negative by bit 3."""
    year, month, day, hour, minute, second = (octet % 16 * 10 + octet // 16 for octet in octets[:6])
    quarters = (octets[6] & 0x7) * 10 + (octets[6] >> 4)
    zone = timezone(timedelta(minutes=15 * (-quarters if octets[6] & 0x8 else quarters)))
    try:
        return round(datetime(2000 + year, month, day, hour, minute, second, tzinfo=zone).timestamp() * 1000)
    except ValueError:
        return 0


class Parts:
    """Pieces of longer messages until all are there, in whatever order they come. Those held longest go first."""

    HELD = 64

    def __init__(self) -> None:
        self._held: dict[tuple[str, int, int], dict[int, tuple[str, int | None]]] = {}

    def whole(self, message: Incoming, index: int | None = None) -> tuple[Incoming, list[int]] | None:
        """The message once it is complete, and where its pieces are stored."""
        if message.part is None:
            return message, [] if index is None else [index]
        key = (message.sender, message.part.reference, message.part.of)
        pieces = self._held.setdefault(key, {})
        pieces[message.part.number] = (message.text, index)
        if len(pieces) < message.part.of:
            while len(self._held) > self.HELD:
                del self._held[next(iter(self._held))]
            return None
        del self._held[key]
        found = [pieces[number] for number in sorted(pieces)]
        whole = Incoming(sender=message.sender, text="".join(text for text, _ in found), at_ms=message.at_ms)
        return whole, [at for _, at in found if at is not None]
