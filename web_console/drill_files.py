"""The folder of a drill's realm: the drill file as it was when the realm was made lies beside the log."""

from pathlib import Path

from drills.scenario import Scenario, parse

SCENARIO_FILE = "scenario.yaml"


def read_drill(folder: Path) -> Scenario:
    """Raises FileNotFoundError where no drill is, ScenarioFault."""
    path = folder / SCENARIO_FILE
    if not path.exists():
        raise FileNotFoundError(f"{folder}: 没有这场演练 · no such drill")
    return parse(path.read_bytes())
