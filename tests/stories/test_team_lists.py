"""Who the teams are comes once, by a list with a version; how they stand comes by the feed, which says what version is in force."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from command.tiers.imports import Where
from mobilization.imports import import_teams
from tests.feed.kit import opened
from tests.stories.told import Teller, told
from web_console.erasing import erase

COUNTY = "/divisions/990101/teams"
BOARD = "board/990101/duty"
INCIDENT_MOST = 1_400
"""Bytes of an incident with its calls and its lines, packed: seventy of them still make a picture of 100 kB."""


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Teller]:
    with told(tmp_path) as teller:
        yield teller


def version(story: Teller) -> str:
    """What the county's board says is in force."""
    found: str = story.house.screens.picture_of(BOARD)["teams/known"]["version"]
    return found


def test_a_browser_that_has_the_list_gets_nothing_again_until_a_team_changes(story: Teller, tmp_path: Path) -> None:
    first = story.call("bo", "GET", COUNTY)
    assert (first.json()["version"], [team["id"] for team in first.json()["teams"]]) == (
        version(story),
        ["t1", "t2", "t3", "t4", "t5"],
    )
    assert first.headers["cache-control"] == "private, no-cache"
    held = {"if-none-match": first.headers["etag"]}
    assert again(story, held) == (304, 0)
    rows = tmp_path / "teams.csv"
    header = "id,name,speciality,station,lon,lat,minimum_crew,size,leader,deputies"
    rows.write_text(f"{header}\nt1,新名队,FIRST_AID,s1,111.05,30.05,1,4,p1,p7\n", "utf-8")
    before = version(story)
    import_teams(story.house.registry, rows, where=Where(lambda lon, lat: (lon, lat)))
    story.settle()
    assert version(story) != before
    assert again(story, held)[0] == 200
    assert [team["name"] for team in story.sees("bo", COUNTY)["teams"] if team["id"] == "t1"] == ["新名队"]


def again(story: Teller, held: dict[str, str]) -> tuple[int, int]:
    answer = story.client.get(f"/api/v1{COUNTY}", headers={**held, "cookie": story._cookies["bo"]})
    return answer.status_code, len(answer.content)


def test_it_is_as_short_as_gzip_makes_it_or_plain_for_who_cannot_unpack(story: Teller) -> None:
    packed = story.call("bo", "GET", COUNTY)
    plain = story.client.get(f"/api/v1{COUNTY}", headers={"cookie": story._cookies["bo"], "accept-encoding": "identity"})
    assert (packed.headers["content-encoding"], "content-encoding" in plain.headers) == ("gzip", False)
    assert packed.json() == plain.json()


def test_a_list_is_for_posts_at_or_above_its_division_and_shows_people_by_the_mask(story: Teller) -> None:
    told_ = {who: story.call(who, "GET", COUNTY).json().get("code") for who in ("ana", "bo", "cy", "di")}
    assert told_ == {"ana": None, "bo": None, "cy": "division.unknown", "di": "division.unknown"}
    assert story.client.get(f"/api/v1{COUNTY}").status_code == 401
    leaders = [(team["leader_label"], team["leader_phone_label"]) for team in story.sees("bo", COUNTY)["teams"]]
    assert leaders[0] == ("王*", "199****0001")


def test_an_erased_leaders_name_is_in_no_list_from_then_on(story: Teller) -> None:
    before = version(story)
    assert story.client.portal is not None
    story.client.portal.call(erase, story.house, "person:p1")
    story.settle()
    assert version(story) != before
    labels = {team["id"]: team["leader_label"] for team in story.sees("bo", COUNTY)["teams"]}
    assert (labels["t1"], labels["t2"]) == ("—", "王*")


def test_a_team_at_rest_takes_no_place_in_the_picture(story: Teller) -> None:
    def standing() -> dict[str, Any]:
        return {name: item for name, item in story.house.screens.picture_of(BOARD).items() if name.startswith("team/")}

    assert standing() == {f"team/t{n}": {"reach": "untested"} for n in range(1, 6)}, "nobody's phone was ever tried"
    story.does("leader1", "/me/phone_test", {"heard": True, "felt": False, "notified": False})
    assert standing()["team/t1"] == {"tested": 1}, "it rang, and its page is closed"
    incident = story.raise_fire()
    assert standing()["team/t1"] == {"state": "called", "tested": 1}
    story.answer(1)
    assert standing()["team/t1"] == {"state": "called", "incident": incident, "tested": 1}
    assert "team/t6" not in standing(), "of another county"


def test_the_phones_of_a_leader_are_told_to_the_posts_of_the_team(story: Teller) -> None:
    story.does("leader1", "/me/phone_test", {"heard": True, "felt": False, "notified": False})
    assert [each["ok"] for each in story.sees("bo", "/people/p1/phones")] == [True]
    assert story.sees("bo", "/people/p2/phones") == []
    assert {who: story.call(who, "GET", "/people/p1/phones").json().get("code") for who in ("cy", "leader1")} == {
        "cy": "person.unknown", "leader1": "session.none",
    }  # fmt: skip
    assert story.call("bo", "GET", "/people/nobody/phones").status_code == 404


def test_a_desk_that_takes_packed_frames_gets_the_same_picture_in_fewer_bytes(story: Teller) -> None:
    for _ in range(6):
        story.raise_fire()
    got: list[str | bytes] = []
    for packed in (False, True):
        with story.socket("bo") as desk:
            desk.receive_json()
            desk.send_json({"type": "follow", "topic": BOARD, "packed": packed})
            while True:
                message = desk.receive()
                frame = message["bytes"] if message.get("bytes") is not None else message["text"]
                if opened(frame)["type"] == "snapshot":
                    break
            got.append(frame)
    plain, small = got
    assert isinstance(plain, str)
    assert isinstance(small, bytes)
    assert opened(plain) == opened(small)
    assert len(small) * 4 < len(plain)
    assert len(small) < INCIDENT_MOST * 6
