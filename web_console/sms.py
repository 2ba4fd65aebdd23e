"""Short messages: a gateway, and what they say. No place, no victim, nothing personal; one or two segments of 70."""

from datetime import datetime, timedelta, timezone
from typing import Any

import httpx2

from mobilization import ORDERS, Call, CallState
from web_console.pager import SENDS_AT_ONCE, Channel

CHINA = timezone(timedelta(hours=8))
HOW = "回复{a}1我能去 {a}2去不了 {a}3晚点能到，可加人数，如“{a}1 5”"
_OVER = "【集结】本次任务召集已结束，不用前往，已出发的请返回，感谢响应。"
_STATES = {
    CallState.DECLINED: "【集结】已记下：去不了，不影响评价。变更请再回复。",
    CallState.STOOD_DOWN: _OVER,
    CallState.RELEASED: _OVER,
}
_UNPLACED = {
    "unknown_number": "【集结】本号码不是登记的队长电话，答复未计入，已转值班员。有事请致电指挥中心。",
    "no_call": "【集结】现在没有给您的任务召集，答复未计入，已转值班员。有事请致电指挥中心。",
    "unreadable": f"【集结】没有看懂，未计入，已转值班员。请{HOW.format(a='')}。",
}


def call_text(*, answers: bool, letter: str) -> str:
    """That there is a call, and how to answer it. `letter`: which one, where the same telephone has several open."""
    if not answers:
        return "【集结】有任务召集，请打开集结页面答复，或等候指挥中心来电。"
    which = f"另有一项任务召集（{letter}）" if letter else "有任务召集"
    return f"【集结】{which}，请{HOW.format(a=letter)}，或打开集结页面答复。"


def over_text() -> str:
    return _OVER


def crew_text(about: str, *, order: str = "") -> str:
    """To a crew that is out: that it is ordered something, or no longer, called over, or in danger. `order`: the kind; its words stay on the page."""
    if about == "roll":
        return "【集结】正在点名，请打开集结报告全队情况，或致电指挥中心。"
    if about == "danger":
        return "【集结】任务地点新标出危险区，不要进入。请打开集结看范围，或致电指挥中心。"
    if about == "order_off":
        return f"【集结】{_called_off(order)}，不再执行。下一步听现场指挥，或致电指挥中心。"
    return f"【集结】{_ordered(order)}。请打开集结点“收到”，或致电指挥中心。"


def _ordered(kind: str) -> str:
    return f"指令：{ORDERS[kind].zh}" if kind in ORDERS and kind != "other" else "有新指令"


def _called_off(kind: str) -> str:
    return f"指令已取消：{ORDERS[kind].zh}" if kind in ORDERS and kind != "other" else "刚才的指令已取消"


def answer_text(call: Call) -> str:
    """What was understood of an answer, and what it came to."""
    if call.seated:
        going = "晚点能到" if call.state is CallState.LATER else "我能去"
        eta = "" if call.eta_ms is None else f"，预计{clock(call.eta_ms)}到"
        more = f"，另{call.waits}人候补" if call.waits else ""
        return f"【集结】已记下：{going}，{call.seated}人{eta}{more}；变更请再回复。地点见集结页面，或等候来电。"
    if call.state is CallState.STANDBY:
        when = "近队去不了" if call.late else "有名额"
        return f"【集结】已记下，候补第{call.standby_no}，请原地待命，{when}会再召集；变更请再回复。"
    return _STATES.get(call.state, "【集结】人手已够，不用前往，感谢响应。")


def unplaced_text(why: str, choices: tuple[tuple[str, int], ...] = ()) -> str:
    """The one honest reply to what answers no call. `choices`: letter and time of each call that is open."""
    if why == "several":
        which = "、".join(f"{letter}为{clock(at_ms)}的召集" for letter, at_ms in choices)
        return f"【集结】您有{len(choices)}项任务召集待答复，未计入。请加字母回复，如“{choices[0][0]}1 5”：{which}。"
    return _UNPLACED[why]


def clock(at_ms: int) -> str:
    """The time of day in China."""
    return datetime.fromtimestamp(at_ms / 1000, CHINA).strftime("%H:%M")


class SmsGateway(Channel):
    """Any gateway that takes `POST {to, text, reference}` as JSON with a bearer token and answers 2xx. `answers`: it brings replies
    to `/api/v1/gateway/sms`."""

    name = "sms"
    lines = SENDS_AT_ONCE

    def __init__(self, url: str, *, token: str, client: httpx2.AsyncClient, answers: bool = False) -> None:
        self._url, self._token, self._client, self.answers = url, token, client, answers

    async def send(self, *, phone: str, text: str, reference: str) -> None:
        await _post(self._client, self._url, self._token, {"to": phone, "text": text, "reference": reference})


class VoiceGateway(Channel):
    """A gateway that rings a telephone, says `say` and takes keys: `POST {to, say, reference, keys}`; it brings the keys that were
    pressed to `/api/v1/gateway/voice`."""

    name = "voice"
    lines = SENDS_AT_ONCE
    keys = "123"

    def __init__(self, url: str, *, token: str, client: httpx2.AsyncClient, answers: bool = False) -> None:
        self._url, self._token, self._client, self.answers = url, token, client, answers

    async def send(self, *, phone: str, text: str, reference: str) -> None:
        body = {"to": phone, "say": text, "reference": reference, "keys": self.keys if self.answers else ""}
        await _post(self._client, self._url, self._token, body)


def spoken_text(*, answers: bool, about: str, order: str = "") -> str:
    """What a voice gateway says."""
    if about == "roll":
        return "这里是集结，正在点名。请打开集结页面报告全队情况，或致电指挥中心。"
    if about == "danger":
        return "这里是集结。任务地点新标出危险区，不要进入。请打开集结页面看范围，或致电指挥中心。"
    if about == "order":
        return f"这里是集结。{_ordered(order)}。请打开集结页面点收到，或致电指挥中心。"
    if about == "order_off":
        return f"这里是集结。{_called_off(order)}，不再执行。下一步听现场指挥，或致电指挥中心。"
    if about == "over":
        return "这里是集结。本次任务召集已结束，不用前往，已出发的请返回。"
    how = (
        "能去请按一，去不了请按二，晚点能到请按三；然后可按人数，按井号结束。"
        if answers
        else "请打开集结页面答复，或等候指挥中心来电。"
    )
    return f"这里是集结，有任务召集。{how}"


async def _post(client: httpx2.AsyncClient, url: str, token: str, body: dict[str, Any]) -> None:
    answer = await client.post(url, json=body, headers={"Authorization": f"Bearer {token}"}, timeout=10)
    answer.raise_for_status()
