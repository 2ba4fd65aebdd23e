"""The text for a group, and answering by its links: nothing more than before a yes, never over a stronger word, and an end."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.stories.told import Teller, told

HOME = "滨江路 12 号"


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Teller]:
    with told(tmp_path) as teller:
        yield teller


def raise_at_home(story: Teller) -> str:
    place = {"lon": 111.05, "lat": 30.05, "private_home": True, "address": HOME}
    return story.raise_fire(place=place, report={"caller": "王五", "phone": "13900001234", "words": "厨房起火"})


def made(story: Teller, incident: str, who: str = "bo") -> dict[str, str]:
    """Path of each team's link, by the team's name; the text itself under ""."""
    text = str(story.does(who, f"/mobilizations/m-{incident}/links")["text"])
    rows = [line.split("　") for line in text.splitlines() if "/a/" in line]
    return {name: "/links/" + link.rpartition("/")[2] for name, link in rows} | {"": text}


def opens(story: Teller, link: str) -> Any:
    return story.client.get(f"/api/v1{link}")


def answers(story: Teller, link: str, answer: str = "accept", **more: Any) -> Any:
    content = msgspec.json.encode({"answer": answer} | more)
    done = story.client.post(f"/api/v1{link}/answer", content=content, headers={"command-id": story.new_id()})
    story.settle()
    return done


def test_the_text_says_what_a_group_may_know(story: Teller) -> None:
    links = made(story, raise_at_home(story))
    text = links[""]
    assert "江滨街道" in text
    assert "急救3至4人" in text
    assert not any(word in text for word in (HOME, "王", "139", "厨房", "111.05"))
    assert len(links) == 5
    assert max(len(line) for line in text.splitlines()) < 120
    assert made(story, next(iter(story.house.view.incidents)))[""] == text, "made again, it is the same"


def test_a_leader_answers_by_the_link_without_signing_in(story: Teller) -> None:
    incident = raise_at_home(story)
    link = made(story, incident)["急救1队"]
    before = opens(story, link).json()
    assert before["team_name"] == "急救1队"
    assert before["risks"]
    done = answers(story, link, heads=2, eta_min=15)
    assert (done.json()["state"], done.json()["seated"]) == ("accepted", 2)
    call = next(c for c in story.board(incident)["calls"] if c["person"] == "p1")
    assert (call["state"], call["answered_by"]) == ("accepted", "link")
    for shown in (before, done.json(), opens(story, link).json()):
        assert not {"lon", "lat", "address", "words", "contact"} & set(shown), "it may lie in a group"
    assert answers(story, link, "decline").json()["state"] == "declined", "a change of mind by the same way"


def test_whoever_holds_a_link_overrules_neither_the_leader_nor_the_desk(story: Teller) -> None:
    incident = raise_at_home(story)
    links = made(story, incident)
    answers(story, links["急救1队"], "decline")
    story.does(
        "leader1",
        f"/me/calls/{next(c['id'] for c in story.board(incident)['calls'] if c['person'] == 'p1')}/answer",
        {"answer": "accept"},
    )
    assert answers(story, links["急救1队"], "decline").json()["code"] == "link.answered"
    call = next(c for c in story.board(incident)["calls"] if c["person"] == "p2")
    story.does("bo", f"/calls/{call['id']}/noted", {"did": "decline", "said_by": "王", "on_known": True})
    assert answers(story, links["急救2队"]).json()["code"] == "link.answered"
    assert {c["person"]: c["state"] for c in story.board(incident)["calls"]}["p1"] == "accepted"


def test_a_link_ends_with_the_call_out_or_after_twelve_hours(story: Teller) -> None:
    incident = raise_at_home(story)
    link = made(story, incident)["急救1队"]
    story.does("bo", f"/mobilizations/m-{incident}/stand_down", {"reason": "over"})
    assert opens(story, link).json()["over"] is True
    assert answers(story, link).json()["code"] == "link.over"
    story.fast_forward(12 * 3600)
    assert opens(story, link).json()["code"] == "link.expired"
    late = answers(story, link)
    assert (late.status_code, late.json()["code"]) == (410, "link.expired")


def test_nobody_makes_up_or_changes_a_link(story: Teller) -> None:
    link = made(story, raise_at_home(story))["急救1队"]
    forged = [link[:-1] + ("A" if link[-1] != "A" else "B"), "/links/x", "/links/" + "A" * 60, link + "AAAA"]
    assert {opens(story, each).json()["code"] for each in forged} == {"link.unknown"}
    codes = [opens(story, "/links/guess").json()["code"] for _ in range(30)]
    assert codes[-1] == "link.slow"
    assert opens(story, link).status_code == 200, "a good link is not slowed by somebody else's guesses"


def test_only_whoever_commands_the_call_out_takes_links_out_of_the_house(story: Teller) -> None:
    incident = raise_at_home(story)
    assert story.call("cy", "POST", f"/mobilizations/m-{incident}/links", {}).status_code == 403
    made(story, incident)
    items = story.house.screens.picture_of("board/990101/duty")
    assert any(item.get("name") == "links.made" for name, item in items.items() if name.startswith("line/"))
