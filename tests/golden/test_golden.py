"""Golden events: every record that was ever stored must be read the same for ever.

`events.jsonl` holds one stored record of each event and schema, with the digest of the states that all of them fold into. A
name or schema that is new is added by `python -m tests.golden.write`. From the first release on a line that is there is never
changed; until then the files may be made anew.
"""

import json
from pathlib import Path
from typing import Any

from command.core.facts import Event
from command.core.records import Codec
from command.core.world import World
from tests.golden.write import HERE, as_event, folded
from web_console.rules import DRILL_RULES as RULES

LINES = [json.loads(line) for line in (HERE / "events.jsonl").read_text("utf-8").splitlines()]


def test_every_fact_of_ours_has_a_golden_record() -> None:
    known = {(line["name"], line["schema"]) for line in LINES}
    assert {(fact.NAME, fact.SCHEMA) for fact in RULES.facts} <= known


def what_it_said(again: Any, stored: Any) -> Any:
    """The stored part of what is read now: a later program may know more, at any depth, by a default."""
    if isinstance(stored, dict) and isinstance(again, dict):
        return {name: what_it_said(again[name], value) for name, value in stored.items()}
    if isinstance(stored, list) and isinstance(again, list) and len(stored) == len(again):
        return [what_it_said(now, was) for now, was in zip(again, stored, strict=True)]
    return again


def test_every_golden_record_is_read_and_says_the_same_again() -> None:
    codec = Codec(RULES.facts)
    for line in LINES:
        event = as_event(codec, line)
        assert event.fact is not None, line["name"]
        assert list(event.fact.keys()) == line["keys"], line["name"]
        again = json.loads(Codec.encode(event.fact))
        assert what_it_said(again, line["data"]) == line["data"], line["name"]


def test_all_of_them_fold_into_what_they_folded_into() -> None:
    assert folded(LINES) == json.loads((HERE / "folded.json").read_text("utf-8"))


def test_any_prefix_folds() -> None:
    codec = Codec(RULES.facts)
    for end in range(len(LINES)):
        world = World(RULES.kinds)
        for line in LINES[:end]:
            event: Event = as_event(codec, line)
            world.apply(event)
    assert Path(HERE / "events.jsonl").exists()
