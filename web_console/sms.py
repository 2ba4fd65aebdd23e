"""Short messages: a gateway, and what they say. No place, no victim, nothing personal."""

import httpx2

from mobilization import AttemptStarted

_TEXTS = {
    "call": "【集结】有任务召集，请打开集结页面答复，或等候指挥中心来电。",
    "over": "【集结】本次任务召集已结束，不用前往，已出发的请返回，感谢响应。",
}


def text_of(attempt: AttemptStarted) -> str:
    """That there is a call, or that there is none any more."""
    return _TEXTS[attempt.about]


class SmsGateway:
    """Any gateway that takes `POST {to, text, reference}` as JSON with a bearer token and answers 2xx."""

    name = "sms"

    def __init__(self, url: str, *, token: str, client: httpx2.AsyncClient) -> None:
        self._url, self._token, self._client = url, token, client

    async def send(self, *, phone: str, text: str, reference: str) -> None:
        body = {"to": phone, "text": text, "reference": reference}
        answer = await self._client.post(self._url, json=body, headers={"Authorization": f"Bearer {self._token}"}, timeout=10)
        answer.raise_for_status()
