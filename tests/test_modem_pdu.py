"""PDUs of short messages: known ones of the standard's shape, and properties of what we write and read."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web_console.modem.pdu import Incoming, NotRead, Part, Parts, decode, digits_of, encode, semi_octets, unpack

SMSC = "0891683108200505F0"
STAMP = "62115271740423"


def deliver(text: str, *, header: str = "") -> str:
    """A UCS-2 message from 13800138000, as the network gives it."""
    body = bytes.fromhex(header) + text.encode("utf-16-be")
    first = "44" if header else "04"
    return f"{SMSC}{first}0D91683108108300F00008{STAMP}{len(body):02X}{body.hex().upper()}"


def packed(codes: list[int]) -> bytes:
    """GSM 7-bit, the other way round, for the tests alone."""
    bits = sum(code << 7 * at for at, code in enumerate(codes))
    return bits.to_bytes((7 * len(codes) + 7) // 8, "little")


def test_a_known_message_in_gsm_letters() -> None:
    found = decode("07917283010010F5040BC87238880900F10000993092516195800AE8329BFD4697D9EC37")
    assert found is not None
    assert (found.sender, found.text) == ("27838890001", "hellohello")


def test_a_known_message_to_send() -> None:
    assert encode("+8613800138000", "你好", reference=1) == [(18, "0001000D91683108108300F00008044F60597D")]


def test_numbers_with_letters_and_odd_counts() -> None:
    assert semi_octets("12345") == bytes.fromhex("2143F5")
    assert digits_of(bytes.fromhex("2143F5")) == "12345"
    named = decode(
        "07917283010010F5040ED0" + packed([0x49, 0x4E, 0x46, 0x4F, 0x31, 0x32, 0x33, 0x34]).hex() + "0000" + STAMP + "0131"
    )
    assert named is not None
    assert named.sender == "INFO1234"


def test_a_message_in_chinese_with_its_time() -> None:
    found = decode(deliver("１　５人"))
    assert found is not None
    assert (found.sender, found.text) == ("+8613800138000", "１　５人")
    assert datetime.fromtimestamp(found.at_ms / 1000, UTC) == datetime(2026, 11, 25, 9, 47, 40, tzinfo=UTC)


@pytest.mark.parametrize("line", ["", "zz", "07", "0891683108", SMSC + "04FF91", deliver("好")[:-40]])
def test_what_is_no_message_is_said_to_be_none(line: str) -> None:
    with pytest.raises(NotRead):
        decode(line)


def test_a_report_is_no_message() -> None:
    assert decode(SMSC + "06" + "00" * 20) is None


@given(st.text(min_size=1, max_size=300))
def test_every_text_goes_out_whole_in_parts_that_fit(text: str) -> None:
    text = text.encode("utf-16-be", "replace").decode("utf-16-be", "replace")
    parts = encode("13800138000", text, reference=7)
    bodies = []
    for at, (length, pdu) in enumerate(parts, 1):
        octets = bytes.fromhex(pdu)[1:]
        assert length == len(octets) <= 164
        size, body = octets[13 - 1], octets[13:]
        assert size == len(body) <= 140
        if len(parts) > 1:
            assert body[:6] == bytes((5, 0, 3, 7, len(parts), at))
            body = body[6:]
        bodies.append(body)
        body.decode("utf-16-be")  # no character is torn in two
    assert b"".join(bodies).decode("utf-16-be") == text


@given(st.lists(st.integers(0, 127).filter(lambda code: code != 0x1B), min_size=1, max_size=153), st.integers(0, 8))
def test_gsm_letters_are_unpacked_behind_any_header(codes: list[int], skipped: int) -> None:
    octets = packed([0] * skipped + codes)
    assert len(unpack(octets, len(codes), skipped=skipped)) == len(codes)
    assert unpack(octets, len(codes), skipped=skipped) == unpack(packed(codes), len(codes))


@given(st.permutations(range(1, 6)))
def test_parts_come_in_any_order_and_twice(order: list[int]) -> None:
    parts, whole = Parts(), None
    for at in [*order[:-1], order[0], order[-1]]:
        piece = Incoming(sender="1", text=f"<{at}>", at_ms=0, part=Part(reference=9, of=5, number=at))
        whole = parts.whole(piece, at) or whole
    assert whole == (Incoming(sender="1", text="<1><2><3><4><5>", at_ms=0), [1, 2, 3, 4, 5])


@given(st.binary(max_size=60))
def test_no_bytes_break_the_reader(noise: bytes) -> None:
    try:
        decode(noise.hex())
    except NotRead:
        return
