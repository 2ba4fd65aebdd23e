"""What leaves an exercise says so at both ends, and reaches nobody who is not in it. Two walls: an exercise's realm knows nobody
else (`exercises/enrolling.py`), and each of its channels looks once more at the number."""

from collections.abc import Callable

from web_console.pager import Channel, Condition, NotSent

BEGIN = "【演练 演练 演练 / EXERCISE EXERCISE EXERCISE】"
END = "【演练 演练 演练】"
BEGIN_SPOKEN, END_SPOKEN = "演练，演练，演练。", "演练，演练，演练。"
DEMO = "【演示数据】"


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
    Replies by text or keypad belong to the live realm, so none is asked for: in an exercise one answers on the page."""

    answers = False

    def __init__(self, channel: Channel, *, may_reach: Callable[[str], bool]) -> None:
        self.name, self.lines = channel.name, channel.lines
        self._channel, self._may_reach = channel, may_reach

    async def send(self, *, phone: str, text: str, reference: str) -> None:
        if not self._may_reach(phone):
            raise NotEnrolled
        await self._channel.send(phone=phone, text=marked(text, kind="drill", spoken=self.name == "voice"), reference=reference)

    def condition(self) -> Condition:
        return self._channel.condition()
