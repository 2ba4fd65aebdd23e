"""The same command sent again is the same command, whatever has changed since: it gets the first answer, byte for byte."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry
from sqlalchemy import text

from geo import Boundaries
from tests.stories.told import NEED, Teller, told
from web_console.maps import import_boundaries

FIRE = {"category": "20700", "severity": 4, "place": {"lon": 111.05, "lat": 30.05}, "needs": [NEED], "order": True}


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Teller]:
    with told(tmp_path) as teller:
        yield teller


def the_world_changes(story: Teller) -> None:
    """The city's border moves off the fire, its leaders leave."""
    house = story.house
    moved: dict[str, BaseGeometry] = {
        code: box(112.0, 30.0, 112.4, 30.2) for code in ("9901", "990101", "990102", "990101001", "990101002", "990102100")
    }
    assert import_boundaries(house, Boundaries(moved, [])).counts["changed"] == 6
    with house.registry.write("import", "nobody") as writing:
        writing.session.execute(text("DELETE FROM teams"))
        writing.session.execute(text("DELETE FROM people"))
        writing.counts["changed"] += 1
        writing.rev += 1
    story.settle()


def test_ids_the_same_id_after_boundaries_and_roster_changed_gets_the_first_receipt(story: Teller) -> None:
    ids = [story.new_id() for _ in range(4)]
    first = [story.call("bo", "POST", "/incidents", FIRE, id_=ids[0])]
    incident = first[0].json()["incident"]
    requests = [
        ("bo", "/incidents", FIRE), ("bo", f"/mobilizations/m-{incident}/wave", {}), ("bo", f"/incidents/{incident}/verify", {}),
        ("leader1", f"/me/calls/{story.open_calls(1)[0]['id']}/answer", {"answer": "accept", "heads": 3}),
    ]  # fmt: skip
    first += [story.call(who, "POST", path, body, id_=id_) for (who, path, body), id_ in zip(requests[1:], ids[1:], strict=True)]
    assert [answer.status_code for answer in first] == [201, 200, 200, 200]
    the_world_changes(story)
    fresh = story.call("bo", "POST", "/incidents", FIRE)
    assert fresh.json()["code"] == "place.off_city", "for a new report the world has changed"
    position = story.house.core.position
    for answer, (who, path, body), id_ in zip(first, requests, ids, strict=True):
        again = story.call(who, "POST", path, body, id_=id_)
        assert (again.status_code, again.content) == (answer.status_code, answer.content), path
    assert story.house.core.position == position


def test_ids_over_http_the_same_id_with_another_body_is_refused_also_when_the_body_makes_no_sense(story: Teller) -> None:
    id_ = story.new_id()
    story.does("bo", "/incidents", FIRE, id_=id_)
    other = story.call("bo", "POST", "/incidents", FIRE | {"place": {"lon": 120.0, "lat": 30.0}}, id_=id_)
    assert (other.status_code, other.json()["code"]) == (409, "command.reused")


def test_ids_a_refused_command_may_come_again_and_is_decided_afresh(story: Teller) -> None:
    incident, id_ = story.raise_fire(order=False), story.new_id()
    assert story.call("bo", "POST", f"/incidents/{incident}/order", {}, id_=id_).json()["code"] == "incident.not_verified"
    story.does("bo", f"/incidents/{incident}/verify")
    assert story.call("bo", "POST", f"/incidents/{incident}/order", {}, id_=id_).status_code == 200
