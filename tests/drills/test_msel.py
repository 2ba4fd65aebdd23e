"""The list of scenario events as a workbook: nothing is lost on the way out and in, one made by hand is a drill too, nothing in it acts."""

import zipfile
from collections.abc import Callable
from datetime import time
from io import BytesIO
from typing import Any

import msgspec
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from command.core.errors import Refused
from drills.scenario import ByHand, City, Count, Scenario, ScenarioFault, shipped
from drills.scenario.msel import read_msel, write_msel
from drills.scenario.msel.columns import EVENTS

DRILLS = {each.id: each for each in shipped()}
FIRE = DRILLS["fire_no_notice"]
COLUMN = {column.name: n for n, column in enumerate(EVENTS.columns, 1)}
FIRST = 3
"""The line of the first inject in a workbook that was written here."""


def changed(change: Callable[[Worksheet, Worksheet], Any], scenario: Scenario = FIRE) -> bytes:
    """A workbook written here that somebody worked on: (list, head)."""
    book = load_workbook(BytesIO(write_msel(scenario)))
    change(book.worksheets[0], book.worksheets[1])
    return saved(book)


def saved(book: Workbook) -> bytes:
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def by_hand(*rows: tuple[Any, ...], head: tuple[tuple[Any, ...], ...] = ()) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    if head:
        sheet = book.create_sheet("基本情况")
        for row in head:
            sheet.append(row)
    return saved(book)


def faults(raw: bytes) -> list[tuple[str, str]]:
    with pytest.raises(ScenarioFault) as caught:
        read_msel(raw)
    return [(each.at.removeprefix("情景事件清单 MSEL!"), each.code) for each in caught.value.faults]


@pytest.mark.parametrize("drill", DRILLS.values(), ids=DRILLS)
def test_out_and_in_loses_nothing(drill: Scenario) -> None:
    taken = read_msel(write_msel(drill))
    assert taken.scenario == drill
    assert taken.by_hand == ()


def test_a_drill_without_a_city_of_its_own_stays_so() -> None:
    assert read_msel(write_msel(msgspec.structs.replace(FIRE, city=None))).scenario.city is None


def test_what_people_change_counts() -> None:
    def change(events: Worksheet, head: Worksheet) -> None:
        events.cell(FIRST + 3, COLUMN["at_min"]).value = "T+7"
        events.cell(FIRST + 3, COLUMN["mode"]).value = "radio"
        events.cell(FIRST + 3, COLUMN["to"]).value = "county-1，county-1/2"
        events.cell(FIRST + 3, COLUMN["zh"]).value = "想上楼"
        head["B2"].value = "夜间拉动"
        head["B7"].value = time(20, 5)

    was, now = FIRE.injects[3], read_msel(changed(change)).scenario
    assert (now.zh, now.begins) == ("夜间拉动", "20:05")
    assert now.injects[3] == msgspec.structs.replace(
        was, cue=msgspec.structs.replace(was.cue, at_min=7), mode="radio", to=("county-1", "county-1/2"), zh="想上楼"
    )


def test_a_measure_whose_words_changed_is_scored_by_a_person_and_its_cell_is_named() -> None:
    """Words and computation never contradict each other."""
    where = COLUMN["measures_zh"]

    def change(events: Worksheet, _head: Worksheet) -> None:
        events.cell(FIRST, where).value = "30 s内登记\n位置误差不超过5 m"

    taken = read_msel(changed(change))
    first, second = taken.scenario.injects[0].measures
    assert first == ByHand(zh="30 s内登记", en="registered within 60 s")
    assert second == FIRE.injects[0].measures[1]
    assert taken.by_hand == ("情景事件清单 MSEL!O3",)


def test_rows_may_be_added_moved_and_taken_out() -> None:
    def change(events: Worksheet, _head: Worksheet) -> None:
        events.delete_rows(FIRST + 9)
        events.insert_rows(FIRST + 9)
        for name, value in (("at_min", 33), ("zh", "媒体到场"), ("expect_zh", "引导到采访点"), ("objective", "住户清点")):
            events.cell(FIRST + 9, COLUMN[name]).value = value

    injects = read_msel(changed(change)).scenario.injects
    assert len(injects) == 12
    assert (injects[9].no, injects[9].cue.at_min, injects[9].objective) == (10, 33, "headcount")
    assert injects[9].measures == (ByHand(zh="引导到采访点", en="引导到采访点"),)


def test_a_workbook_made_by_hand_is_a_drill() -> None:
    """Titles above, headings as they come, times as they come, no column for the system."""
    raw = by_hand(
        ("某县防汛演练脚本（导调用）",),
        ("编号", "时间", "类型", "方式", "来源", "接收单位", "导调情景", "预期处置", "目标", "评估标准"),
        (1, "T+0", "背景情景", "电话", "气象台", "county-1", "暴雨红色预警", "通知各街镇", "预警", "5 min内通知\n记录齐全"),
        (None,),
        (2, "0:20", "E", "对讲", "巡堤员", "county-1；county-1/2", "堤脚渗水", "撤离", "险情", None),
        (3, None, "备用情景", None, None, None, "无人响应时：电台再报一次", None, "险情", None),
        head=(
            ("演练名称", "县防汛演练"), ("形式", "桌面"), ("开始时间", "9:00"), ("时长", "90分钟"), ("双盲", "否"),
            ("参演单位", "县指挥部\n各街镇"), ("目标1", "预警"), ("目标2", "险情"),
        ),
    )  # fmt: skip
    drill = read_msel(raw).scenario
    assert (drill.zh, drill.en, drill.form, drill.begins, drill.lasts_min) == (
        "县防汛演练",
        "县防汛演练",
        "tabletop",
        "09:00",
        90,
    )
    assert drill.city == City()
    assert drill.players_zh == ("县指挥部", "各街镇")
    assert [each.zh for each in drill.objectives] == ["预警", "险情"]
    one, two, three = drill.injects
    assert (one.kind, one.mode, one.sender_zh, one.to) == ("contextual", "phone", "气象台", ("county-1",))
    assert [each.zh for each in one.measures] == ["5 min内通知", "记录齐全"]
    assert (two.cue.at_min, two.kind, two.to) == (20, "expected", ("county-1", "county-1/2"))
    assert (three.cue.at_min, three.kind, three.measures[0].zh) == (None, "contingency", "按预期行动评估")
    assert all(isinstance(measure, ByHand) for inject in drill.injects for measure in inject.measures)


def test_three_injects_in_english_on_one_sheet_are_enough() -> None:
    raw = by_hand(
        ("Event #", "Planned time", "Event description", "Expected outcome"),
        (1, 0, "Smoke from a flat", "Take the report"),
        (2, 10, "Crowd at the gate", "Turn people back"),
        (3, 20, "Fire is out", "Send everybody home"),
    )
    drill = read_msel(raw).scenario
    assert [(each.no, each.cue.at_min, each.zh) for each in drill.injects][1] == (2, 10, "Crowd at the gate")
    assert drill.lasts_min == 50
    assert [each.id for each in drill.objectives] == ["o1"]
    assert read_msel(write_msel(drill)).scenario == drill


@pytest.mark.parametrize(("column", "value", "at", "code"), [
    ("kind", "大情景", "E5", "unknown"),
    ("mode", "飞鸽", "F5", "unknown"),
    ("number", "三", "A5", "number"),
    ("number", 1, "A5", "number"),
    ("at_min", "晚饭后", "B5", "minutes"),
    ("at_min", -1, "B5", "before_start"),
    ("at_min", 91, "B5", "after_end"),
    ("after", 99, "C5", "unknown"),
    ("to", "moon", "I5", "post"),
    ("objective", "没有这个目标", "N5", "unknown"),
    ("cue_machine", "{", "R5", "form"),
    ("cue_machine", '{"only_if": {"figure": "happiness", "at_least": 1}}', "R5", "unknown"),
    ("measures_machine", "[" * 9_000, "S5", "form"),
    ("measures_machine", '{"is": "fact"}', "S5", "form"),
    ("cue_machine", "[]", "R5", "form"),
    ("acts_machine", '[{"do": "explode"}]', "T5", "form"),
    ("acts_machine", '[{"do": "raise", "by": "county-1", "incident": "none"}]', "T5", "unknown"),
    ("zh", "=1+1", "J5", "formula"),
])  # fmt: skip
def test_a_fault_is_named_by_its_cell(column: str, value: Any, at: str, code: str) -> None:
    def change(events: Worksheet, _head: Worksheet) -> None:
        events.cell(FIRST + 2, COLUMN[column]).value = value

    assert (at, code) in faults(changed(change))


@pytest.mark.parametrize(("cell", "value", "code"), [
    ("B4", "野餐", "unknown"), ("B7", "25点", "time"), ("B8", "很久", "form"), ("B8", 0, "never_ends"), ("B3", "../x", "name"),
    ("E18", "[", "form"), ("B2", "=HYPERLINK(A1)", "formula"),
])  # fmt: skip
def test_a_fault_of_the_head_likewise(cell: str, value: Any, code: str) -> None:
    def change(_events: Worksheet, head: Worksheet) -> None:
        head[cell].value = value

    assert faults(changed(change))[0] == (f"演练 Drill!{cell}", code)


def test_two_faults_are_both_named() -> None:
    def change(events: Worksheet, _head: Worksheet) -> None:
        events.cell(FIRST, COLUMN["kind"]).value = "?"
        events.cell(FIRST + 1, COLUMN["at_min"]).value = "?"

    assert faults(changed(change)) == [("E3", "unknown"), ("B4", "minutes")]


def test_no_text_becomes_a_formula() -> None:
    odd = msgspec.structs.replace(
        FIRE,
        zh="=cmd|' /C calc'!A0",
        injects=(msgspec.structs.replace(FIRE.injects[0], zh="=1+1", en="+1", note="@x", expect_zh="-1"), *FIRE.injects[1:]),
    )
    raw = write_msel(odd)
    for sheet in load_workbook(BytesIO(raw)).worksheets:
        assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    with zipfile.ZipFile(BytesIO(raw)) as package:
        assert not [name for name in package.namelist() if b"<f>" in package.read(name)]
    assert read_msel(raw).scenario == odd


def test_what_no_cell_can_hold_is_refused_not_cut() -> None:
    long = msgspec.structs.replace(FIRE.injects[0], zh="长" * 40_000)
    with pytest.raises(ScenarioFault) as caught:
        write_msel(msgspec.structs.replace(FIRE, injects=(long,)))
    assert [(each.at, each.code) for each in caught.value.faults] == [("情景事件清单 MSEL!J3", "too_large")]


def test_what_is_no_list_of_events() -> None:
    assert faults(by_hand(("姓名", "电话"), ("王强", "138"))) == [("$", "no_list")]
    assert faults(b"PK" + b"0" * (1 << 20)) == [("$", "too_large")]
    many = by_hand(("序号", "时间", "情景内容", "预期行动"), *((n, n, "x", "y") for n in range(1, 800)))
    assert ("Sheet", "how_many") in faults(many)
    for raw in (b"", b"hello", b"PK\x03\x04broken"):
        with pytest.raises(Refused, match="file"):
            read_msel(raw)


def test_a_workbook_that_would_fill_the_memory_is_not_unpacked() -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<x/>")
        package.writestr("xl/worksheets/sheet1.xml", b"0" * (200 << 20))
    with pytest.raises(Refused, match=r"file\.bomb"):
        read_msel(made.getvalue())


def test_computed_measures_of_the_same_words_are_kept_apart() -> None:
    twice = tuple(Count(zh="次数", en="how many", fact=name, at_least=1) for name in ("roll.opened", "sos.raised"))
    drill = msgspec.structs.replace(FIRE, injects=(msgspec.structs.replace(FIRE.injects[0], measures=twice), *FIRE.injects[1:]))
    assert read_msel(write_msel(drill)).scenario == drill
