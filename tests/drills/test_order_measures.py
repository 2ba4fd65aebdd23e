"""What is measured of an order is measured of whoever's order it is: by its kind and its incident, not by the id that the file has for it."""

from command.core.asks import Ask, Receipt
from command.core.facts import Authority
from drills.measures.scoring import Story, Verdict, score
from drills.scenario import parse
from mobilization import CallOffOrder, GiveOrder, ReceiptOrder
from tests.drills.drilled import RULES, SMALL, Played, played

COUNTY = Authority(post="990101", role="duty_officer")
ORDERED = """
- number: 4
  cue: {at_min: 25}
  kind: expected
  mode: phone
  sender_zh: 消防指挥员
  sender_en: fire commander
  to: [county-1]
  zh: 外墙坠落
  en: The facade comes down
  expect_zh: 下令撤离
  expect_en: Withdrawal is ordered
  objective: safety
  acts:
  - {do: order, by: county-1, order: drill-withdraw, incident: fire, kind: withdraw, words: 撤, after_s: 20000}
  measures:
  - {is: reached, zh: 全部撤离, en: everyone out, test: {figure: not_done, of: drill-withdraw, at_most: 0}, within_s: 3600, since: order.given}
"""
"""No simulated desk gives it: its hour comes after the drill."""


def drill() -> Played:
    found = played(parse((SMALL + ORDERED.lstrip()).encode()))
    found.run(26)
    return found


def gives(found: Played, order: str, kind: str) -> None:
    command = GiveOrder(order=order, incident="drill-fire", kind=kind, words="照办", due_min=3)
    ask = Ask(command=command, actor="officer:9", command_id=f"{order}", authority=COUNTY)
    assert isinstance(found.stage.ask([ask])[0], Receipt)


def verdict(found: Played) -> Verdict:
    story = Story(found.staged.scenario, RULES.kinds)
    for event in found.events():
        story.follow(event)
    return next(each for one in score(story) for each in one.verdicts if each.no == 4)


def test_an_order_by_a_person_is_the_files_when_it_says_the_same_of_the_same_incident() -> None:
    found = drill()
    gives(found, "01HX-other", "move")
    assert verdict(found).outcome == "open", "another order begins no term and meets nothing"
    found.run(27)
    gives(found, "01HX-real", "withdraw")
    assert verdict(found).outcome == "open", "nobody has done it yet"
    found.run(29)
    order = found.core.world.look("order:01HX-real")
    for n, held in enumerate(order.receipts.values()):
        command = ReceiptOrder(order=order.id, call=held.call, receipt="done")
        found.stage.ask([Ask(command=command, actor=f"person:{held.person}", command_id=f"done-{n}")])
    done = verdict(found)
    assert done.outcome == "met"
    assert done.took_s is not None
    assert 0 < done.took_s <= 120


def test_one_that_was_called_off_waits_for_nobody() -> None:
    found = drill()
    gives(found, "01HX-first", "withdraw")
    found.stage.ask([Ask(command=CallOffOrder(order="01HX-first"), actor="officer:9", command_id="off", authority=COUNTY)])
    assert verdict(found).outcome == "met"
