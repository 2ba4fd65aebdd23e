"""What happened, in sentences: one event, one line in both languages, in the words of a duty officer. Public parts only."""

from collections.abc import Callable, Mapping
from typing import Any

from command.core.facts import Event, Fact
from command.tiers.divisions import Tier, tier_of
from drills.conduct import (
    Bound,
    CalledToRealWork,
    Corrected,
    DrillEnded,
    DrillOpened,
    DrillStopped,
    ImprovementNoted,
    InjectHeld,
    InjectReleased,
    InjectSkipped,
    Rated,
    Scored,
)
from drills.review.shape import Words
from incidents import Closed, LeadTaken, LevelChanged, Raised, ResponseEnded, ResponseStarted, ZoneChanged, ZoneLifted, ZoneMarked
from mobilization import (
    DANGERS,
    ORDERS,
    Answered,
    DangerReported,
    Lapsed,
    OrderGiven,
    Progressed,
    SosRaised,
    StoodDown,
    SupportAsked,
    WaveCalled,
)
from mobilization.safety.facts import RollClosed, RollLost, RollOpened, SosTaken
from mobilization.safety.facts_orders import OrderOverdue
from mobilization.specialities import SPECIALITIES

TIERS = {Tier.CITY: ("市级", "the city"), Tier.COUNTY: ("县级", "the county"), Tier.TOWNSHIP: ("乡镇级", "the township")}
LEVELS = {1: ("Ⅰ", "I"), 2: ("Ⅱ", "II"), 3: ("Ⅲ", "III"), 4: ("Ⅳ", "IV")}
REASONS: Mapping[str, tuple[str, str]] = {
    "other_division": ("不在召集范围", "outside the area called"), "on_task": ("执行其他任务", "on another task"),
    "called_now": ("正在被召集", "being called"), "crew_too_large": ("最少人数超过缺口", "crew larger than what is short"),
    "unknown_person": ("名册无此人", "not in the registry"), "minor": ("未成年", "a minor"),
    "credential_missing": ("无证书", "no certificate"), "credential_expired": ("证书过期", "certificate expired"),
    "not_insured": ("未保险", "not insured"), "off_duty": ("不在班", "off duty"), "silent": ("未应答", "did not answer"),
    "asked_already": ("本轮已召集过", "asked already"), "no_leader": ("没有可召集的队长", "no leader to call"),
    "nearer_sufficed": ("已有更近的人", "nearer people sufficed"),
}  # fmt: skip
_SKIPPED = {
    "controller": ("导调人员决定", "by the controller"), "acted": ("参演者已自行处置", "players had acted already"),
    "not_so": ("条件不成立", "its condition was not so"), "ended": ("演练已结束", "the drill was over"),
}  # fmt: skip
_RELEASED = {
    "time": ("按计划时间", "on time"), "condition": ("条件成立", "its condition was so"), "controller": ("导调人员下发", "by the controller"),
}  # fmt: skip
_ANSWERS = {
    "accepted": ("我能去", "can come"), "later": ("晚点能到", "will come later"), "declined": ("去不了", "cannot come"),
    "standby": ("候补", "stands by"), "not_needed": ("人手已够", "is not needed any more"),
}  # fmt: skip
_DID = {"set_out": ("已出发", "set out"), "arrived": ("已到位", "is on the spot"), "released": ("可返回", "is released")}


def tell(event: Event) -> Words:
    """The line of one event. What has no line of its own is told by its name."""
    fact = event.fact
    line = _LINES.get(type(fact)) if fact is not None else None
    return Words(event.name, event.name) if line is None else Words(*line(fact))


def speciality(code: str) -> tuple[str, str]:
    found = SPECIALITIES.get(code)
    return (found.zh, found.en) if found is not None else (code, code)


def reasons(counts: Mapping[str, int], *, most: int = 4) -> Words:
    """The commonest reasons, the most frequent first."""
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:most]
    named = [(REASONS.get(code, (code, code)), count) for code, count in ordered]
    return Words("、".join(f"{zh}{count}" for (zh, _), count in named), ", ".join(f"{en} {count}" for (_, en), count in named))


def _some(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _tier(post: str) -> tuple[str, str]:
    return TIERS.get(tier_of(post), (post, post))


def _table(table: Mapping[str, tuple[str, str]], code: str) -> tuple[str, str]:
    return table.get(code, (code, code))


def _wave(f: WaveCalled) -> tuple[str, str]:
    return f"第{f.wave}批召集{len(f.calls)}队", f"wave {f.wave}: {_some(len(f.calls), 'team')} called"


def _answered(f: Answered) -> tuple[str, str]:
    zh, en = _table(_ANSWERS, f.result)
    if not f.seated:
        return f"一队答复：{zh}", f"a team answers: {en}"
    return f"一队答复：{zh}，{f.seated}人", f"a team answers: {en}, {f.seated} people"


def _progressed(f: Progressed) -> tuple[str, str]:
    zh, en = _table(_DID, f.did)
    people = f.arrived or f.confirmed or f.heads
    return f"一队{zh}（{people}人）", f"a team {en} ({people} people)"


def _support(f: SupportAsked) -> tuple[str, str]:
    zh, en = speciality(f.speciality)
    return (
        f"本级可召队伍已用尽，{zh}缺{f.short}人，报请{_tier(f.to)[0]}支援",
        f"nobody left to call: {en} short of {f.short}; {_tier(f.to)[1]} is asked",
    )


def _lead(f: LeadTaken) -> tuple[str, str]:
    return (
        f"指挥权由{_tier(f.from_post)[0]}移交{_tier(f.to)[0]}",
        f"the lead passes from {_tier(f.from_post)[1]} to {_tier(f.to)[1]}",
    )


def _order(f: OrderGiven) -> tuple[str, str]:
    found = ORDERS[f.kind]
    return f"下达指令“{found.zh}”，{len(f.crews)}队", f"order “{found.en}” to {_some(len(f.crews), 'crew')}"


def _danger(f: DangerReported) -> tuple[str, str]:
    found = DANGERS[f.kind]
    return f"现场上报险情：{found.zh}", f"a crew reports danger: {found.en}"


def _roll(f: RollOpened) -> tuple[str, str]:
    people = sum(crew.people for crew in f.crews)
    return f"发起点名，{people}人", f"roll call of {people} people"


def _roll_closed(f: RollClosed) -> tuple[str, str]:
    if not f.missing:
        return "点名闭环，全部应答", "roll call closed, everyone accounted for"
    return f"点名闭环，{len(f.missing)}人未应答", f"roll call closed, {len(f.missing)} not accounted for"


_LINES: Mapping[type[Fact], Callable[[Any], tuple[str, str]]] = {
    Raised: lambda f: (f"接报登记：{f.name}", f"report taken: {f.name}"),
    WaveCalled: _wave,
    Answered: _answered,
    Progressed: _progressed,
    Lapsed: lambda _: ("一队超时未答", "a team did not answer in time"),
    SupportAsked: _support,
    StoodDown: lambda f: (f"撤收归队，{len(f.calls)}队", f"stand-down of {_some(len(f.calls), 'team')}"),
    Closed: lambda _: ("事件办结", "incident closed"),
    LeadTaken: _lead,
    ResponseStarted: lambda f: (f"启动{LEVELS[f.level][0]}级响应", f"response started at level {LEVELS[f.level][1]}"),
    LevelChanged: lambda f: (
        f"响应由{LEVELS[f.was][0]}级调整为{LEVELS[f.level][0]}级",
        f"response level {LEVELS[f.was][1]} becomes {LEVELS[f.level][1]}",
    ),
    ResponseEnded: lambda _: ("终止响应", "response ended"),
    ZoneMarked: lambda f: (
        ("划定危险区", "danger area marked") if f.kind == "hazard" else ("标记道路中断", "roads marked as closed")
    ),
    ZoneChanged: lambda _: ("调整危险区", "danger area drawn anew"),
    ZoneLifted: lambda _: ("解除危险区或道路中断", "marked ground lifted"),
    OrderGiven: _order,
    OrderOverdue: lambda f: (f"指令超时未签收，{len(f.calls)}队", f"order overdue at {_some(len(f.calls), 'crew')}"),
    DangerReported: _danger,
    RollOpened: _roll,
    RollLost: lambda f: (f"点名到时，{len(f.missing)}人失联", f"roll call due: {len(f.missing)} people lost"),
    RollClosed: _roll_closed,
    SosRaised: lambda _: ("队员紧急求助", "one of our own raises an SOS"),
    SosTaken: lambda f: (f"{_tier(f.post)[0]}接手紧急求助", f"{_tier(f.post)[1]} takes the SOS in hand"),
    DrillOpened: lambda _: ("演练开始", "start of the exercise"),
    InjectReleased: lambda f: (f"情景事件{f.no}下发（{_RELEASED[f.why][0]}）", f"inject {f.no} released ({_RELEASED[f.why][1]})"),
    InjectHeld: lambda f: (f"情景事件{f.no}暂缓", f"inject {f.no} held"),
    InjectSkipped: lambda f: (
        f"情景事件{f.no}未实施（{_SKIPPED[f.why][0]}）",
        f"inject {f.no} not played ({_SKIPPED[f.why][1]})",
    ),
    Bound: lambda f: (f"对应事件已登记：{f.name}", f"players raised the incident {f.name}"),
    Corrected: lambda f: (f"情景事件{f.no}送达时间人工更正：{f.reason}", f"inject {f.no}: time corrected by hand: {f.reason}"),
    Scored: lambda f: (f"情景事件{f.no}第{f.measure + 1}项人工评定", f"inject {f.no}, measure {f.measure + 1}: scored by hand"),
    Rated: lambda f: (f"目标评定确认：{f.rating}", f"objective rated {f.rating}"),
    ImprovementNoted: lambda f: (f"改进项：{f.action}", f"to be improved: {f.action}"),
    CalledToRealWork: lambda f: (
        ("一人转入真实任务，退出演练", "one person leaves for real work")
        if f.why == "real_work"
        else ("一人撤回同意，退出演练", "one person agrees no more and leaves")
    ),
    DrillStopped: lambda _: ("演练中止！转入真实处置！", "Exercise stopped: real work"),
    DrillEnded: lambda _: ("演练结束", "end of the exercise"),
}
