"""Drill files that are none: each fault is named by its place, all of them at once, and none costs time or memory."""

import ast
import inspect
import time
from collections.abc import Callable, Iterator

import pytest

from drills import staging
from drills.conduct.refusals import FAULTS
from drills.scenario import ScenarioFault, checking, dump, parse, plain_yaml, reading, shipped
from drills.scenario.msel import head, sheets, values, writing
from drills.scenario.msel import reading as msel_reading

FIRE = dump(next(each for each in shipped() if each.id == "fire_no_notice")).decode()
SMALL = """
id: small
zh: 小演练
en: Small drill
form: tabletop
aim: testing
begins: 19:40
lasts_min: 60
objectives:
- {id: o, zh: 目标, en: Objective}
spots:
  here: {division: county-1/1}
incidents:
  fire: {category: "20700", severity: 4, zh: 火灾, en: Fire, spot: here}
injects:
- number: 1
  cue: {at_min: 0}
  kind: expected
  mode: phone
  sender_zh: 群众
  sender_en: caller
  to: [county-1]
  zh: 着火了
  en: Fire
  expect_zh: 接报
  expect_en: Take the report
  objective: o
  measures:
  - {is: fact, zh: 60 s内登记, en: within 60 s, fact: incident.raised, of: fire, within_s: 60}
  acts:
  - {do: raise, by: county-1, incident: fire}
"""


def faults(text: str | bytes) -> list[tuple[str, str]]:
    with pytest.raises(ScenarioFault) as caught:
        parse(text.encode() if isinstance(text, str) else text)
    assert caught.value.code == "scenario.faulty"
    return [(each.at, each.code) for each in caught.value.faults]


def second(cue: str) -> str:
    """The same drill with another inject, which falls due by this cue."""
    inject = SMALL[SMALL.index("- number: 1") :].replace("number: 1", "number: 2").replace("cue: {at_min: 0}", f"cue: {cue}")
    return SMALL + inject


def test_a_time_of_day_needs_no_quotes_and_a_word_stays_a_word() -> None:
    scenario = parse(SMALL.replace("en: Small drill", "en: no").encode())
    assert (scenario.begins, scenario.en) == ("19:40", "no")


@pytest.mark.parametrize(("old", "new", "at", "code"), [
    ("spot: here}", "spot: there}", "incidents.fire.spot", "unknown"),
    ("objective: o\n", "objective: x\n", "injects[0].objective", "unknown"),
    ("of: fire, within", "of: flood, within", "injects[0].measures[0].of", "unknown"),
    ("incident: fire}", "incident: flood}", "injects[0].acts[0].incident", "unknown"),
    ("mode: phone", "mode: pigeon", "injects[0].mode", "unknown"),
    ('category: "20700"', 'category: "99999"', "incidents.fire.category", "unknown"),
    ("severity: 4", "severity: 5", "incidents.fire.severity", "level"),
    ("at_min: 0", "at_min: -1", "injects[0].cue", "before_start"),
    ("at_min: 0", "at_min: 61", "injects[0].cue", "after_end"),
    ("at_min: 0", "at_min: 0, after: 1", "injects[0].cue", "two_times"),
    ("lasts_min: 60", "lasts_min: 0", "lasts_min", "never_ends"),
    ("lasts_min: 60", "lasts_min: 1000000000", "lasts_min", "never_ends"),
    ("lasts_min: 60", "lasts_min: .nan", "$.lasts_min", "form"),
    ("lasts_min: 60", "lasts_min: .inf", "$.lasts_min", "form"),
    ("begins: 19:40", "begins: 25:00", "begins", "time"),
    ("to: [county-1]", "to: [县中心]", "injects[0].to", "post"),
    ("by: county-1", "by: county-0", "injects[0].acts[0].by", "post"),
    ("id: small", "id: ../../live", "id", "name"),
    ("  here: {", "  a|b: {", "spots", "name"),
    ("aim: testing", "aim: testing\ncity: {people: 1000000000}", "city.people", "range"),
    ("aim: testing", "aim: testing\ncity: {specialists: {FIRST_AID: -1}}", "city.specialists", "range"),
    ("within_s: 60", "within_s: 999999", "injects[0].measures[0].within_s", "term"),
    ("incident: fire}", "incident: fire, after_s: -5}", "injects[0].acts[0].after_s", "range"),
    ("aim: testing", "aim: [testing]", "$.aim", "form"),
    ("aim: testing", "aims: testing", "$", "form"),
    ("do: raise", "do: explode", "$.injects[0].acts[0].do", "form"),
    ("aim: testing", "aim: testing\naim: testing", "line 7", "twice"),
    ("aim: testing", "aim: !!python/name:os.system testing", "line 6", "form"),
])  # fmt: skip
def test_one_fault_is_named_with_its_place(old: str, new: str, at: str, code: str) -> None:
    text = SMALL.replace(old, new)
    assert text != SMALL
    assert (at, code) in faults(text)


def test_two_injects_of_one_number() -> None:
    again = SMALL + SMALL[SMALL.index("- number: 1") :]
    assert faults(again) == [("injects[1].number", "number")]


def test_injects_that_wait_for_each_other() -> None:
    text = second("{after: 1}").replace("cue: {at_min: 0}", "cue: {after: 2}")
    assert faults(text) == [("injects[0].cue.after", "circle"), ("injects[1].cue.after", "circle")]
    assert faults(second("{after: 2}")) == [("injects[1].cue.after", "circle")]
    assert faults(second("{after: 3}")) == [("injects[1].cue.after", "unknown")]


def test_an_inject_that_says_no_time() -> None:
    assert faults(second("{}")) == [("injects[1].cue", "no_time")]


def test_two_faults_are_both_named() -> None:
    text = SMALL.replace("severity: 4", "severity: 9").replace("to: [county-1]", "to: [moon]")
    assert faults(text) == [("incidents.fire.severity", "level"), ("injects[0].to", "post")]


def test_a_file_that_is_too_large_or_no_text() -> None:
    assert faults(b"#" * (reading.LARGEST + 1)) == [("$", "too_large")]
    assert faults(b"\xff\xfe\x00")[0][1] == "form"
    assert faults(b"")[0][1] == "form"
    assert faults("- [a")[0][1] == "form"


BOMBS: dict[str, Callable[[], str]] = {
    "laughs": lambda: "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(20)),
    "itself": lambda: "a: &a\n  b: *a\n",
    "lists": lambda: "[" * 500_000,
    "maps": lambda: "{a: " * 200_000,
    "dashes": lambda: "- " * 400_000,
    "figures": lambda: "lasts_min: " + "9" * 900_000,
    "keys": lambda: "".join(f"k{n}: 1\n" for n in range(90_000)),
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_at_once(bomb: str) -> None:
    began = time.perf_counter()
    assert faults(BOMBS[bomb]())[0][1] in ("alias", "deep", "form")
    assert time.perf_counter() - began < 20


def test_the_line_of_an_alias_is_named() -> None:
    assert faults("id: small\nzh: &x a\nen: *x\n") == [("line 2", "alias")]


def _codes(tree: ast.Module) -> Iterator[str]:
    """Constants that stand where a fault has its code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            place = {"Fault": 1, "BadYaml": 1, "_fault": 2}.get(getattr(node.func, "id", getattr(node.func, "attr", "")))
            if place is not None and len(node.args) > place:
                code = node.args[place]
                parts = (code.body, code.orelse) if isinstance(code, ast.IfExp) else (code,)
                yield from (str(part.value) for part in parts if isinstance(part, ast.Constant))


def test_every_code_of_a_fault_has_words_in_both_languages() -> None:
    """Every code that any of these modules can name, and no other."""
    modules = (checking, reading, plain_yaml, staging, head, msel_reading, sheets, values, writing)
    named = {code for module in modules for code in _codes(ast.parse(inspect.getsource(module)))}
    assert named <= set(FAULTS)
    assert set(FAULTS) == named
    assert all(zh and en and zh != en for zh, en in FAULTS.values())


@pytest.mark.parametrize(
    "text",
    [
        "on",
        "no",
        "19:40",
        "1e5",
        "0x1f",
        "1_000",
        "~",
        "true",
        "2026-07-14",
        ".nan",
        "= 1",
        "a: b",
        "- a",
        "&a",
        "010",
        "1.",
        "<<",
        "",
    ],
)
def test_words_that_look_like_something_else_survive(text: str) -> None:
    scenario = parse(FIRE.encode())
    odd = type(scenario)(**{name: getattr(scenario, name) for name in scenario.__struct_fields__} | {"plan": text})
    assert parse(dump(odd)) == odd
