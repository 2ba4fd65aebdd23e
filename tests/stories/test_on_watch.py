"""Who is on watch, told over HTTP and WebSocket: taken, handed over, unheld; and warnings typed by the desk."""

from pathlib import Path
from typing import Any

import pytest

from command.tiers.imports import import_posts
from tests.stories.told import Teller, told
from web_console.erasing import erase

LARGE = {"speciality": "FIRST_AID", "minimum": 20, "maximum": 30}


def _board(teller: Teller, division: str) -> dict[str, Any]:
    return teller.house.screens.picture_of(f"board/{division}/duty")


def _watch(teller: Teller, division: str, *, on: str = "9901") -> dict[str, Any]:
    found: dict[str, Any] = _board(teller, on)[f"watch/{division}"]
    return found


def _code(answer: Any) -> str:
    return str(answer.json()["code"])


def _ask_the_county(teller: Teller) -> str:
    """A township reports a fire that needs more people than it may call."""
    return teller.raise_fire("di", needs=[LARGE], verify=True)


def test_a_watch_is_handed_over_and_every_board_in_line_shows_who_holds_it(tmp_path: Path) -> None:
    with told(tmp_path) as teller:
        until_ms = teller.clock.wall_ms() + 8 * 3_600_000
        teller.does("bo", "/watch/take", {"until_ms": until_ms})
        assert _watch(teller, "990101")["officer_name"] == "李江"
        assert _watch(teller, "990101", on="990101001")["until_ms"] == until_ms, "the posts below see it"
        assert "watch/990101" not in _board(teller, "990102"), "the county beside does not"
        assert "watch/990101" not in teller.house.screens.picture_of("board/9901/wall"), "a wall shows no people"
        assert _code(teller.call("bo", "POST", "/watch/offer", {"to": "cy"})) == "watch.to", "of another post"
        assert [each["name"] for each in teller.sees("bo", "/watch")["officers"]] == ["林楠"]
        with teller.socket("bo") as socket:
            socket.receive_json()
            teller.settle()
            assert _watch(teller, "990101")["connected"]
        teller.settle()
        found = _watch(teller, "990101")
        assert (found["officer"], found["connected"]) == ("bo", False), "a page that is closed ends no watch"
        teller.does("bo", "/watch/offer", {"to": "eve"})
        assert (_watch(teller, "990101")["officer"], _watch(teller, "990101")["offered_name"]) == ("bo", "林楠")
        teller.does("eve", "/watch/take")
        assert (_watch(teller, "990101")["officer_name"], _watch(teller, "990101")["role"]) == ("林楠", "watch_leader")
        assert _code(teller.call("bo", "POST", "/watch/end", {})) == "watch.not_yours"
        teller.does("eve", "/watch/end")
        assert _watch(teller, "990101")["officer"] is None


def test_what_a_post_is_asked_goes_up_after_exactly_three_minutes_where_nobody_is_on_watch(tmp_path: Path) -> None:
    with told(tmp_path) as teller:
        teller.does("ana", "/watch/take")
        incident = _ask_the_county(teller)
        waiting = _watch(teller, "990101")["waiting"]
        assert [each["what"] for each in waiting] == ["order"]
        assert waiting[0]["up_ms"] == waiting[0]["asked_ms"] + 180_000
        teller.fast_forward(179)
        assert not _watch(teller, "9901")["waiting"]
        teller.fast_forward(1)
        assert [each["incident"] for each in _watch(teller, "9901")["waiting"]] == [incident]
        assert _watch(teller, "990101")["waiting"][0]["went_up_ms"] is not None
        line = next(item for item in _board(teller, "9901").values() if item.get("name") == "ask.went_up")
        assert (line["facts"]["division"], line["facts"]["vacant_since_ms"]) == ("990101", None)
        teller.does("bo", f"/incidents/{incident}/order", {"needs": [LARGE]})
        assert teller.board(incident)["incident"]["order_asked"] is None, "the first post may still answer"


@pytest.mark.parametrize("who", ["bo", None])
def test_nothing_goes_up_where_the_watch_is_held_nor_where_none_was_ever_taken(tmp_path: Path, who: str | None) -> None:
    with told(tmp_path) as teller:
        if who is not None:
            teller.does(who, "/watch/take")
        _ask_the_county(teller)
        teller.fast_forward(3_600)
        assert not any(item.get("name") == "ask.went_up" for item in _board(teller, "9901").values())


def test_an_outage_takes_nothing_from_the_three_minutes(tmp_path: Path) -> None:
    with told(tmp_path) as teller:
        teller.does("ana", "/watch/take")
        _ask_the_county(teller)
        teller.fast_forward(60)
        clock = teller.clock
    clock.advance(seconds=900)
    with told(tmp_path, clock=clock, fill=False) as teller:
        assert _watch(teller, "9901")["officer"] == "ana", "a restart loses no watch"
        teller.fast_forward(119)
        assert not _watch(teller, "9901")["waiting"]
        teller.fast_forward(2)
        assert _watch(teller, "9901")["waiting"]


def test_a_warning_shows_on_boards_above_and_below_until_it_is_lifted_or_runs_out(tmp_path: Path) -> None:
    with told(tmp_path) as teller:
        now_ms = teller.clock.wall_ms()
        rain = {
            "kind": "rainstorm", "level": 2, "divisions": ["990101"], "issuer": "云江市气象台", "issued_ms": now_ms,
            "expires_ms": now_ms + 3_600_000,
        }  # fmt: skip
        assert _code(teller.call("di", "POST", "/warnings", {**rain, "divisions": ["990101001"]})) == "warning.tier"
        assert _code(teller.call("cy", "POST", "/warnings", rain)) == "authority.division"
        teller.does("bo", "/warnings", rain)
        item = next(key for key in _board(teller, "990101001") if key.startswith("warning/"))
        assert item in _board(teller, "9901")
        assert item not in _board(teller, "990102")
        path = f"/warnings/{item.partition('/')[2]}"
        wider = {"level": 1, "divisions": ["9901"], "expires_ms": now_ms + 7_200_000}
        assert _code(teller.call("bo", "POST", path, wider)) == "authority.division", "not beyond the own division"
        teller.does("ana", path, wider)
        assert _board(teller, "990102")[item]["level"] == 1
        teller.fast_forward(7_199)
        assert item in _board(teller, "9901")
        teller.fast_forward(1)
        assert item not in _board(teller, "9901")
        assert _code(teller.call("ana", "POST", f"{path}/lift", {})) == "warning.over"


def test_the_directory_tells_numbers_in_reach_and_is_recorded_once_a_watch(tmp_path: Path) -> None:
    with told(tmp_path) as teller:
        before = teller.house.core.position
        found = teller.does("bo", "/directory")
        assert [post["name"] for post in found["posts"]] == ["云江市", "云城区", "江滨街道"], "not the county beside"
        assert found["posts"][0]["officers"] == [{"id": "ana", "name": "周敏", "role": "duty_officer", "phone": None}]
        first = found["teams"][0]
        assert (first["name"], [each["role"] for each in first["people"]]) == ("急救1队", ["leader", "deputy"])
        assert first["people"][0]["phone"] == "19900000001"
        assert all("临江" not in team["name"] for team in found["teams"])
        assert teller.house.core.position == before + 1
        teller.does("bo", "/directory")
        assert teller.house.core.position == before + 1, "once is enough"
        teller.does("bo", "/watch/take")
        teller.does("bo", "/directory")
        assert [record.name for record in teller.house.realm.log.after(before, 9)] == [
            "sealed.opened",
            "watch.taken",
            "sealed.opened",
        ]
        assert _code(teller.call("di", "GET", "/directory")) == "page.method"


def test_every_post_is_rung_on_its_duty_number_whoever_is_on_watch(tmp_path: Path) -> None:
    with told(tmp_path) as teller:
        rows = tmp_path / "posts.csv"
        rows.write_text("division,phones\n9901,0000-8000001;0000-8000002\n990101,0000-8000003\n990102,0000-8000004\n", "utf-8")
        assert import_posts(teller.house.registry, rows).bad == []
        teller.settle()
        before = teller.house.core.position
        seen = teller.sees("bo", "/posts")["posts"]
        assert [(each["name"], each["tier"], each["phones"]) for each in seen] == [
            ("云江市", "city", ["0000-8000001", "0000-8000002"]),
            ("云城区", "county", ["0000-8000003"]),
        ], "not the county beside"
        assert teller.house.core.position == before, "an office's number is nobody's secret"
        posts = teller.does("bo", "/directory")["posts"]
        assert [(post["name"], post["phones"]) for post in posts] == [
            ("云江市", ["0000-8000001", "0000-8000002"]),
            ("云城区", ["0000-8000003"]),
            ("江滨街道", []),
        ]
        rows.write_text("division,phones\n990101002,0000-8000005\n", "utf-8")
        import_posts(teller.house.registry, rows)
        teller.settle()
        assert teller.does("bo", "/directory")["posts"][-1] == {
            "division": "990101002", "name": "学府街道", "tier": "township", "phones": ["0000-8000005"], "leader": None,
            "officers": [],
        }, "also where no officer is known"  # fmt: skip
        assert "0000-800" not in str(teller.house.screens.picture_of("board/9901/wall"))
        assert _code(teller.client.get("/api/v1/posts")) == "session.none"


def test_who_leads_the_watch_is_named_on_boards_and_rung_by_the_directory(tmp_path: Path) -> None:
    with told(tmp_path) as teller:
        assert _code(teller.call("bo", "POST", "/watch/leader", {"officer": "eve"})) == "watch.unheld"
        teller.does("bo", "/watch/take")
        assert _code(teller.call("bo", "POST", "/watch/leader", {"officer": "cy"})) == "watch.to", "of another post"
        assert _code(teller.call("bo", "POST", "/watch/leader", {"name": "赵某", "phone": "问办公室"})) == "body.field"
        teller.does("bo", "/watch/leader", {"officer": "eve"})
        assert _watch(teller, "990101")["leader"]["name"] == "林楠"
        receipt = teller.does("bo", "/watch/leader", {"name": "赵区长", "phone": "0000-8000009"})
        leader = _watch(teller, "990101")["leader"]
        assert (leader["officer"], leader["name"]) == (None, "赵区长")
        assert _watch(teller, "990101", on="990101001")["leader"]["name"] == "赵区长", "the posts below see it"
        assert "0000-8000009" not in str(_board(teller, "9901")), "the number is in the directory, where a look is recorded"
        county = teller.does("ana", "/directory")["posts"][1]
        assert county["leader"] == {"id": leader_id(receipt), "name": "赵区长", "role": "watch_leader", "phone": "0000-8000009"}
        teller.does("bo", "/watch/offer", {"to": "eve"})
        teller.does("eve", "/watch/take")
        assert _watch(teller, "990101")["leader"]["name"] == "赵区长", "it stays when the watch passes"
        teller.fast_forward(1)
        assert teller.client.portal is not None
        teller.client.portal.call(erase, teller.house, f"watch_leader:{leader_id(receipt)}")
        teller.settle()
        assert _watch(teller, "990101")["leader"]["name"] is None
        assert teller.does("ana", "/directory")["posts"][1]["leader"]["phone"] is None
        teller.does("eve", "/watch/leader", {})
        assert _watch(teller, "990101")["leader"] is None


def leader_id(receipt: dict[str, Any]) -> str:
    return str(receipt["events"][0]["data"]["leader"])
