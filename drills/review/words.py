"""The words of an after-action review, in both languages: headings, columns, verdicts. Sentences come with the review itself."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from drills.review.shape import Words

Lang = Literal["zh", "en"]
TAGS: Mapping[Lang, str] = MappingProxyType({"zh": "zh-CN", "en": "en"})

MARKING_PARTS: tuple[tuple[Lang, str], ...] = (("zh", "演练 演练 演练"), ("en", "EXERCISE"))
MARKING = " ".join(text for _, text in MARKING_PARTS)
"""The same in both languages: whoever picks up a sheet must know it."""
OF_AN_EXERCISE = Words("复盘报告", "After-action review")
OF_AN_INCIDENT = Words("总结评估报告", "After-action review")
DRAFTED = Words("由日志起草，评级以人确认的为准", "Drafted from the log; a rating counts once a person has confirmed it")
PAGE = Words("第 {page} 页，共 {pages} 页", "Page {page} of {pages}")
BOUND = Words("要求 {bound}", "Aim: {bound}")
LAST = Words("上次 {last}", "Last time: {last}")
IS_MET = Words("达到", "Met")
IS_MISSED = Words("未达到", "Missed")

WHEN = Words("时间", "Time")
FORM = Words("形式", "Form")
WHERE = Words("地点", "Place")
SEED = Words("随机种子", "Seed")
LOG = Words("日志", "Log")
FROM_TO = Words("{began} 至 {ended}（北京时间）", "{began} to {ended} (Beijing time)")
VERIFIED = Words("日志校验通过，位置 1–{events}，根 {root}", "Log verified, positions 1–{events}, root {root}")
NOT_VERIFIED = Words("日志校验未通过，位置 1–{events}，根 {root}", "Log NOT verified, positions 1–{events}, root {root}")
NO_EVENTS = Words("日志为空", "The log is empty")
AS_OF = Words("数据截至 {at}", "As of {at}")

HEADING = Words("{no}、{heading}", "{no}. {heading}")
NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四")
PLANNED = Words("计划了什么", "What was planned")
HAPPENED = Words("发生了什么", "What happened")
CURVES = Words("响应与到位曲线", "Answers and arrivals over time")
MAP = Words("现场位置图", "Map")
WAVES = Words("各批召集", "Waves")
WHY = Words("为什么", "Why")
OBJECTIVES = Words("目标评定", "Objectives")
MEASURES = Words("评估项", "Measures")
BY_HAND = Words("须由人评定的项目", "To be scored by a person")
INJECTS = Words("情景事件清单", "Scenario events")
COMPARISON = Words("与上次演练、真实事件对比", "Compared with the last drill and real events")
IMPROVEMENTS = Words("改进", "Improvements")
ASSUMED = Words("假定", "What was assumed")
EVIDENCE = Words("日志事件", "Evidence: events of the log")

OBJECTIVE = Words("目标", "Objective")
RATING = Words("评级", "Rating")
BASIS = Words("依据", "Basis")
EVENTS = Words("事件", "Events")
MEASURE = Words("评估项", "Measure")
RESULT = Words("结果", "Result")
VALUE = Words("数值", "Value")
NO = Words("序号", "No.")
INJECT = Words("情景事件", "Scenario event")
KIND = Words("类型", "Kind")
PLANNED_AT = Words("计划", "Planned")
PLAYED_AT = Words("实际", "Played")
STATE = Words("状态", "State")
NOTE = Words("说明", "Note")
INCIDENT = Words("事件", "Incident")
WAVE = Words("批次", "Wave")
NTH_WAVE = Words("第{wave}批", "{wave}")
CALLED = Words("召集", "Called")
SEEN = Words("看到：中位 / 九成", "Seen: median / p90")
ACCEPTED = Words("我能去", "Accepted")
ACCEPTING = Words("答应：中位 / 九成", "Accepting: median / p90")
ARRIVED = Words("到位", "Arrived")
ARRIVING = Words("到位：中位 / 九成", "Arriving: median / p90")
OF_DELAYS = Words(
    "自召集起算。中位：一半在此时间内；九成：十之九在此时间内。",
    "Counted from the call. Median: half within it; p90: nine in ten within it.",
)
FIGURE = Words("项目", "Figure")
THIS = Words("本次", "This")
LAST_DRILL = Words("上次", "Last")
REAL = Words("真实事件", "Real events")
PROBLEM = Words("问题", "Problem")
ACTION = Words("措施", "Action")
OWNER = Words("责任人", "Owner")
DUE = Words("期限", "Due")
TESTED = Words("验证", "Tested")
IS_NEW = Words("下次演练复测", "The next drill tests it")
POSITION = Words("位置", "Position")
AT = Words("时刻", "Time")
SINCE = Words("开始后", "Since start")
NAME = Words("名称", "Name")
WHAT = Words("内容", "What")

UNRATED = Words("待评定", "Not rated yet")
PROPOSED = Words("建议 {rating}", "Proposed: {rating}")
SAID = Words("人工评定：{words}", "Said by a person: {words}")
BY_CONTROLLER = Words("由导调组下发", "By a controller")
RATINGS: Mapping[str, Words] = MappingProxyType({
    "P": Words("P 完成好", "P performed"),
    "S": Words("S 基本完成", "S performed with some challenges"),
    "M": Words("M 困难较大", "M performed with major challenges"),
    "U": Words("U 未完成", "U unable to be performed"),
})  # fmt: skip
OUTCOMES: Mapping[str, Words] = MappingProxyType({
    "met": IS_MET, "missed": IS_MISSED, "open": Words("未定", "Open"), "by_hand": UNRATED, "not_played": Words("未下发", "Not played"),
})  # fmt: skip
STATES: Mapping[str, Words] = MappingProxyType({
    "released": Words("已下发", "Released"), "held": Words("暂缓", "Held"), "skipped": Words("跳过", "Skipped"),
    "waiting": Words("待下发", "Waiting"),
})  # fmt: skip
KINDS: Mapping[str, Words] = MappingProxyType({
    "contextual": Words("背景情景", "Contextual"), "expected": Words("预期行动", "Expected action"),
    "contingency": Words("备用情景", "Contingency"),
})  # fmt: skip

LINES: Mapping[str, Words] = MappingProxyType({
    "seen": Words("点线", "dotted"), "accepted": Words("虚线", "dashed"), "arrived": Words("粗实线", "thick"),
    "": Words("细实线", "thin"),
})  # fmt: skip
LEGEND_OF_LINE = Words("{letter} {name}（{line}，最后 {value}）", "{letter} {name} ({line}, last {value})")
LEGEND_OF_LEAST = Words("点划线：至少 {value}", "Dash-dot: at least {value}")
AXES = Words("横轴：开始后的时间（时:分）；纵轴：人数", "Across: time since the start (h:mm); up: people")
MARKS: Mapping[str, Words] = MappingProxyType({
    "incident": Words("黑菱形：事件", "black diamond: incident"), "base": Words("空心方形：队伍出发地", "open square: where teams set out"),
    "station": Words("空心圆：站点", "open circle: station"),
})  # fmt: skip
RINGS: Mapping[str, Words] = MappingProxyType({
    "hazard": Words("斜线或三角：危险区", "hatched or triangle: danger area"), "closure": Words("粗虚线或叉：道路中断", "thick dashes or cross: road closed"),
})  # fmt: skip
TRIPS = Words("箭头：出动路线的起止，不是所走的路", "arrow: from where a crew set out to where it arrived, not the road it took")
OUTLINE = Words("点划线：区划边界", "dash-dot: boundary of the division")
UNNUMBERED = Words("另有 {count} 处在图外或未编号", "{count} more off the map or without a number")
HOURS = Words("{hours}\u00a0小时\u00a0{minutes}\u00a0分", "{hours}\u00a0h\u00a0{minutes}\u00a0m")
DAYS = Words("{days}\u00a0天\u00a0{hours}\u00a0小时", "{days}\u00a0d\u00a0{hours}\u00a0h")
DATE = Words("{at.year} 年 {at.month} 月 {at.day} 日", "{at.day} {month} {at.year}")
STOP = Words("；", "; ")
END = Words("。", ".")
NOTHING = "—"


def word(of: Words, lang: Lang, **parts: object) -> str:
    """In one language, its {parts} filled in."""
    text = of.zh if lang == "zh" else of.en
    return text.format(**parts) if parts else text


def word_of(of: Mapping[str, Words], code: str, lang: Lang) -> str:
    """The word of a code; a code nobody has a word for is shown as it is."""
    return word(of[code], lang) if code in of else code
