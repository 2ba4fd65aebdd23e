"""Reading requests: bodies with their size and shape checked, command ids, the fingerprint that binds them."""

import hashlib
import re
from typing import TypeVar

import msgspec
from starlette.requests import Request

from command.core.errors import Refused

BODY_MOST = 64 * 1024
PHOTO_MOST = 12 * 1024 * 1024
UUID7 = r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
_is_uuid7 = re.compile(UUID7).fullmatch
_is_length = re.compile(r"[0-9]{1,12}").fullmatch
_is_position = re.compile(r"[0-9]{1,18}").fullmatch
_FIELD = re.compile(r" - at `\$\.?(.*)`$")
_MISSING = re.compile(r"missing required field `(\w+)`")
T = TypeVar("T")


async def raw_body(request: Request, *, most: int = BODY_MOST) -> bytes:
    """The body, read no further than `most` bytes."""
    declared = request.headers.get("content-length", "0")
    if not _is_length(declared) or int(declared) > most:
        raise Refused("body.too_large", most=most)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise Refused("body.too_large", most=most)
    return bytes(body)


def decode(body: bytes, shape: type[T]) -> T:
    """Strictly the shape asked for: unknown fields, wrong types and malformed JSON are refused in words."""
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as error:
        text = str(error)
        found = _FIELD.search(text) or _MISSING.search(text)
        raise Refused("body.field", field=found.group(1) if found else "", detail=_FIELD.sub("", text)) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Refused("body.json") from None


def command_id(request: Request) -> str:
    """The client's id for this change: a UUIDv7 in the header `Command-Id`."""
    value = request.headers.get("command-id", "").lower()
    if not _is_uuid7(value):
        raise Refused("command.id")
    return value


def fingerprint(request: Request, body: bytes) -> bytes:
    """What the id is bound to: method, path and raw body."""
    return hashlib.sha256(f"{request.method} {request.url.path}\n".encode() + body).digest()[:16]


def number(request: Request, name: str, *, lowest: float, highest: float) -> float:
    """A finite number from the query, within bounds (inclusive)."""
    try:
        value = float(request.query_params[name])
    except (KeyError, ValueError):
        raise Refused("query.field", field=name) from None
    if not lowest <= value <= highest:
        raise Refused("query.field", field=name)
    return value


def query_position(request: Request, name: str) -> int:
    """A position of the log in the query; 0 where it is left out."""
    text = request.query_params.get(name, "0")
    if not _is_position(text):
        raise Refused("query.field", field=name)
    return int(text)
