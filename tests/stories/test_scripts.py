"""Trainers write drill files in the live realm: a shelf beside the drills that come along, checked as they write, never one over the other."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
from openpyxl import load_workbook

from command.tiers.tables import OfficerRow
from drills.scenario import parse
from tests.exercises.kit import FILE
from tests.stories.told import Teller, told
from tests.town import PASSWORD

OWN: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(parse(FILE.encode())))


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Teller]:
    with told(tmp_path) as teller:
        with teller.house.registry.write("test", "officer ana") as writing:
            for officer, role in (("tan", "trainer"), ("tom", "trainer"), ("oli", "observer")):
                writing.put(OfficerRow, officer, {"name": officer, "role": role, "post": "9901", "station": ""})
        teller.house.catalogue.renew()
        for officer in ("tan", "tom", "oli"):
            teller.house.accounts.add(officer, kind="officer", subject=officer, password=PASSWORD)
        yield teller


def saves(story: Teller, scenario: dict[str, Any], revision: str = "", *, who: str = "tan") -> Any:
    return story.call(who, "PUT", f"/scripts/{scenario['id']}", {"scenario": scenario, "revision": revision})


def test_a_drill_is_written_kept_and_read_again(story: Teller) -> None:
    made = saves(story, OWN)
    assert made.status_code == 201
    found = story.sees("oli", "/scripts/town-fire")
    assert found["scenario"] == OWN
    assert found["revision"] == made.json()["revision"]
    rows = {row["id"]: row for row in story.sees("oli", "/scripts")}
    assert (rows["town-fire"]["shipped"], rows["town-fire"]["injects"], rows["town-fire"]["where"]) == (False, 1, "registry")
    assert rows["fire_no_notice"]["shipped"]
    assert rows["fire_no_notice"]["where"] == "made_up"


def test_two_trainers_do_not_write_over_each_other(story: Teller) -> None:
    first = saves(story, OWN).json()["revision"]
    second = saves(story, OWN | {"lasts_min": 90}, first, who="tom").json()["revision"]
    late = saves(story, OWN | {"lasts_min": 30}, first)
    assert (late.status_code, late.json()["code"]) == (409, "script.changed")
    assert saves(story, OWN | {"lasts_min": 90}, first).json()["revision"] == second, "the same text again is no change"
    assert saves(story, OWN | {"lasts_min": 20}).json()["code"] == "script.changed", "a new one takes nobody's place"
    assert story.sees("tan", "/scripts/town-fire")["scenario"]["lasts_min"] == 90


def test_what_is_wrong_is_told_by_place_and_never_kept(story: Teller) -> None:
    wrong = msgspec.json.decode(msgspec.json.encode(OWN))
    wrong["injects"][0] |= {"zh": " ", "objective": "none"}
    said = story.call("tan", "POST", "/scripts/check", {"scenario": wrong}).json()["faults"]
    assert [(each["at"], each["code"]) for each in said] == [("injects[0].zh", "empty"), ("injects[0].objective", "unknown")]
    assert said[0]["zh"] == "没有填写"
    elsewhere = OWN | {"spots": {"house": {"division": "county-7/1"}}}
    assert (
        story.call("tan", "POST", "/scripts/check", {"scenario": elsewhere}).json()["faults"][0]["at"] == "spots.house.division"
    )
    refused = saves(story, wrong)
    assert (refused.status_code, refused.json()["code"]) == (422, "scenario.faulty")
    assert [row["id"] for row in story.sees("tan", "/scripts") if not row["shipped"]] == []
    assert not story.house.realm.folder.scripts.exists()


def test_one_that_comes_along_is_copied_not_changed(story: Teller) -> None:
    copied = story.call("tan", "POST", "/scripts/fire_no_notice/copy", {}).json()
    assert copied["id"] == "fire_no_notice-2"
    assert story.call("tan", "POST", "/scripts/fire_no_notice/copy", {}).json()["id"] == "fire_no_notice-3"
    shipped = story.sees("tan", "/scripts/fire_no_notice")["scenario"]
    assert saves(story, shipped | {"lasts_min": 30}).json()["code"] == "script.shipped"
    assert story.call("tan", "DELETE", f"/scripts/{copied['id']}?revision=0").json()["code"] == "script.changed"
    assert story.call("tan", "DELETE", f"/scripts/{copied['id']}?revision={copied['revision']}").status_code == 204
    assert story.call("tan", "GET", f"/scripts/{copied['id']}").json()["code"] == "script.unknown"


def test_a_list_of_events_goes_out_and_comes_back(story: Teller) -> None:
    book = story.call("oli", "GET", "/scripts/fire_no_notice/msel")
    assert "filename*=UTF-8''%E9%AB%98%E5%B1%82" in book.headers["content-disposition"]
    assert load_workbook(BytesIO(book.content)).sheetnames
    back = brings(story, book.content)
    assert back.json()["scenario"] == story.sees("tan", "/scripts/fire_no_notice")["scenario"]
    text = story.call("oli", "GET", "/scripts/fire_no_notice/file").content
    assert brings(story, text).json()["scenario"]["id"] == "fire_no_notice"
    assert [row for row in story.sees("tan", "/scripts") if not row["shipped"]] == [], "nothing is kept before it is saved"
    bad = brings(story, b"PK\x03\x04 this is no workbook")
    assert bad.status_code in (413, 422)
    assert [each["code"] for each in brings(story, b"id: [").json()["faults"]] == ["form"]
    assert brings(story, b"x" * (1 << 20) + b"x").json()["code"] == "file.too_large"


def brings(story: Teller, raw: bytes) -> Any:
    story.call("tan", "GET", "/session")
    return story.client.post("/api/v1/scripts/import", content=raw, headers={"cookie": story._cookies["tan"]})


def test_the_ground_it_plays_on(story: Teller) -> None:
    ours = story.sees("oli", "/scripts/ground")
    assert [each["post"] for each in ours["posts"]] == ["city", "county-1", "county-1/1", "county-1/2", "county-2", "county-2/1"]
    assert ours["posts"][2]["name"] == "江滨街道"
    made_up = story.sees("oli", "/scripts/ground?seed=5")
    assert made_up["city"] == "9901"
    assert len(made_up["posts"]) == 34
    roads = story.call("oli", "GET", "/scripts/ground/roads?seed=5")
    assert roads.json()["features"]
    assert story.call("oli", "GET", "/scripts/ground/roads?seed=x").json()["code"] == "query.field"
    assert story.call("oli", "GET", "/scripts/ground/people?seed=5").json()["code"] == "map.unknown"


def test_only_trainers_write_and_only_observers_look(story: Teller) -> None:
    for who, method, path in (
        ("bo", "GET", "/scripts"), ("bo", "GET", "/scripts/ground"), ("oli", "PUT", "/scripts/town-fire"), ("oli", "POST", "/scripts/check"),
        ("oli", "DELETE", "/scripts/town-fire"), ("oli", "POST", "/scripts/fire_no_notice/copy"), ("oli", "POST", "/scripts/import"),
        ("bo", "GET", "/scripts/fire_no_notice/msel"),
    ):  # fmt: skip
        assert story.call(who, method, path, {}).json()["code"] == "session.role", (who, path)
    assert saves(story, OWN | {"id": "x"}).status_code == 201
    assert story.call("tan", "PUT", "/scripts/y", {"scenario": OWN}).json()["code"] == "script.id"
    assert story.call("tan", "GET", "/scripts/..%2f..%2frealm").status_code == 404


def test_a_file_somebody_spoiled_is_named_and_harms_no_other(story: Teller) -> None:
    saves(story, OWN)
    (story.house.realm.folder.scripts / "broken.yaml").write_text("id: broken", "utf-8")
    rows = {row["id"]: row for row in story.sees("tan", "/scripts")}
    assert rows["broken"]["faults"] == 1
    assert rows["town-fire"]["faults"] == 0
    assert story.call("tan", "GET", "/scripts/broken").json()["code"] == "scenario.faulty"
