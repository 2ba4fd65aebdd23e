"""A drill as a file: who, where, what happens when, what is expected, how it is measured."""

from drills.scenario.acts import Act
from drills.scenario.checking import check
from drills.scenario.form import (
    ByHand,
    City,
    Count,
    Cue,
    Fact,
    Held,
    Inject,
    Measure,
    Never,
    Objective,
    Reached,
    Scenario,
    Setting,
    Spot,
    Test,
)
from drills.scenario.reading import ScenarioFault, dump, parse, read, shipped

__all__ = [
    "Act", "ByHand", "City", "Count", "Cue", "Fact", "Held", "Inject", "Measure", "Never", "Objective", "Reached", "Scenario",
    "ScenarioFault", "Setting", "Spot", "Test", "check", "dump", "parse", "read", "shipped",
]  # fmt: skip
