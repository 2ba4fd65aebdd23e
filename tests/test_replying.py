"""What leaders type, and what is made of it: never a guess where it could be two things."""

import pytest

from web_console.replying import Said, counted, read_keys, read_reply

CREW = 6


def read(text: str, *, crew_max: int = CREW) -> tuple[str, int | None, int | None] | None:
    said = read_reply(text)
    numbers = counted(said, crew_max=crew_max) if said is not None else None
    return None if said is None or numbers is None else (said.choice, *numbers)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1", ("accept", None, None)),
        ("１　５", ("accept", 5, None)),
        ("1、5人", ("accept", 5, None)),
        (" 1 5 。", ("accept", 5, None)),
        ("我能去，5个人", ("accept", 5, None)),
        ("1 我能去", ("accept", None, None)),
        ("能去，三个人，20分钟到", ("accept", 3, 20)),
        ("1 5 20", ("accept", 5, 20)),
        ("2", ("decline", None, None)),
        ("去不了", ("decline", None, None)),
        ("3", ("later", None, None)),
        ("晚点能到", ("later", None, None)),
        ("3 30", ("later", None, 30)),
        ("3 4 40分钟", ("later", 4, 40)),
        ("3 1小时", ("later", None, 60)),
        ("1 9人", ("accept", CREW, None)),
        ("5", ("", 5, None)),
        ("3人", ("", 3, None)),
        ("15", ("", None, 15)),
        ("1 2去不了", None),
        ("1 去不了", None),
        ("我能去 2", ("accept", 2, None)),
        ("2 5", None),
        ("你是谁", None),
        ("1 我老婆病了", None),
        ("", None),
        ("1 0", None),
        ("1 2345678", None),
        ("1 5 6 7", None),
    ],
)
def test_a_reply_is_read_or_left_to_a_person(text: str, meant: object) -> None:
    assert read(text) == meant


def test_a_letter_says_which_call() -> None:
    assert read_reply("b3 4") == Said(choice="later", letter="B", plain=(4,))
    assert read_reply("Ａ 我能去") == Said(choice="accept", letter="A")
    assert read_reply("OK") is None


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("1", Said(choice="accept")),
        ("15#", Said(choice="accept", heads=5)),
        ("2#", Said(choice="decline")),
        ("3*12", Said(choice="later", heads=12)),
        ("4", None),
        ("", None),
    ],
)
def test_keys_of_a_telephone(keys: str, said: Said | None) -> None:
    assert read_keys(keys) == said
