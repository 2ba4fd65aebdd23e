"""A phone bound by a link: signed in once, for long, without a password; and whether a call to it would be heard."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from command.tiers.imports import import_officers
from tests.stories.told import Teller, told
from tests.town import PASSWORD
from web_console.erasing import erase

DAY_S = 86_400


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Teller]:
    """With the keepers of both stations."""
    with told(tmp_path) as teller:
        rows = tmp_path / "keepers.csv"
        rows.write_text("id,name,role,post,station\nk1,吴站长,keeper,990101001,s1\nk2,郑站长,keeper,990102100,s2\n", "utf-8")
        assert import_officers(teller.house.registry, rows).bad == []
        for keeper in ("k1", "k2"):
            teller.house.accounts.add(keeper, kind="officer", subject=keeper, password=PASSWORD)
        teller.settle()
        yield teller


def link(story: Teller, who: str = "bo", person: str = "p1") -> str:
    made = story.does(who, f"/people/{person}/device_link")
    assert made["qr"].startswith("data:image/svg+xml")
    return str(made["path"]).partition("/phone#k=")[2]


def opens(story: Teller, code: str) -> Any:
    story.client.cookies.clear()
    answer = story.client.post("/api/v1/me/session/link", json={"code": code})
    story.settle()
    return answer


def bound(story: Teller, name: str, code: str) -> str:
    """The phone's own name in the log; the phone is then known to the story by `name`."""
    answer = opens(story, code)
    assert answer.status_code == 200, answer.text
    assert "Max-Age=15552000" in answer.headers["set-cookie"]
    assert "HttpOnly" in answer.headers["set-cookie"]
    story._cookies[name] = answer.headers["set-cookie"].partition(";")[0]
    story.client.cookies.clear()
    return str(answer.json()["phone"])


def status(story: Teller, name: str) -> int:
    return int(story.call(name, "GET", "/me/session").status_code)


def test_a_link_binds_one_phone_once_and_leaves_no_trace_of_itself(story: Teller) -> None:
    code = link(story)
    phone = bound(story, "new", code)
    assert story.sees("new", "/me/session")["person"]["id"] == "p1"
    again = opens(story, code)
    assert (again.status_code, again.json()["code"]) == (401, "session.link")
    assert [each["id"] for each in story.sees("new", "/me")["self"]["phones"]] == [phone]
    folder = story.house.realm.folder.path
    assert not any(code.encode() in path.read_bytes() for path in folder.rglob("*") if path.is_file())

    story.fast_forward(100 * DAY_S)  # used in its second half, its term begins anew
    assert status(story, "new") == 200
    story.fast_forward(100 * DAY_S)
    assert status(story, "new") == 200
    story.fast_forward(181 * DAY_S)
    assert status(story, "new") == 401


def test_a_link_is_good_for_a_day_and_only_the_newest_counts(story: Teller) -> None:
    first, second = link(story), link(story)
    assert opens(story, first).status_code == 401
    story.fast_forward(DAY_S)
    assert opens(story, second).status_code == 401


def test_no_more_than_three_phones_and_a_lost_one_is_taken_off(story: Teller) -> None:
    phones = [bound(story, f"phone{n}", link(story)) for n in range(3)]
    assert story.call("bo", "POST", "/people/p1/device_link", {}).json()["code"] == "phone.most"
    story.does("bo", f"/people/p1/phones/{phones[0]}/unbind")
    assert [status(story, f"phone{n}") for n in range(3)] == [401, 200, 200]
    assert story.call("phone1", "DELETE", "/me/session").status_code == 204
    assert [status(story, f"phone{n}") for n in range(3)] == [401, 401, 200]
    assert [each["id"] for each in story.sees("phone2", "/me")["self"]["phones"]] == [phones[2]]


def test_who_may_hand_out_a_link(story: Teller) -> None:
    refused = {
        who: story.call(who, "POST", "/people/p1/device_link", {}).json().get("code") for who in ("bo", "k1", "ana", "cy", "k2")
    }
    assert refused == {"bo": None, "k1": None, "ana": None, "cy": "authority.division", "k2": "phone.station"}


def test_erasing_a_person_ends_their_phones(story: Teller) -> None:
    bound(story, "new", link(story))
    left = link(story)
    assert story.client.portal is not None
    story.client.portal.call(erase, story.house, "person:p1")
    story.settle()
    assert status(story, "new") == 401
    assert opens(story, left).status_code == 401


def test_awake_asleep_and_never_tested_are_three_things(story: Teller) -> None:
    def said() -> tuple[str, str]:
        board = story.house.screens.picture_of("board/990101/duty")
        return board.get("team/t1", {}).get("reach", "asleep"), story.sees("new", "/me")["self"]["reach"]

    bound(story, "new", link(story))
    story.house.screens.presence.heard("p1")
    assert said() == ("untested", "untested")
    story.does("new", "/me/phone_test", {"heard": False, "felt": False, "notified": True})
    assert said() == ("untested", "untested")
    story.does("new", "/me/phone_test", {"heard": True, "felt": False, "notified": False})
    assert said() == ("awake", "awake")
    story.fast_forward(13)
    assert said() == ("asleep", "asleep")
    story.fast_forward(90 * DAY_S)
    assert said()[0] == "untested"


def test_who_signs_in_is_told_how_he_stands_before_any_socket(story: Teller) -> None:
    story.does("leader1", "/me/availability", {"availability": "off_duty"})
    told_ = story.sees("leader1", "/me/session")["self"]
    assert (told_["availability"], [team["id"] for team in told_["teams"]]) == ("off_duty", ["t1"])
    assert told_ == story.sees("leader1", "/me")["self"]
