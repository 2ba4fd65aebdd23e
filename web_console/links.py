"""Signed links by which a leader answers one call without signing in, and the text for a group that carries them.

A token is the call's id, sealed under a key of this realm (AES-SIV, RFC 5297): nobody can make or change one, the same call always
has the same, and it shows nothing. When it runs out follows from the call itself.
"""

import base64
import binascii
from collections.abc import Callable, Sequence

from command.core.vault import Vault
from incidents import CATEGORIES, RISKS, Incident
from mobilization import Call, Mobilization
from mobilization.specialities import SPECIALITIES
from web_console.marking import marked
from web_console.sms import clock

LINK_MS = 12 * 3_600_000
_KEY, _CONTEXT = "answer links", "a"
_SEVERITIES = {1: "特别重大", 2: "重大", 3: "较大", 4: "一般"}


class Links:
    """Tokens of calls."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def token_of(self, call: str) -> str:
        self._vault.prepare([_KEY])
        sealed = self._vault.seal_bytes(_KEY, call.encode(), context=_CONTEXT)
        assert sealed is not None  # noqa: S101 -- this key is never erased
        return base64.urlsafe_b64encode(sealed).decode().rstrip("=")

    def call_of(self, token: str) -> str | None:
        """The call's id; None for what was not made here, to the letter."""
        try:
            sealed = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
            plain = self._vault.open_bytes(_KEY, sealed, context=_CONTEXT)
        except (binascii.Error, ValueError):
            return None
        call = plain.decode() if plain is not None else None
        return call if call is not None and self.token_of(call) == token else None


def group_text(
    incident: Incident,
    state: Mobilization,
    rows: Sequence[tuple[str, Call]],
    *,
    area: str,
    kind: str,
    link: Callable[[Call], str],
) -> str:
    """What is pasted into a group of leaders: kind, township, how many, risks; no address, no name. `rows`: team names and calls;
    `kind`: of the realm."""
    category = CATEGORIES.get(incident.category)
    needs = "、".join(
        f"{SPECIALITIES[need.speciality].zh}{need.minimum}至{need.maximum}人" for need in state.needs if need.minimum
    )
    risks = "、".join(RISKS[code].zh for code in category.risks) if category else ""
    until = min((call.asked_ms for _, call in rows), default=0) + LINK_MS
    lines = [
        "【集结】任务召集（自愿应召）",
        f"{area}　{category.zh if category else ''}（{_SEVERITIES[incident.severity]}）",
        f"需要：{needs}",
        *([f"可能风险：{risks}"] if risks else []),
        f"请队长点本队链接答复，不用登录；地点另行告知，请勿自行前往。链接{clock(until)}前有效。",
        *(f"{name}　{link(call)}" for name, call in rows),
    ]
    return marked("\n".join(lines), kind=kind)
