"""A keeper brings the station's lists as they are: looked at first, stored at one press, what is refused goes back and comes again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from command.core.realm_facts import RegistryImported
from command.tiers.books.lines import Line
from command.tiers.imports import import_officers
from command.tiers.rows import BadRow, split
from mobilization.rosters import propose
from mobilization.tables import PersonRow, TeamRow
from mobilization.verdicts import Standing
from tests.imports.books import GOOD, NO_PHONE, NUMBERED, SPOILT, SPOILT_TEXT, messy, opened, saved
from tests.stories.told import Teller, told
from tests.town import PASSWORD
from web_console.imports.example import identity

TEAMS = (("江滨巡堤队", "巡堤查险", "林晓燕", "周大山", "３人"), ("糊涂队", "急救", "谁也不是", "", "2"))


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Teller]:
    with told(tmp_path) as teller:
        rows = tmp_path / "keepers.csv"
        rows.write_text(
            "id,name,role,post,station\nke,吴站长,keeper,990101001,s1\nkf,郑站长,keeper,990102100,s2\ntr,导,trainer,9901,\n",
            "utf-8",
        )
        assert import_officers(teller.house.registry, rows).bad == []
        for who in ("ke", "kf", "tr"):
            teller.house.accounts.add(who, kind="officer", subject=who, password=PASSWORD)
        teller.settle()
        yield teller


def sent(story: Teller, raw: bytes, who: str = "ke", *, to: str = "/imports") -> Any:
    if who not in story._cookies:
        story.sign_in(who)
    headers = {"cookie": story._cookies[who], "command-id": story.new_id()}
    answer = story.client.request("POST", f"/api/v1{to}", content=raw, headers=headers)
    story.settle()
    return answer


def brought(story: Teller, raw: bytes, who: str = "ke") -> dict[str, Any]:
    answer = sent(story, raw, who)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def stored(story: Teller, draft: dict[str, Any], *leaving: str, who: str = "ke") -> Any:
    return story.call(who, "POST", f"/imports/{draft['draft']}/commit", {"rev": draft["rev"], "leaving": leaving})


def by_name(draft: dict[str, Any]) -> dict[str, Any]:
    return {each["name"]: each for each in draft["verdicts"]}


def people_of(story: Teller, station: str = "s1") -> dict[str, tuple[PersonRow, dict[str, Any]]]:
    with story.house.registry.read() as session:
        rows = session.query(PersonRow).where(PersonRow.station == station).all()
    opened_rows = [(row, story.house.registry.open(f"person:{row.id}", row.sealed)) for row in rows]
    return {personal["name"]: (row, personal) for row, personal in opened_rows}


def test_a_messy_workbook_from_upload_to_the_lines_that_come_back(story: Teller) -> None:
    raw = messy(GOOD, NUMBERED, SPOILT, SPOILT_TEXT, NO_PHONE, teams=TEAMS)
    draft = brought(story, raw)
    assert [(sheet["name"], sheet["kind"]) for sheet in draft["sheets"]] == [("名单", "people"), ("队伍", "teams"), ("说明", "")]
    assert draft["counts"] == {"new": 3, "changed": 0, "same": 0, "refused": 4}
    found = by_name(draft)
    mends = {mend["column"]["zh"]: (mend["was"], mend["now"]) for mend in found["林晓燕"]["mended"]}
    assert mends == {
        "姓名": ("林　晓燕", "林晓燕"),
        "手机": ("１５４９０００００１１", "15490000011"),
        "出生日期": ("1988.3.15", "1988-03-15"),
    }
    assert "（4.20502199001011E+17）" in found["方志远"]["reason"]["zh"]
    assert "把该列设为文本后重新导出" in found["方志远"]["reason"]["zh"]
    assert found["何小雨"]["reason"] == {"zh": "缺少“手机”", "en": "phone is missing"}
    assert found["糊涂队"]["reason"]["zh"] == "没有这个人：谁也不是"
    revision = story.house.registry.revision()

    answer = stored(story, draft)
    assert answer.status_code == 200, answer.text
    assert stored(story, draft).json()["done"] == answer.json()["done"], "asked again it is done once"
    kept = people_of(story)
    assert set(kept) == {"林晓燕", "周大山"}
    assert kept["林晓燕"][1] == {"name": "林晓燕", "phone": "15490000011", "birth_date": "1988-03-15"}
    with story.house.registry.read() as session:
        team = session.query(TeamRow).where(TeamRow.name == "江滨巡堤队").one()
    assert (team.station, team.speciality, team.ladder, team.size) == ("s1", "LEVEE_PATROL", [kept["林晓燕"][0].id], 3)
    assert team.members == [kept["周大山"][0].id]
    heard = [event for event in story.house.realm.log.after(0, 10_000) if event.name == RegistryImported.NAME][-1:]
    assert [event.actor for event in heard] == ["officer:ke"]
    assert story.house.registry.revision() == revision + 3
    log = story.house.realm.folder.log.read_bytes()
    assert not any(word.encode() in log for word in ("林晓燕", "15490000011", "名单"))

    back = opened(story.call("ke", "GET", f"/imports/{draft['draft']}/refused").content)
    assert back.sheetnames == ["名单", "队伍", "说明"]
    sheet = back["名单"]
    assert [sheet.cell(line, 1).value for line in range(1, 8)] == [
        "江滨站志愿者登记表",
        "姓名",
        None,
        "方志远",
        "罗春梅",
        "何小雨",
        None,
    ]
    assert {"A1:F1", "B2:C2", "A2:A3"} <= {area.coord for area in sheet.merged_cells.ranges}
    assert sheet.row_dimensions[1].height == 40
    assert (sheet.cell(3, 7).value, "4.2E+17" in str(sheet.cell(5, 7).value)) == ("退回原因", True)
    assert [sheet.cell(line, 4).number_format for line in (4, 5)] == ["@", "@"]
    assert back["队伍"].cell(2, 1).value == "糊涂队"
    assert back["说明"]["B1"].data_type == "s", "nothing in it is worked out"

    sheet["D4"], sheet["D5"], sheet["B5"], sheet["B6"] = identity("19900101", 3), None, "15490000014", "15490000015"
    back["队伍"]["C2"] = "方志远"
    again = brought(story, saved(back))
    assert again["counts"] == {"new": 4, "changed": 0, "same": 0, "refused": 0}
    assert {each["name"] for each in again["leaving"]} >= {"林晓燕", "周大山"}
    assert stored(story, again).status_code == 200
    assert set(people_of(story)) == {"林晓燕", "周大山", "方志远", "罗春梅", "何小雨"}

    whole = brought(story, messy(GOOD, NUMBERED))
    assert whole["counts"] == {"new": 0, "changed": 0, "same": 2, "refused": 0}


def test_a_second_upload_shows_only_what_changes_and_drops_nobody(story: Teller) -> None:
    first = brought(story, messy(GOOD, NUMBERED, ["孙立", "15490000020", None, None, None, None], teams=TEAMS[:1]))
    assert stored(story, first).status_code == 200
    moved = [*NUMBERED[:1], "15490000099", *NUMBERED[2:]]
    second = brought(story, messy(GOOD, moved))
    assert second["counts"] == {"new": 0, "changed": 1, "same": 1, "refused": 0}
    (changed,) = [each for each in second["verdicts"] if each["state"] == "changed"]
    assert changed["changes"] == [{"column": {"zh": "手机", "en": "phone"}, "was": "15490000012", "now": "15490000099"}]
    leaving = {each["name"]: each for each in second["leaving"]}
    assert leaving["王1"]["leads"] == ["急救1队"]
    assert stored(story, second, leaving["王1"]["id"]).json()["code"] == "import.leads"
    assert stored(story, second, "p6").json()["code"] == "import.not_leaving"
    assert stored(story, second, leaving["孙立"]["id"], leaving["王7"]["id"]).status_code == 200
    assert "孙立" not in people_of(story)
    with story.house.registry.read() as session:
        assert session.get_one(TeamRow, "t1").ladder == ["p1"], "out of the team"
        assert session.get_one(PersonRow, leaving["孙立"]["id"]).sealed is not None, "and still somebody"

    third = brought(story, messy(GOOD, ["方志远", "15490000013", None, None, None, None]))
    story.house.accounts.add("zz", kind="person", subject="p12", password=PASSWORD)
    assert stored(story, third).json()["code"] == "stale"
    anew = story.sees("ke", f"/imports/{third['draft']}")
    assert anew["rev"] > third["rev"]
    assert stored(story, anew).status_code == 200


HEAD = "姓名,手机,所属队伍,队内职务"
SUN, LI = "孙立,15490000020,急救1队,", "李梅,15490000021,急救1队、急救2队,副队长、队员"


def listed(*lines: str) -> bytes:
    return "\n".join((HEAD, *lines)).encode()


def team_of(story: Teller, team: str) -> TeamRow:
    with story.house.registry.read() as session:
        return session.get_one(TeamRow, team)


def changes_of(verdict: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(each["column"]["zh"], each["was"], each["now"]) for each in verdict["changes"]]


def reasons_of(draft: dict[str, Any]) -> dict[str, str]:
    return {name: each["reason"]["zh"] for name, each in by_name(draft).items() if each["reason"]}


def test_people_are_put_into_teams_by_their_own_lines(story: Teller) -> None:
    raw = listed(SUN, LI, "王7,19900000007,急救1队,队员")
    draft = brought(story, raw)
    assert draft["counts"] == {"new": 2, "changed": 1, "same": 0, "refused": 0}
    found = by_name(draft)
    assert changes_of(found["李梅"]) == [("所属队伍", "", "急救1队、急救2队"), ("队内职务", "", "副队长、队员")]
    assert changes_of(found["王7"]) == [("队内职务", "副队长", "队员")]
    others = {each["name"]: changes_of(each) for each in draft["others"]}
    assert others == {
        "急救1队": [("副队长", "王7", "李梅"), ("队员", "", "孙立、王7")],
        "急救2队": [("队员", "", "李梅")],
    }, "what it makes of the teams is shown before"
    assert stored(story, draft).status_code == 200
    ids = {name: row.id for name, (row, _) in people_of(story).items()}
    assert (team_of(story, "t1").ladder, team_of(story, "t1").members) == (["p1", ids["李梅"]], [ids["孙立"], "p7"])
    again = brought(story, raw)
    assert (again["counts"], again["others"]) == ({"new": 0, "changed": 0, "same": 3, "refused": 0}, [])

    led = brought(story, listed("孙立,15490000020,急救1队,队长", "李梅,15490000021,,"))
    assert {each["name"]: changes_of(each)[0] for each in led["others"]} == {"急救1队": ("队长", "王1", "孙立")}
    leaving = {each["name"]: each for each in led["leaving"]}
    assert leaving["王1"]["leads"] == [], "another leader is named"
    assert stored(story, led, leaving["王1"]["id"]).status_code == 200
    assert (team_of(story, "t1").ladder, team_of(story, "t1").members) == ([ids["孙立"], ids["李梅"]], ["p7"])
    assert team_of(story, "t2").members == [ids["李梅"]], "an empty cell changes nothing"
    moved = brought(story, listed("李梅,15490000021,急救3队,"))
    assert changes_of(by_name(moved)["李梅"])[0] == ("所属队伍", "急救1队、急救2队", "急救3队")
    assert stored(story, moved).status_code == 200
    assert (len(team_of(story, "t1").ladder), team_of(story, "t2").members) == (1, [])


def test_lines_that_make_no_sense_of_teams_come_back_with_the_reason(story: Teller) -> None:
    draft = brought(story, listed(
        "甲一,15490000031,没有的队,", "乙二,15490000032,急救2队,队长", "丙三,15490000033,急救2队,队长", "王3,19900000003,急救4队,",
        "丁四,15490000034,急救4队,组长", "戊五,15490000035,,队长", "己六,15490000036,急救4队,队员",
    ))  # fmt: skip
    assert reasons_of(draft) == {
        "甲一": "本站没有这支队伍：没有的队",
        "乙二": "与第 4 行同为队长，一队只留一名队长",
        "丙三": "与第 3 行同为队长，一队只留一名队长",
        "王3": "还任“急救3队”队长：先在表里写明新队长",
        "丁四": "“队内职务”只写 队长、副队长 或 队员：组长",
        "戊五": "缺少“所属队伍”",
    }
    assert draft["counts"] == {"new": 1, "changed": 0, "same": 0, "refused": 6}
    assert stored(story, draft).status_code == 200
    assert [team_of(story, f"t{number}").ladder[0] for number in (2, 3)] == ["p2", "p3"]
    assert len(team_of(story, "t4").members) == 1


def test_a_team_whose_leaders_line_is_refused_says_which_line_and_why(story: Teller) -> None:
    teams = (("江滨巡堤队", "巡堤查险", "方志远", "林晓燕", "３人"), ("没影队", "巫术", "林晓燕", "", "2"))
    draft = brought(story, messy(GOOD, SPOILT, teams=teams))
    told = by_name(draft)
    line = told["方志远"]["line"]
    assert told["江滨巡堤队"]["reason"]["zh"].startswith(
        f"“方志远”自己的那一行被退回（名单 第 {line} 行：身份证号已被表格软件改坏"
    )
    assert told["江滨巡堤队"]["reason"]["en"].startswith(f"The own line of 方志远 is refused (名单 line {line}: The spreadsheet")
    assert told["没影队"]["reason"]["zh"] == "没有这个专业：巫术"
    back = opened(story.call("ke", "GET", f"/imports/{draft['draft']}/refused").content)
    assert "方志远" in str(back["队伍"].cell(2, 6).value), "the workbook that goes back says it too"


def test_a_leader_who_is_refused_for_the_team_takes_the_team_along_and_both_say_why(story: Teller) -> None:
    book = opened(messy(teams=(("新队", "急救", "林晓燕", "", "3"),)))
    sheet = book["名单"]
    sheet["G2"], sheet["H2"] = "所属队伍", "队内职务"
    for row in (
        ["林晓燕", "15490000011", None, None, None, None, "急救1队、没有的队", ""],
        ["周大山", "15490000012", None, None, None, None, "新队", "副队长"],
    ):
        sheet.append(row)
    told = reasons_of(brought(story, saved(book)))
    assert told["林晓燕"] == "本站没有这支队伍：没有的队"
    assert told["新队"].startswith("“林晓燕”自己的那一行被退回（名单 第 4 行：本站没有这支队伍")
    assert told["周大山"].startswith("“新队”这支队伍的那一行被退回（队伍 第 2 行：“林晓燕”自己的那一行被退回")


def test_a_line_of_totals_is_named_and_nobody(story: Teller) -> None:
    raw = "序号,姓名,手机,人数\n1,林晓燕,15490000011,\n小计,,,1\n2,合计,15490000012,\n合　计,共2人,,\n".encode()
    draft = brought(story, raw)
    assert draft["counts"] == {"new": 2, "changed": 0, "same": 0, "refused": 0}
    (sheet,) = draft["sheets"]
    assert sheet["totals"] == [{"line": 3, "said": "小计 1"}, {"line": 5, "said": "合　计 共2人"}]
    assert sheet["lines"] == 2
    assert stored(story, draft).status_code == 200
    assert set(people_of(story)) == {"林晓燕", "合计"}, "who has a telephone is somebody, whatever the name"


def test_whoever_is_missing_from_the_list_is_found_by_name_or_number(story: Teller) -> None:
    people = "".join(f"{name},1549000{number}\n" for name, number in (("单长林", "2771"), ("沈一帆", "2772"), ("林单", "3771")))
    assert stored(story, brought(story, f"姓名,手机\n{people}".encode())).status_code == 200
    draft = brought(story, "姓名,手机\n沈二帆,15490002773\n".encode())
    names = {each["id"]: each["name"] for each in draft["leaving"]}

    def found(typed: str) -> list[str]:
        answer = story.does("ke", f"/imports/{draft['draft']}/missing", {"q": typed})
        return [names[id_] for id_ in answer["found"]]

    assert found("单") == ["单长林", "林单"], "who begins so first"
    assert [found(typed) for typed in ("shanchanglin", "danchang", "scl", "单cl")] == [["单长林"]] * 4
    assert found("syf") == ["沈一帆"]
    assert [found(typed) for typed in ("2771", "771", "沈 2772")] == [["单长林"], ["单长林", "林单"], ["沈一帆"]]
    assert found("沈二帆") == [], "is in the file"
    assert story.call("kf", "POST", f"/imports/{draft['draft']}/missing", {"q": "沈"}).json()["code"] == "import.gone"


def test_columns_are_matched_by_hand_once(story: Teller) -> None:
    raw = "怎么称呼,打哪个号,啥时候生的\n林晓燕,15490000011,1988.3.15\n".encode("gb18030")
    draft = brought(story, raw)
    assert [sheet["kind"] for sheet in draft["sheets"]] == [""]
    sheet = {"kind": "people", "first": 1, "last": 1, "columns": ["name", "phone", "birth_date"]}
    twice = {**sheet, "columns": ["name", "phone", "phone"]}
    path = f"/imports/{draft['draft']}/match"
    assert story.call("ke", "POST", path, {"sheets": [twice]}).json()["code"] == "import.columns"
    assert story.does("ke", path, {"sheets": [sheet]})["counts"]["new"] == 1
    again = brought(story, raw)
    assert (again["sheets"][0]["remembered"], again["sheets"][0]["columns"]) == (True, sheet["columns"])
    assert brought(story, raw, "kf")["sheets"][0]["remembered"] is False, "each station its own"


def test_who_may_bring_whose_people(story: Teller) -> None:
    raw = messy(GOOD)
    draft = brought(story, raw)
    assert story.call("kf", "GET", f"/imports/{draft['draft']}").json()["code"] == "import.gone"
    for who, to, code in (
        ("ke", "/imports?station=s2", "import.station"), ("cy", "/imports?station=s1", "import.station"),
        ("bo", "/imports", "import.station"), ("tr", "/imports?station=s1", "authority.role"),
    ):  # fmt: skip
        assert sent(story, raw, who, to=to).json()["code"] == code, who
    assert sent(story, raw, "bo", to="/imports?station=s1").status_code == 201
    theirs = brought(story, "编号,姓名,手机\np12,冒名,15490000011\n".encode())
    assert by_name(theirs)["冒名"]["reason"]["zh"] == "属于其他站点，本站无权改动：p12"
    opened_by = [event.actor for event in story.house.realm.log.after(0, 10_000) if event.name == "sealed.opened"]
    assert "officer:bo" in opened_by
    story.fast_forward(3700)
    assert story.call("ke", "GET", f"/imports/{theirs['draft']}").json()["code"] == "import.gone"


def test_what_is_no_list_is_refused_and_changes_nothing(story: Teller) -> None:
    position = story.house.registry.revision()
    for raw, code in ((b"\0" * (9 * 1024 * 1024), "file.too_large"), (b"PK\x03\x04", "file.no_book"), (b"", "file.empty")):
        assert sent(story, raw).json()["code"] == code
    assert story.house.registry.revision() == position
    assert story.call("ke", "GET", "/imports/example").json()["code"] == "page.unknown", "of the demo only"


_CELL = st.sampled_from(["", "王强", "李梅", "15490000011", "15490000012", "1990-01-01", "=1", "x"])
_TEAM = st.sampled_from(["", "", "甲队", "乙队", "甲队;乙队", "丙队"])
_RANK = st.sampled_from(["", "", "队长", "副队长", "队员", "队长;队员", "组长"])
_ID = st.sampled_from(["", "a", "b", "away"])


@settings(max_examples=200, deadline=None)
@given(rows=st.lists(st.tuples(_CELL, _CELL, _CELL, _ID, _TEAM, _RANK), max_size=8))
def test_every_line_is_refused_stored_or_as_it_was(rows: list[tuple[str, ...]]) -> None:
    names = ("name", "phone", "birth_date", "id", "team", "rank")
    lines = [
        Line(sheet=0, line=number, row={name: cell for name, cell in zip(names, row, strict=True) if cell})
        for number, row in enumerate(rows, 2)
    ]
    held = {
        id_: {"id": id_, "name": name, "phone": f"1549000001{number}", "birth_date": ""}
        for number, (id_, name) in enumerate((("a", "王强"), ("b", "李梅")), 1)
    }
    teams = {
        id_: {"id": id_, "name": name, "leader": leader, "deputies": "", "members": "", "size": "1"}
        for id_, name, leader in (("t1", "甲队", "a"), ("t2", "乙队", "b"))
    }
    standing = Standing(rev=1, station="s", division="9901", people=held, teams=teams, elsewhere=frozenset({"away"}))

    def check(row: dict[str, str]) -> None:
        if row.get("birth_date", "") == "x":
            raise BadRow("row.date", "birth_date", "x")

    fresh = iter(f"n{number}" for number in range(1000))
    found = propose(lines, (), standing, new_id=lambda: next(fresh), check_person=check, check_team=lambda *_: None)
    assert sum(found.counts().values()) == len(rows)
    taken = [each.id for each in found.verdicts if each.state != "refused"]
    assert len(set(taken)) == len(taken)
    assert all(each.id != "away" for each in found.verdicts)
    assert not {"a", "b"} & set(taken) & {each.id for each in found.leaving}
    for team in (each.row for each in found.others):
        crew = [team["leader"], *split(team["deputies"]), *split(team["members"])]
        assert len(set(crew)) == len(crew) <= int(team["size"]), "nobody is in a team twice"
        assert set(crew) <= {*held, *taken}
