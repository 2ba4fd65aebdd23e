"""The words of a PDF that reportlab wrote, in the order they are drawn in, without a program for it: streams are inflated, strings
read as the font before them says."""

import base64
import re
import zlib

_STREAM = re.compile(rb"/Filter \[ /ASCII85Decode /FlateDecode \] /Length \d+\s*>>\s*stream\r?\n(.*?)endstream", re.DOTALL)
_PART = re.compile(rb"/(F\d+) [\d.]+ Tf|\(((?:\\.|[^\\()])*)\) Tj", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def sheets(pdf: bytes) -> list[str]:
    """One text for each sheet."""
    wide = _wide_fonts(pdf)
    return [_words(zlib.decompress(base64.a85decode(b"<~" + each.strip(), adobe=True)), wide) for each in _STREAM.findall(pdf)]


def _wide_fonts(pdf: bytes) -> set[str]:
    """Those whose letters take two bytes."""
    objects = re.findall(rb"\d+ 0 obj\s*(.*?)endobj", pdf, re.DOTALL)
    return {name.decode() for each in objects if b"/UniGB-UCS2-H" in each for name in re.findall(rb"/Name /(F\d+)", each)}


def _words(stream: bytes, wide: set[str]) -> str:
    font, words = "", []
    for part in _PART.finditer(stream):
        if part[1]:
            font = part[1].decode()
        else:
            text = _ESCAPED.sub(_unescaped, part[2])
            words.append(text.decode("utf-16-be") if font in wide else text.decode("cp1252"))
    return "".join(words)


def _unescaped(found: re.Match[bytes]) -> bytes:
    what = found[1]
    return bytes([int(what, 8)]) if what.isdigit() else _PLAIN.get(what, what)
