"""What is sealed of an incident, as it stands: the report, with where it was found to be since."""

from collections.abc import Callable
from typing import Any

from command.core.facts import Event
from web_console.board.view import View

Unseal = Callable[[Event], dict[str, Any] | None]
_OF_THE_POINT = ("exact_lon", "exact_lat")


def report_of(view: View, unseal: Unseal, incident: str) -> dict[str, Any] | None:
    """None when it was erased, or nothing was ever sealed. An exact point counts until the place is set anew; an address until
    another is given."""
    raised = view.raised.get(incident)
    said = unseal(raised) if raised is not None else None
    for event in view.placed.get(incident, ()):
        kept = {name: value for name, value in (said or {}).items() if name not in _OF_THE_POINT}
        said = (kept | (unseal(event) or {})) or None
    return said
