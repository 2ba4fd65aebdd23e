"""Whatever is wrong with a request gets one clear error in one shape, and changes nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from command.core import door
from tests.stories.told import NEED, Teller, told

GOOD = {"category": "20700", "severity": 4, "place": {"lon": 111.05, "lat": 30.05}, "needs": [NEED], "order": True}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Teller]:
    with told(tmp_path_factory.mktemp("town")) as teller:
        yield teller


def with_place(**place: Any) -> dict[str, Any]:
    return GOOD | {"place": GOOD["place"] | place}  # type: ignore[operator]


BAD = [
    ({**GOOD, "extra": 1}, 422, "body.field"),
    ({**GOOD, "severity": 9}, 422, "body.field"),
    ({**GOOD, "severity": "4"}, 422, "body.field"),
    ({**GOOD, "category": "99999"}, 422, "incident.category"),
    (with_place(lon=30.05, lat=111.05), 422, "place.swapped"),
    (with_place(lon=112.5), 422, "place.off_city"),
    (with_place(lon=1000), 422, "body.field"),
    (with_place(crs="mars"), 422, "body.field"),
    (GOOD | {"needs": [NEED | {"speciality": "WIZARD"}]}, 422, "need.speciality"),
    (GOOD | {"needs": [NEED | {"minimum": 5}]}, 422, "need.bounds"),
    (GOOD | {"needs": [NEED | {"by": 30}]}, 422, "body.field"),
    (GOOD | {"needs": [NEED | {"maximum": 10**30}]}, 422, "body.field"),
    (GOOD | {"needs": [NEED | {"by_ms": 10**30}]}, 422, "body.field"),
    (GOOD | {"needs": [NEED, NEED]}, 422, "need.twice"),
    (GOOD | {"needs": []}, 422, "mobilization.no_needs"),
    (GOOD | {"learned_at_ms": 1 << 50}, 422, "times"),
    (GOOD | {"report": {"words": "长" * 3000}}, 422, "body.field"),
    ([], 422, "body.field"),
]  # fmt: skip


def test_a_field_that_is_missing_is_named(story: Teller) -> None:
    problem = story.call("bo", "POST", "/incidents", {name: value for name, value in GOOD.items() if name != "category"}).json()
    assert (problem["code"], problem["facts"]["field"]) == ("body.field", "category")


@pytest.mark.parametrize(("body", "status", "code"), BAD, ids=[f"{n}-{code}" for n, (_, _, code) in enumerate(BAD)])
def test_a_bad_report_is_refused_in_one_shape(story: Teller, body: Any, status: int, code: str) -> None:
    before = story.house.core.position
    answer = story.call("bo", "POST", "/incidents", body)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "title_en", "status", "code", "facts"} <= set(problem)
    assert problem["title"]
    assert "{" not in problem["title"] + problem["title_en"]
    assert story.house.core.position == before


def test_malformed_json_oversized_bodies_and_missing_ids(story: Teller) -> None:
    story.call("bo", "GET", "/session")
    headers = {"cookie": story._cookies["bo"], "command-id": story.new_id()}
    post = story.client.post
    assert post("/api/v1/incidents", content=b"{", headers=headers).json()["code"] == "body.json"
    assert post("/api/v1/incidents", content=b"\xff\xfe", headers=headers).json()["code"] == "body.json"
    assert post("/api/v1/incidents", content=b" " * 70_000, headers=headers).status_code == 413
    bare = {"cookie": story._cookies["bo"]}
    assert post("/api/v1/incidents", json=GOOD, headers=bare).json()["code"] == "command.id"
    assert post("/api/v1/incidents", json=GOOD, headers=bare | {"command-id": "1"}).status_code == 400


def test_nobody_signed_in_the_wrong_role_and_the_wrong_origin(story: Teller) -> None:
    story.client.cookies.clear()
    assert story.client.post("/api/v1/incidents", json=GOOD).json()["code"] == "session.none"
    story.call("leader1", "GET", "/me")
    phone = {"cookie": story._cookies["leader1"].replace("muster_phone", "muster_desk"), "command-id": story.new_id()}
    assert story.client.post("/api/v1/incidents", json=GOOD, headers=phone).status_code == 401
    headers = {"cookie": story._cookies.get("bo", ""), "origin": "http://evil.example", "command-id": story.new_id()}
    assert story.client.post("/api/v1/incidents", json=GOOD, headers=headers).json()["code"] == "session.origin"


def test_an_order_outside_ones_division_is_refused_in_words(story: Teller) -> None:
    answer = story.call("cy", "POST", "/incidents", GOOD)
    assert (answer.status_code, answer.json()["code"]) == (403, "authority.division")
    assert "市级" in answer.json()["title"]


def test_a_replayed_command_id(story: Teller) -> None:
    id_ = story.new_id()
    first = story.does("bo", "/incidents", GOOD | {"order": False}, id_=id_)
    assert story.does("bo", "/incidents", GOOD | {"order": False}, id_=id_) == first
    other = story.call("bo", "POST", "/incidents", GOOD, id_=id_)
    assert (other.status_code, other.json()["code"]) == (409, "command.reused")


def test_a_command_id_is_bound_to_what_it_was_sent_to(story: Teller) -> None:
    one, other = (story.raise_fire(order=False) for _ in range(2))
    id_ = story.new_id()
    story.does("bo", f"/incidents/{one}/verify", {}, id_=id_)
    again = story.call("bo", "POST", f"/incidents/{other}/verify", {}, id_=id_)
    assert (again.status_code, again.json()["code"]) == (409, "command.reused")


def test_unknown_things_and_pages(story: Teller) -> None:
    for path, code in (
        ("/incidents/none/verify", "incident.unknown"),
        ("/mobilizations/none/stand_down", "mobilization.unknown"),
    ):
        assert story.call("bo", "POST", path, {}).json()["code"] == code
    assert story.call("leader1", "POST", "/me/calls/none/answer", {"answer": "accept"}).json()["code"] == "call.unknown"
    assert story.call("bo", "GET", "/nothing").json()["code"] == "page.unknown"
    assert story.call("bo", "PUT", "/incidents", {}).json()["code"] == "page.method"


def test_a_wrong_password_says_no_more_than_that_and_slows_down(story: Teller) -> None:
    story.client.cookies.clear()
    wrong = [story.client.post("/api/v1/session", json={"login": "ana", "password": "x"}) for _ in range(12)]
    nobody = story.client.post("/api/v1/session", json={"login": "nobody", "password": "x"})
    assert {answer.status_code for answer in wrong[:10]} == {401}
    assert wrong[-1].json()["code"] == "session.slow"
    assert nobody.json()["code"] == "session.wrong"
    story.clock.advance(seconds=61)


def test_a_level_beyond_the_post_says_who_may(story: Teller, tmp_path: Path) -> None:
    by_order = {"body": "市防指", "document": "云防指〔2026〕3号"}
    body = {
        "division": "990101",
        "category": "10102",
        "level": 2,
        "item": "内涝",
        "term_h": 24,
        "measures": "…",
        "by_order": by_order,
    }
    answer = story.call("bo", "POST", "/responses", body)
    assert (answer.status_code, answer.json()["title"]) == (403, "本级无权启动Ⅱ级响应，由省级启动，请报市级")
    started = story.does("ana", "/responses", body | {"division": "9901", "level": 3})
    assert started["events"][0]["data"]["level"] == 3


def test_when_too_many_wait_one_is_told_to_come_again_and_nothing_changes(story: Teller, monkeypatch: pytest.MonkeyPatch) -> None:
    body, id_ = {"category": "20700", "severity": 4, "place": {"lon": 111.05, "lat": 30.05}}, story.new_id()
    position = story.house.core.position
    with monkeypatch.context() as crowded:
        crowded.setattr(door, "WAITING_MOST", 0)
        answer = story.call("bo", "POST", "/incidents", body, id_=id_)
    assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (503, "door.busy", "1")
    assert answer.json()["facts"] == {"retry_after_ms": 250}
    assert story.house.core.position == position
    assert story.call("bo", "POST", "/incidents", body, id_=id_).status_code == 201


@pytest.mark.parametrize("position", ["%C2%B2", "9" * 5000, "-1", "x"])
def test_a_position_that_is_none_is_refused(story: Teller, position: str) -> None:
    answer = story.call("bo", "GET", f"/incidents/any?at_least={position}")
    assert (answer.status_code, answer.json()["code"]) == (422, "query.field")


@pytest.mark.parametrize("until_ms", [-1, 1 << 53, 10**30])
def test_times_beyond_all_calendars_are_refused(story: Teller, until_ms: int) -> None:
    answer = story.call("leader1", "POST", "/me/availability", {"availability": "away", "until_ms": until_ms})
    assert (answer.status_code, answer.json()["code"]) == (422, "body.field")
