"""More of a duty officer's work: why and why not, the next wave, duplicates, photos, review."""

import io
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from command.tiers.imports import Where
from mobilization.imports import import_teams
from tests.stories.told import Teller, told
from web_console.photos import stripped


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Teller]:
    with told(tmp_path) as teller:
        yield teller


def photo_with_place() -> bytes:
    picture = Image.new("RGB", (60, 40), "red")
    exif = Image.Exif()
    exif[0x010E] = "canary description"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (30.0, 3.0, 0.0)
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_called_and_not_called_add_up_each_with_a_reason(story: Teller) -> None:
    story.does("leader2", "/me/availability", {"availability": "off_duty"})
    story.does("leader8", "/me/availability", {"availability": "away"})
    incident = story.raise_fire()
    wave = story.sees("bo", f"/incidents/{incident}/why")["waves"][0]
    rows = story.sees("bo", f"/incidents/{incident}/why/{wave['wave']}")["not_called"]
    reasons = {row["team"]: row["reason"] for row in rows}
    assert reasons["t2"] == "off_duty"
    assert reasons["t6"] == "other_division"
    assert {call["team"] for call in wave["called"]} | set(reasons) == {f"t{n}" for n in range(1, 7)}
    assert sum(wave["counts"].values()) == len(rows)
    assert "not_called" not in wave, "thousands in a large city: asked for where they are looked at"
    assert story.call("bo", "GET", f"/incidents/{incident}/why/99").json()["code"] == "wave.unknown"
    assert wave["called"][0]["chance_source"] == "assumed"
    assert wave["called"][0]["travel_source"] == "straight_line"
    assert wave["gates"]["adult"] == "checked"
    assert wave["gates"]["ppe_issued"] == "not_checked"


def test_no_wave_is_missing_however_much_was_recorded_since(story: Teller, monkeypatch: pytest.MonkeyPatch) -> None:
    incident = story.raise_fire()
    story.does("bo", f"/mobilizations/m-{incident}/wave")
    whole = story.sees("bo", f"/incidents/{incident}/why")
    assert [wave["wave"] for wave in whole["waves"]] == [1, 2]
    log = story.house.realm.log
    monkeypatch.setattr(log, "of", partial(log.of, limit=1))
    assert story.sees("bo", f"/incidents/{incident}/why") == whole


def test_the_officer_calls_the_next_wave_without_waiting(story: Teller) -> None:
    incident = story.raise_fire()
    before = len(story.board(incident)["calls"])
    story.does("bo", f"/mobilizations/m-{incident}/wave")
    assert len(story.board(incident)["calls"]) > before
    refused = story.call("bo", "POST", f"/mobilizations/m-{incident}/wave", {})
    assert refused.json()["code"] == "wave.nothing"


def test_a_wave_taken_back_is_heard_by_who_was_called_and_they_may_be_called_again(story: Teller) -> None:
    incident = story.raise_fire()
    before = {call["id"] for call in story.board(incident)["calls"]}
    receipt = story.does("bo", f"/mobilizations/m-{incident}/wave")
    wave = receipt["events"][0]["data"]["wave"]
    late = next(call for call in story.board(incident)["calls"] if call["id"] not in before)
    root = f"/mobilizations/m-{incident}/waves"
    assert story.call("cy", "POST", f"{root}/{wave}/withdraw", {}).json()["code"] == "authority.division"
    assert story.call("bo", "POST", f"{root}/last/withdraw", {}).json()["code"] == "wave.unknown"
    story.does("bo", f"{root}/{wave}/withdraw")
    states = {call["id"]: call["state"] for call in story.board(incident)["calls"]}
    assert {states[id_] for id_ in before} == {"open"}
    assert {states[id_] for id_ in states.keys() - before} == {"stood_down"}
    who = late["person"].removeprefix("p")
    assert story.sees(f"leader{who}", "/me")[f"call/{late['id']}"]["state"] == "stood_down"
    assert story.board(incident)["incident"]["over"] is False
    story.does("bo", f"/mobilizations/m-{incident}/wave")
    assert {call["team"] for call in story.board(incident)["calls"] if call["state"] == "open"} >= {late["team"]}


def test_a_duplicate_is_merged_its_people_told_and_it_can_be_taken_back(story: Teller) -> None:
    first = story.raise_fire(order=False, verify=True)
    second = story.raise_fire()
    story.does("bo", f"/incidents/{second}/merge", {"into": first})
    board = story.board(second)
    assert (board["incident"]["stage"], board["incident"]["merged_into"]) == ("merged", first)
    assert {c["state"] for c in board["calls"]} == {"stood_down"}
    story.does("bo", f"/incidents/{second}/reverse")
    assert story.board(second)["incident"]["merged_into"] is None


def test_a_photo_loses_its_place_before_it_is_kept(story: Teller) -> None:
    raw = photo_with_place()
    assert Image.open(io.BytesIO(raw)).getexif().get_ifd(0x8825)
    incident = story.raise_fire()
    story.call("bo", "GET", "/session")
    headers = {"cookie": story._cookies["bo"], "command-id": story.new_id()}
    answer = story.client.post(f"/api/v1/incidents/{incident}/photos", content=raw, headers=headers)
    assert answer.status_code == 201, answer.text
    story.settle()
    shown = story.call("bo", "GET", f"/incidents/{incident}/photos/{answer.json()['photo']}")
    assert shown.headers["content-type"] == "image/jpeg"
    assert dict(Image.open(io.BytesIO(shown.content)).getexif()) == {}
    assert b"canary" not in shown.content
    blobs = list((story.house.realm.folder.path / "blobs").iterdir())
    assert not any(b"JFIF" in blob.read_bytes() for blob in blobs)
    assert story.client.portal is not None
    story.client.portal.call(story.house.erase, f"incident:{incident}")
    assert story.call("bo", "GET", f"/incidents/{incident}/photos/{answer.json()['photo']}").status_code == 404


def test_what_is_no_photo_is_refused(story: Teller) -> None:
    incident = story.raise_fire()
    story.call("bo", "GET", "/session")
    headers = {"cookie": story._cookies["bo"], "command-id": story.new_id()}
    answer = story.client.post(f"/api/v1/incidents/{incident}/photos", content=b"GIF89a....", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "body.photo")
    assert stripped(photo_with_place())[1] == "image/jpeg"


def test_closed_then_reviewed(story: Teller) -> None:
    incident = story.raise_fire(order=False)
    early = story.call("bo", "POST", f"/incidents/{incident}/review", {})
    assert early.json()["code"] == "incident.stage"
    story.does("bo", f"/incidents/{incident}/close")
    story.does("bo", f"/incidents/{incident}/review")
    assert story.board(incident)["incident"]["stage"] == "reviewed"


def test_an_edit_on_an_old_screen_is_refused(story: Teller) -> None:
    incident = story.raise_fire()
    seen = story.board(incident)["incident"]["changed_at"]
    story.does("bo", f"/incidents/{incident}/severity", {"severity": 3, "screen_position": seen})
    late = story.call("ana", "POST", f"/incidents/{incident}/severity", {"severity": 2, "screen_position": seen})
    assert (late.status_code, late.json()["code"]) == (409, "stale")


def test_locate_and_propose_before_acting(story: Teller) -> None:
    found = story.sees("bo", "/locate?lon=111.05&lat=30.05")
    assert [p["name"] for p in found["path"]] == ["云江市", "云城区", "江滨街道"]
    proposal = story.does("bo", "/proposal", {"category": "20700", "place": {"lon": 111.05, "lat": 30.05}})
    assert proposal["authority"] == {"allowed": True, "rule": "call.county.60", "who_may": None}
    story.raise_fire()
    assert (
        story.does("bo", "/proposal", {"category": "20700", "place": {"lon": 111.05, "lat": 30.05}})["similar"][0]["distance_m"]
        == 0
    )
    assert story.call("bo", "GET", "/locate?lon=30.05&lat=111.05").json()["code"] == "place.swapped"
    assert story.call("bo", "GET", "/locate?lon=112.05&lat=30.05").json()["code"] == "place.off_city"


def test_an_order_that_waits_ends_with_its_incident(story: Teller) -> None:
    incident = story.raise_fire("di", needs=[{"speciality": "FIRST_AID", "minimum": 6, "maximum": 11}])
    assert story.board(incident)["incident"]["order_asked"]
    story.does("di", f"/incidents/{incident}/dispose", {"as": "false_alarm"})
    assert story.board(incident)["incident"]["order_asked"] is None


def test_a_wave_that_is_refused_leaves_nothing_behind(story: Teller) -> None:
    incident = story.raise_fire()
    blobs = story.house.realm.folder.path / "blobs"
    before = sorted(blobs.iterdir())
    assert story.call("cy", "POST", f"/mobilizations/m-{incident}/wave", {}).json()["code"] == "authority.division"
    assert sorted(blobs.iterdir()) == before


def test_receipts_of_a_bundle_count_though_one_is_of_an_unknown_call(story: Teller) -> None:
    story.raise_fire()
    call = story.open_calls(1)[0]["id"]
    with story.socket("leader1") as phone:
        phone.receive_json()
        phone.send_json({"type": "seen", "ids": [call, "gone"]})
        phone.receive_json()
    story.settle()
    assert story.house.view.call(call).seen_ms  # type: ignore[union-attr]


def test_signing_out_waits_for_the_registry_in_a_thread_of_its_own(story: Teller, monkeypatch: pytest.MonkeyPatch) -> None:
    """An import beside it may hold the registry for seconds: nobody else waits for that."""
    threads: list[str] = []
    monkeypatch.setattr(story.house.accounts, "sign_out", lambda _: threads.append(threading.current_thread().name))
    story.call("bo", "DELETE", "/session")
    assert [name.startswith("muster-apart") for name in threads] == [True]


def test_an_open_phone_hears_that_its_team_was_renamed(story: Teller, tmp_path: Path) -> None:
    rows = tmp_path / "teams.csv"
    header = "id,name,speciality,station,lon,lat,minimum_crew,size,leader,deputies"
    rows.write_text(f"{header}\nt1,新名队,FIRST_AID,s1,111.05,30.05,1,4,p1,p7\n", "utf-8")
    with story.socket("leader1") as phone:
        phone.receive_json()
        phone.send_json({"type": "follow", "topic": "me/p1"})
        while phone.receive_json()["type"] != "snapshot":
            pass
        import_teams(story.house.registry, rows, where=Where(lambda lon, lat: (lon, lat)))
        story.settle()
        while (frame := phone.receive_json())["type"] != "diff":
            pass
        assert "新名队" in str(frame["put"]["self"])
