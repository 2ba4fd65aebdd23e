"""How many teams of a division stand where: what a wall shows in the place of teams and people."""

from collections import Counter
from typing import Any

from web_console.board.items import team_state
from web_console.board.view import View
from web_console.directory import Directory

FORCES = "forces/all"


def forces_item(view: View, names: Directory, division: str) -> dict[str, Any]:
    """Teams by state; a sum, and nobody in it."""
    states = Counter(team_state(view, team) for team in names.teams.values() if team.division.startswith(division))
    return {"teams": states.total(), "states": dict(sorted(states.items()))}
