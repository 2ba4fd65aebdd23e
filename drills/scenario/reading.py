"""Drill files in and out: YAML, for people to write and read."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import msgspec

from command.core.errors import Refused
from drills.scenario.checking import Fault, check
from drills.scenario.form import Scenario
from drills.scenario.plain_yaml import BadYaml, load

LARGEST = 1 << 20
"""A drill is a few pages; a file of more than a megabyte is something else."""


class ScenarioFault(Refused):
    """A file that is no drill. `faults`: each with its place in the file, its code and what stands there."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("scenario.faulty", count=len(faults), faults=[each._asdict() for each in faults])
        self.faults = faults


def parse(text: bytes) -> Scenario:
    """Raises ScenarioFault with every fault found: of form the first, of sense all."""
    if len(text) > LARGEST:
        raise ScenarioFault((Fault("$", "too_large", str(len(text))),))
    try:
        scenario = msgspec.convert(load(text), Scenario)
    except BadYaml as error:
        raise ScenarioFault((Fault(error.at, error.code, error.value),)) from None
    except msgspec.ValidationError as error:
        raise ScenarioFault((of_form(error),)) from None
    faults = tuple(check(scenario))
    if faults:
        raise ScenarioFault(faults)
    return scenario


def of_form(error: msgspec.ValidationError) -> Fault:
    """Where a value is not what its place asks for."""
    said, _, at = str(error).partition(" - at `")
    return Fault(at.rstrip("`") or "$", "form", said)


def read(path: Path) -> Scenario:
    """Raises OSError, ScenarioFault."""
    return parse(path.read_bytes())


def dump(scenario: Scenario) -> bytes:
    """The same drill as a file; `parse` gives it back."""
    return msgspec.yaml.encode(scenario)


def shipped() -> Iterator[Scenario]:
    """The drills that come along, in order of id."""
    folder = files("drills").joinpath("scenario/data")
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.name.endswith(".yaml"):
            yield parse(entry.read_bytes())
