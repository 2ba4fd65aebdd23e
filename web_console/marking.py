"""What leaves an exercise says so at both ends, and reaches nobody who is not in it. Two walls: an exercise's realm knows nobody
else (`exercises/enrolling.py`), and each of its channels looks once more at the number."""

import asyncio
from collections.abc import Callable

from web_console.pager import Channel, Condition, NotSent

BEGIN = "【演练 演练 演练 / EXERCISE EXERCISE EXERCISE】"
END = "【演练 演练 演练】"
BEGIN_SPOKEN, END_SPOKEN = "演练，演练，演练。", "演练，演练，演练。"
BEGIN_NAMED, END_NAMED = "演练-", "-演练"
"""Of what a file is called."""
DEMO = "【演示数据】"
WAIT_S = 0.2


def marked(text: str, *, kind: str, spoken: bool = False) -> str:
    """`kind`: of the realm. Live words stay as they are."""
    if kind == "live":
        return text
    if kind == "demo":
        return f"{DEMO}{text}"
    return f"{BEGIN_SPOKEN}{text}{END_SPOKEN}" if spoken else f"{BEGIN}{text}{END}"


def file_name(name: str, *, kind: str) -> str:
    """What a file is called that is taken out of the house: an exercise's says so at both ends."""
    stem, dot, ending = name.rpartition(".")
    return f"EXERCISE-{stem}-EXERCISE{dot}{ending}" if kind == "drill" else name


class NotEnrolled(NotSent):
    """A number that is nobody's in this exercise: nothing went out."""


class Marked(Channel):
    """A channel as an exercise has it. `may_reach`: whether a number is an enrolled person's who still agrees; asked for each message.
    `is_wanted`: whether messages of the live realm wait for this channel: they go first, and an exercise has one line of it.
    Replies by text or keypad belong to the live realm, so none is asked for: in an exercise one answers on the page."""

    answers = False
    lines = 1

    def __init__(
        self, channel: Channel, *, may_reach: Callable[[str], bool], is_wanted: Callable[[str], bool] = lambda _: False
    ) -> None:
        self.name = channel.name
        self._channel, self._may_reach, self._is_wanted = channel, may_reach, is_wanted

    async def send(self, *, phone: str, text: str, reference: str) -> None:
        while self._is_wanted(self.name):  # noqa: ASYNC110 -- the live pager knows of no exercise, and rings no bell for one
            await asyncio.sleep(WAIT_S)
        if not self._may_reach(phone):
            raise NotEnrolled
        await self._channel.send(phone=phone, text=marked(text, kind="drill", spoken=self.name == "voice"), reference=reference)

    def condition(self) -> Condition:
        return self._channel.condition()
