"""What stands where in the workbook: the columns of the list as HSEEP has them, the rows of the head, each in two languages.

Three columns at the right are for the system (conditions, computed measures, acts of simulated players); people leave them alone,
or a workbook has none of them.
"""

from collections.abc import Mapping
from types import MappingProxyType

from command.core.errors import Words
from command.tiers.books.columns import Column, Kind

LIST_TITLE, HEAD_TITLE = "情景事件清单 MSEL", "演练 Drill"
MARKING = "演练 演练 演练 · EXERCISE EXERCISE EXERCISE"
MACHINE = "系统用，请勿改动 · for the system"
NO_MEASURE = ("按预期行动评估", "judged by the expected action")
CONTROLLERS = ("导调组", "controllers")
UNNAMED = ("未命名演练", "drill without a name")
NO_OBJECTIVE = ("总体完成情况", "how it went as a whole")


def _column(name: str, zh: str, en: str, *names: str) -> Column:
    return Column(name, "text", Words(zh, en), names)


EVENTS = Kind(
    "events",
    (
        _column("number", "序号", "No.", "编号", "event no", "event #", "#"),
        _column("at_min", "计划时间T+分钟", "Planned time, T+ min", "计划时间", "时间", "planned time", "event time", "time"),
        _column("after", "接第几条之后", "After no."),
        _column("after_min", "其后几分钟", "Minutes after it"),
        _column("kind", "类型", "Type", "event type", "inject type"),
        _column("mode", "方式", "Mode", "传递方式", "inject mode"),
        _column("sender_zh", "发送方", "From", "来源", "sender"),
        _column("sender_en", "英文发送方", "From, in English"),
        _column("to", "接收方", "To", "接收单位", "recipient", "recipient players"),
        _column("zh", "情景内容", "Inject", "情景", "导调情景", "事件内容", "event description", "message"),
        _column("en", "英文情景内容", "Inject in English"),
        _column("expect_zh", "预期行动", "Expected action", "预期处置", "expected outcome", "expected player action"),
        _column("expect_en", "英文预期行动", "Expected action in English"),
        _column("objective", "演练目标", "Objective", "目标", "对应目标", "capability"),
        _column("measures_zh", "衡量标准每行一条", "Measures, one a line", "衡量标准", "评估标准", "measures", "measure"),
        _column("measures_en", "英文衡量标准", "Measures in English"),
        _column("note", "备注", "Note", "notes", "说明"),
        _column("cue_machine", "条件系统用", "Conditions, for the system"),
        _column("measures_machine", "计算标准系统用", "Computed measures, for the system"),
        _column("acts_machine", "模拟动作系统用", "Simulated acts, for the system"),
    ),
    frozenset({"number", "at_min", "zh", "expect_zh", "kind", "to", "mode"}),
)
WIDTHS: Mapping[str, int] = MappingProxyType({
    "number": 6, "at_min": 10, "after": 8, "after_min": 8, "kind": 10, "mode": 9, "sender_zh": 14, "sender_en": 18, "to": 18, "zh": 40,
    "en": 40, "expect_zh": 36, "expect_en": 36, "objective": 22, "measures_zh": 36, "measures_en": 36, "note": 24,
})  # fmt: skip
MACHINE_WIDE = 8

HEAD: Mapping[str, tuple[str, str, tuple[str, ...]]] = MappingProxyType({
    "zh": ("演练名称", "Name", ("名称", "演练", "title")),
    "id": ("代号", "Id", ()),
    "form": ("演练形式", "Form", ("形式",)),
    "aim": ("演练目的", "Aim", ("目的",)),
    "no_notice": ("双盲", "No notice", ("不通知",)),
    "begins": ("开始时刻", "Begins at", ("开始时间", "begins")),
    "lasts_min": ("时长分钟", "Lasts, minutes", ("时长", "duration")),
    "plan": ("对应预案", "Plan", ("预案",)),
    "channels": ("外呼通道", "Channels outside", ()),
    "players": ("参演单位", "Players", ("参演", "参演人员")),
    "objective": ("演练目标", "Objective", ("目标", "objectives")),
    "behaviour": ("模拟行为", "Simulated behaviour", ()),
    "seed": ("随机种子", "Seed", ()),
    "city": ("演练城市", "City", ()),
    "spots": ("地点", "Places", ()),
    "incidents": ("事件", "Incidents", ()),
})  # fmt: skip
"""Rows of the head: key -> Chinese, English, what else people call it."""
HEAD_COLUMNS = (("项目", "Item"), ("内容", "Value"), ("英文", "In English"), (MACHINE, ""))
YES = frozenset({"是", "yes", "true", "1", "y", "双盲"})
NO = frozenset({"否", "no", "false", "0", "n", ""})
YES_NO = ("否", "是")
MINUTE_WORDS = ("分钟", "min")
KIND_LETTERS: Mapping[str, str] = MappingProxyType({"c": "contextual", "e": "expected", "x": "contingency"})
