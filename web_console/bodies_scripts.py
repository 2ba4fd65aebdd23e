"""The shapes of what trainers ask of drill files (docs/api.md)."""

from typing import Annotated, Any

import msgspec

from web_console.bodies import Body

Revision = Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{64})?\Z")]


class CheckBody(Body, frozen=True, kw_only=True):
    """`scenario`: as far as it was written; its faults are told, not refused."""

    scenario: dict[str, Any]


class SaveBody(Body, frozen=True, kw_only=True):
    """`revision`: of what was opened; "" for a new one."""

    scenario: dict[str, Any]
    revision: Revision = ""
