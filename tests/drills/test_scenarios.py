"""The drills that come along: sound, complete, all that the engine can measure is measured by it, and nothing else."""

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest

from drills.abilities import ABILITIES
from drills.performing import PERFORM
from drills.scenario import ByHand, Count, Fact, Held, Inject, Measure, Reached, Scenario, dump, parse, shipped
from drills.scenario.acts import Act
from drills.scenario.plain_yaml import load
from tests.shared import real
from web_console.rules import DRILL_RULES

DRILLS = {each.id: each for each in shipped()}
FACTS = {fact.NAME: fact for fact in DRILL_RULES.facts}
KNOWN_NOUNS = frozenset({
    "alarm", "areas", "ask", "attempt", "call", "calls", "clock", "command", "danger", "deadline", "drill", "exercise", "follower", "history",
    "improvement", "incident", "inject", "lead", "links", "measure", "mobilization", "objective", "order", "person", "phone", "realm",
    "registry", "reply", "response", "roads", "roll", "sealed", "services", "sos", "subject", "support", "training", "warning", "watch", "wave",
    "zone",
})  # fmt: skip
"""Of facts known when the drills were written. A new noun is claimed by an ability, or written here by somebody who has looked
whether a measure that is scored by hand can now be computed."""


def measures() -> Iterator[tuple[Scenario, Inject, Measure]]:
    for drill in DRILLS.values():
        for inject in drill.injects:
            for measure in inject.measures:
                yield drill, inject, measure


def manual(nouns: set[str]) -> list[str]:
    """Shipped measures scored by hand although a fact of their ability is among `nouns`."""
    return [
        f"{drill.id} {inject.no}: {measure.ability}"
        for drill, inject, measure in measures()
        if isinstance(measure, ByHand) and measure.ability and nouns & set(ABILITIES[measure.ability].nouns)
    ]


def undecided(nouns: set[str]) -> set[str]:
    return nouns - KNOWN_NOUNS - {noun for ability in ABILITIES.values() for noun in ability.nouns}


def nouns_of_the_engine() -> set[str]:
    return {name.split(".")[0] for name in FACTS}


def test_three_drills_of_forty_three_injects() -> None:
    assert {id_: len(drill.injects) for id_, drill in DRILLS.items()} == {
        "flood_functional": 16, "fire_no_notice": 12, "storm_degraded": 15,
    }  # fmt: skip


@pytest.mark.parametrize("drill", DRILLS.values(), ids=DRILLS)
def test_a_drill_written_out_is_read_back_as_it_was(drill: Scenario) -> None:
    assert parse(dump(drill)) == drill


def test_every_fact_that_is_measured_is_one_the_engine_records_with_these_fields() -> None:
    for drill, inject, measure in measures():
        names = [measure.fact] if isinstance(measure, Fact | Count) else []
        names += [measure.since] if isinstance(measure, Fact | Reached) and measure.since else []
        assert all(name in FACTS for name in names), (drill.id, inject.no, names)
        if isinstance(measure, Fact | Count):
            assert set(measure.where) <= set(FACTS[measure.fact].__struct_fields__), (drill.id, inject.no)


def test_every_act_is_performed() -> None:
    assert set(PERFORM) == set(get_args(Act))


def test_what_the_engine_can_carry_is_not_scored_by_hand() -> None:
    assert manual(nouns_of_the_engine()) == []


def test_every_noun_of_the_engine_was_looked_at() -> None:
    assert undecided(nouns_of_the_engine()) == set()


def test_these_two_would_tell() -> None:
    """As soon as a shift is a fact, what is scored by hand for the lack of it is named; an unheard noun asks for a decision."""
    assert manual({"shift"}) == ["flood_functional 11: shifts", "flood_functional 11: shifts"]
    assert undecided({"shift", "balloon", "incident"}) == {"balloon"}


def test_abilities_are_told_apart_and_each_is_missed_somewhere() -> None:
    nouns = [noun for ability in ABILITIES.values() for noun in ability.nouns]
    assert len(set(nouns)) == len(nouns)
    assert all(ability.zh and ability.en for ability in ABILITIES.values())
    assert {m.ability for _, _, m in measures() if isinstance(m, ByHand) and m.ability} == set(ABILITIES)


def test_every_word_stands_in_both_languages_and_none_is_banned() -> None:
    banned = re.compile("热区|冷区|注入|派单|首单|满额|丢单|遣散|征召|战时|热复盘")
    for drill in DRILLS.values():
        texts = [
            (drill.zh, drill.en),
            *((o.zh, o.en) for o in drill.objectives),
            *((s.zh, s.en) for s in drill.incidents.values()),
        ]
        for inject in drill.injects:
            texts += [(inject.zh, inject.en), (inject.expect_zh, inject.expect_en), (inject.sender_zh, inject.sender_en)]
            texts += [(m.zh, m.en) for m in inject.measures]
        assert all((zh.strip() and en.strip() and en.isascii()) or "°" in en for zh, en in texts)
        assert not [zh for zh, _ in texts if banned.search(zh)]


# Against the real list of events.

KINDS = {"C": "contextual", "E": "expected", "X": "contingency"}
MODES = {"CAP": "cap", "119转接": "transfer", "现场": "on_site", "社媒": "social"}
COUNTIES = {"A": "county-1", "B": "county-2", "C": "county-3"}
HELD = {("storm_degraded", 14)}
"""Stops the drill: released by a controller only; its time stands in the note."""
_LIMIT = re.compile(r"(\d+)\s*(min|s|h)(?![a-z])")
_SECONDS = {"min": 60, "s": 1, "h": 3_600}


@pytest.fixture(scope="module")
def listed() -> dict[str, Any]:
    found = load(real("drills.yaml").read_bytes())
    return {drill["id"].removeprefix("DRILL_").lower(): drill for drill in found["drills"]}


@pytest.mark.real_input
@pytest.mark.parametrize("drill", DRILLS.values(), ids=DRILLS)
def test_numbers_times_kinds_and_ways_are_those_of_the_list(drill: Scenario, listed: dict[str, Any]) -> None:
    rows = listed[drill.id]["injects"]
    assert [inject.no for inject in drill.injects] == [row["n"] for row in rows]
    for inject, row in zip(drill.injects, rows, strict=True):
        assert inject.kind == KINDS[row["type"]]
        assert inject.mode == MODES.get(row["mode"], row["mode"])
        assert inject.sender_zh == row["from"].replace("控制组", "导调组").replace("(", "（").replace(")", "）")
        if (drill.id, inject.no) in HELD:
            assert f"T+{row['t']}" in inject.note
        else:
            assert inject.cue.at_min == row["t"]
        if row["to"] == "全部":
            assert "city" in inject.to
            assert len(inject.to) > 1
        elif (letter := row["to"][0]) in COUNTIES:
            assert inject.to == (COUNTIES[letter],)


@pytest.mark.real_input
@pytest.mark.parametrize("drill", DRILLS.values(), ids=DRILLS)
def test_figures_and_limits_are_those_of_the_list(drill: Scenario, listed: dict[str, Any]) -> None:
    """Every figure of a row stands in the words of ours, and every term of a computed measure is one of the row, or all that is
    left of the drill."""
    for inject, row in zip(drill.injects, listed[drill.id]["injects"], strict=True):
        words = " ".join((inject.zh, inject.expect_zh, *(m.zh for m in inject.measures)))
        asked = re.findall(r"\d+(?:\.\d+)?", " ".join(str(row[part]) for part in ("msg", "measure")))
        assert not [figure for figure in asked if figure not in words], (inject.no, asked)
        limits = {int(n) * _SECONDS[unit] for n, unit in _LIMIT.findall(f"{row['measure']} {row['expect']}")}
        left_s = (drill.lasts_min - (inject.cue.at_min or 0)) * 60
        terms = {m.within_s for m in inject.measures if isinstance(m, Fact | Reached)}
        assert terms <= limits | {left_s}, (inject.no, terms, limits)
        by_limit = [m for m in inject.measures if not isinstance(m, Held)]
        assert (
            len(by_limit) >= len([part for part in row["measure"].split(";") if part.strip()]) or inject.no == 5
        )  # of two, one is held
