"""`python -m tests.golden.write`: adds golden records of events that have none yet, from a story told through the kernel."""

import json
import sys
from pathlib import Path
from typing import Any

import msgspec

from command.core.facts import Event, Fact
from command.core.realm_facts import (
    AreasChanged,
    ClockStepped,
    DeadlineVoided,
    FollowerParked,
    HistoryReplaced,
    Note,
    RegistryChanged,
    RegistryImported,
    Resumed,
    RoadsChanged,
    SealedOpened,
    SubjectErased,
)
from command.core.records import Codec, Record
from command.core.world import World
from drills.conduct import (
    BindIncident,
    ConfirmRating,
    Correct,
    Cued,
    DrillOpened,
    DrillStopped,
    EndDrill,
    Hold,
    NoteImprovement,
    OpenDrill,
    Release,
    ScoreByHand,
    Skip,
    TakeOut,
)
from drills.conduct.facts import Watched
from drills.scenario import Cue, Setting
from incidents import (
    AcknowledgeAlarms,
    AddPhoto,
    ByOrder,
    ChangeLevel,
    ChangeSeverity,
    ChangeStage,
    ChangeWarning,
    ChangeZone,
    DisposeIncident,
    EndResponse,
    InformServices,
    IssueWarning,
    LiftWarning,
    LiftZone,
    MarkZone,
    PassLead,
    ReverseIncident,
    ReviewIncident,
    SetPlace,
    StartResponse,
    VerifyIncident,
)
from mobilization import (
    LIVE,
    TERMINAL,
    AcknowledgeDanger,
    AnswerRoll,
    BindPhone,
    CallOffOrder,
    CallOffSos,
    CallWave,
    CloseIncident,
    CloseRoll,
    EndAttempt,
    EndWatch,
    GiveNames,
    GiveOrder,
    HandleReply,
    JoinOrders,
    LinkPhone,
    MakeLinks,
    Mark,
    MergeIncidents,
    NameWatchLeader,
    OfferWatch,
    OpenRoll,
    RaiseSos,
    ReceiptOrder,
    ReportDanger,
    ReportTest,
    ResolveSos,
    RingLeader,
    SeeCalls,
    SetAvailability,
    StandDown,
    StartAttempts,
    TakeReply,
    TakeSos,
    TakeWatch,
    UnbindPhone,
    WithdrawOffer,
    WithdrawWave,
)
from mobilization.training import (
    ApproveTraining,
    Attended,
    CancelEnrolment,
    DeleteExercise,
    Enrol,
    GiveConsent,
    ProposeTraining,
    WithdrawConsent,
)
from tests.kit import CITY, COUNTY, TOWNSHIP, need, place, planned, raising
from tests.mobilization.kit import Force, team
from web_console.rules import DRILL_RULES as RULES

HERE = Path(__file__).parent
ORDER = ByOrder(body="市防指", document="云防指〔2026〕3号")
ALWAYS = 1 << 40
OF_THE_REALM: tuple[Fact, ...] = (
    AreasChanged(version="a1"), RoadsChanged(version="r1"), RegistryChanged(kind="teams", id="t1", rev=3),
    RegistryImported(batch="people a.csv", kind="people", first_rev=4, last_rev=9, counts={"new": 6}),
    ClockStepped(by_ms=5_000), Resumed(down_from_ms=1_790_000_000_000, down_to_ms=1_790_000_060_000),
    FollowerParked(follower="waves", event=3, fault="KeyError"), SealedOpened(subject="incident:i1"),
    SubjectErased(subject="incident:i9"), HistoryReplaced(why="restored", lost_from=40),
)  # fmt: skip

VOIDED: dict[str, Any] = {
    "position": 0, "at_ms": 1_790_000_999_000, "happened_ms": 1_790_000_999_000, "learned_ms": 1_790_000_999_000, "actor": "deadline", "name": DeadlineVoided.NAME, "schema": 1, "keys": ["call:c-1-0"],
    "authority": None, "data": {"key": "call:c-1-0", "kind": "lapse", "error": None},
}  # fmt: skip
"""No rule of ours leaves a deadline unanswered; the core may meet one that fails."""
STOPPED: dict[str, Any] = {
    "position": 0, "at_ms": 1_790_000_999_000, "happened_ms": 1_790_000_999_000, "learned_ms": 1_790_000_999_000, "actor": "controller:1", "name": DrillStopped.NAME, "schema": 1, "keys": ["drill:this"],
    "authority": None, "data": {"words": "真实火情"},
}  # fmt: skip
"""A realm holds one drill, and the one of the story came to its end."""


def story() -> Force:
    """A night in which everything happens once that can be recorded."""
    force = Force(*(team(n) for n in range(6)))
    force.call_out("i1", need(minimum=6, maximum=6))
    calls = [part.call for part in force.parts()]
    force.ask(StartAttempts(calls=(calls[0],)))
    force.ask(EndAttempt(call=calls[0], attempt=f"{calls[0]}/sms", result="sent"))
    force.ask(SeeCalls(calls=(calls[0],)), by="person:p0")
    force.says("p0", "accept", 4)
    force.says("p1", "accept", 4)
    force.ask(GiveNames(call=force.call_of("p0").id, names=("甲", "乙")), by="person:p0")
    force.says("p0", "decline")
    force.does("p1", "set_out")
    force.does("p1", "arrived")
    force.ask(SetAvailability(person="p4", availability="off_duty"), by="person:p4")
    force.ask(RingLeader(call=calls[1]))
    force.ask(TakeReply(reply="r0", channel="sms", why="unreadable", division="990101", number="13800138000", words="？"))
    force.ask(HandleReply(reply="r0"))
    _phones(force)
    _training(force)
    _drill(force)
    force.pass_time(3_000)
    force.ask(AddPhoto(incident="i1", photo="photo-1", mime="image/jpeg", size=9))
    force.ask(ChangeSeverity(incident="i1", severity=3, screen_position=ALWAYS))
    force.ask(SetPlace(incident="i1", place=place(), screen_position=ALWAYS, address="三巷5号"))
    force.ask(InformServices(incident="i1", services=("119",)))
    for act, post in (
        ("ask", "county"),
        ("take_over", "city"),
        ("offer_back", "city"),
        ("withdraw", "city"),
        ("offer_back", "city"),
        ("accept_back", "county"),
    ):
        to = "990101" if act == "offer_back" else ""
        lead = PassLead(incident="i1", act=act, by_order=ORDER, reason="跨县", to=to)
        force.ask(lead, authority=CITY if post == "city" else COUNTY)
    force.order("i1", need(minimum=6, maximum=8), authority=CITY)
    _responses(force)
    _safety(force)
    _watches_and_warnings(force)
    _zones(force)
    force.ask(CallWave(
        mobilization="m-i1", calls=(planned(77, team="t01"),), registry_rev=1, why_not={}, why_blob="", gates={}, short={}
    ))  # fmt: skip
    force.ask(CallWave(
        mobilization="m-i1", calls=(planned(78),), registry_rev=1, why_not={}, why_blob="", gates={}, short={}
    ))  # fmt: skip
    force.ask(WithdrawWave(mobilization="m-i1", wave=len(force.running().waves)), authority=CITY)
    force.ask(raising("i2", needs=(), verify=False))
    force.ask(VerifyIncident(incident="i2"))
    force.ask(AcknowledgeAlarms(incidents=("i1", "i2")), authority=CITY)
    force.ask(MergeIncidents(incident="i2", into="i1"))
    force.ask(ReverseIncident(incident="i2"))
    force.ask(DisposeIncident(incident="i2", stage="handed_over", reason="…", to="110"))
    force.ask(raising("i3", needs=(need(minimum=20, maximum=30),)), authority=TOWNSHIP)
    force.order("i3", authority=TOWNSHIP)
    force.ask(MakeLinks(mobilization="m-i1"), authority=CITY)
    live = next(part for part in force.parts() if part.state in LIVE)
    force.ask(TakeOut(person=live.person, why="real_work", calls=(live.call,)), by="live")
    force.ask(ChangeStage(incident="i1", stage="stabilised", screen_position=ALWAYS))
    force.ask(StandDown(mobilization="m-i1"), authority=CITY)
    force.ask(StandDown(mobilization="m-i1"), authority=CITY)
    force.ask(CloseIncident(incident="i1"))
    force.ask(ReviewIncident(incident="i1"))
    for fact in OF_THE_REALM:
        force.ask(Note(fact=fact), by="core", authority=None)  # type: ignore[arg-type]
    return force


def _watches_and_warnings(force: Force) -> None:
    force.ask(TakeWatch(), by="officer:ana", authority=CITY)
    force.ask(OfferWatch(to="lin"), by="officer:ana", authority=CITY)
    force.ask(WithdrawOffer(), by="officer:ana", authority=CITY)
    force.ask(OfferWatch(to="lin"), by="officer:ana", authority=CITY)
    force.ask(TakeWatch(), by="officer:lin", authority=CITY)
    force.ask(raising("i4", needs=(need(minimum=20, maximum=30),)), authority=TOWNSHIP)
    force.order("i4", authority=TOWNSHIP)
    force.pass_time(200)
    force.ask(NameWatchLeader(leader="wl-1", name="赵某", phone="13800000000"), by="officer:lin", authority=CITY)
    force.ask(NameWatchLeader(leader="wl-2", officer="qian"), by="officer:lin", authority=CITY)
    force.ask(NameWatchLeader(leader="wl-3"), by="officer:lin", authority=CITY)
    force.ask(EndWatch(), by="officer:lin", authority=CITY)
    now_ms = force.desk.core.now_ms()
    rain = IssueWarning(
        warning="w1",
        kind="rainstorm",
        level=2,
        divisions=("990101",),
        issuer="市气象台",
        issued_ms=now_ms,
        expires_ms=now_ms + 60_000,
    )
    force.ask(rain, authority=CITY)
    force.ask(ChangeWarning(warning="w1", level=1, divisions=("9901",), expires_ms=now_ms + 90_000), authority=CITY)
    force.ask(LiftWarning(warning="w1"), authority=CITY)
    force.ask(msgspec.structs.replace(rain, warning="w2"), authority=CITY)
    force.pass_time(61)


def _zones(force: Force) -> None:
    now_ms = force.desk.core.now_ms()
    flood = MarkZone(
        zone="z1", kind="hazard", what="flood", ring=((111.04, 30.04), (111.06, 30.04), (111.05, 30.06)), divisions=("990101", "990101001"),
        shuts=("car", "e_bike"), depth_cm=60, look_again_ms=now_ms + 60_000, incident="i4", said_by="赵某", said_on="13800000001",
    )  # fmt: skip
    force.ask(flood, authority=COUNTY)
    force.pass_time(61)
    force.ask(
        ChangeZone(zone="z1", ring=flood.ring, divisions=flood.divisions, shuts=(), depth_cm=20, look_again_ms=now_ms + 600_000),
        authority=COUNTY,
    )
    force.ask(LiftZone(zone="z1"), authority=COUNTY)
    road = msgspec.structs.replace(
        flood, zone="z2", kind="closure", what="roadworks", depth_cm=None, said_by="", said_on="", incident=""
    )
    force.ask(msgspec.structs.replace(road, look_again_ms=now_ms + 300_000, until_ms=now_ms + 120_000), authority=COUNTY)
    force.pass_time(61)


def _drill(force: Force) -> None:
    now_ms, by = force.desk.core.now_ms(), "controller:1"
    setting = Setting(category="20700", severity=4, zh="火灾", en="Fire", spot="tower")
    cues = tuple(Cued(no=no, kind="expected", cue=Cue(at_min=no)) for no in range(1, 5))
    opening = DrillOpened(
        scenario="s", text="hash", way="tabletop", seed=1, begin_ms=now_ms, end_ms=now_ms + 600_000, cues=cues,
        incidents=(Watched(name="fire", setting=setting, lon=111.3, lat=30.7),), objectives=("waves",),
    )  # fmt: skip
    for command in (
        OpenDrill(opening=opening), Hold(no=1), Skip(no=2), Release(no=3), BindIncident(name="fire", incident="i1"),
        Correct(no=3, reached_ms=now_ms, reason="晚送达"), ScoreByHand(no=3, measure=0, outcome="met", words="看到了"),
        ConfirmRating(objective="waves", rating="P", proposed="P"),
        NoteImprovement(improvement="m1", objective="waves", what="慢", action="快", owner="周敏", due="2026-12-01"),
        EndDrill(),
    ):  # fmt: skip
        force.ask(command, by=by)


def _phones(force: Force) -> None:
    force.ask(LinkPhone(person="p5"), by=TERMINAL)
    force.ask(BindPhone(person="p5", phone="ph-1"), by="person:p5")
    force.ask(ReportTest(person="p5", phone="ph-1", heard=True, felt=True, notified=False), by="person:p5")
    force.ask(UnbindPhone(person="p5", phone="ph-1"), by="person:p5")


def _training(force: Force) -> None:
    now_ms = force.desk.core.now_ms()
    day_ms = 86_400_000
    agreed = GiveConsent(person="p5", from_ms=now_ms, until_ms=now_ms + 9 * day_ms, hours=(0, 0), times=2)
    force.ask(agreed, by="person:p5")
    ask = Enrol(exercise="x1", begin_ms=now_ms + day_ms, end_ms=now_ms + day_ms + 3_600_000, people=("p5", "p6"))
    force.ask(ask, by=TERMINAL)
    force.ask(msgspec.structs.replace(ask, exercise="x2", begin_ms=now_ms + 2 * day_ms, end_ms=now_ms + 3 * day_ms), by=TERMINAL)
    force.ask(CancelEnrolment(exercise="x2"), by=TERMINAL)
    force.ask(DeleteExercise(exercise="x2"), by=TERMINAL)
    force.ask(ProposeTraining(exercise="x1", attended=(Attended(person="p5", answered=True),)), by=TERMINAL)
    force.ask(ApproveTraining(exercise="x1", division="990101", people=("p5",)))
    force.ask(WithdrawConsent(person="p5"), by="person:p5")


def _responses(force: Force) -> None:
    force.ask(
        StartResponse(response="r1", division="990101", category="20700", level=4, item="火灾", term_h=24, measures="…", by_order=ORDER),
        authority=CITY,
    )  # fmt: skip
    force.ask(ChangeLevel(response="r1", level=3, reason="蔓延", by_order=ORDER), authority=CITY)
    force.ask(EndResponse(response="r1", reason="扑灭", by_order=ORDER), authority=CITY)


def _safety(force: Force) -> None:
    call, own = force.call_of("p1").id, "person:p1"
    force.does("p1", "arrived", 3)
    force.ask(OpenRoll(incident="i1", due_min=10))
    force.does("p1", "arrived", 4)
    force.ask(AnswerRoll(call=call, marks=(Mark(no=1, state="safe"),)), by=own)
    force.pass_time(600)
    force.ask(CloseRoll(incident="i1", reason="…"))
    force.ask(RaiseSos(person="p1", division="990101001", lon=111.3, lat=30.7), by=own)
    force.pass_time(60)
    force.ask(TakeSos(person="p1"))
    force.ask(CallOffSos(person="p1"), by=own)
    force.ask(ResolveSos(person="p1", words="…"))
    force.ask(GiveOrder(order="o1", incident="i1", kind="withdraw", due_min=3))
    force.says("p0", "accept", 1)
    force.ask(JoinOrders(call=force.call_of("p0").id, orders=("o1",)), by="policy:orders")
    force.pass_time(180)
    force.ask(ReceiptOrder(order="o1", call=call, receipt="received"), by=own)
    force.ask(ReportDanger(danger="d1", call=call, kind="water", words="…"), by=own)
    force.ask(AcknowledgeDanger(danger="d1"))
    force.ask(CallOffOrder(order="o1"))


def as_event(codec: Codec, line: dict[str, Any]) -> Event:
    """The event of a golden line, as a program of today reads it."""
    return codec.event(Record(
        position=line["position"], at_ms=line["at_ms"], happened_ms=line["happened_ms"], learned_ms=line["learned_ms"], command_id="golden", ordinal=0, actor=line["actor"], fingerprint=b"",
        name=line["name"], schema=line["schema"], keys=Codec.encode(line["keys"]),
        authority=None if line["authority"] is None else Codec.encode(line["authority"]), cause=None, data=Codec.encode(line["data"]),
        subject=None, private=None, hash=b"",
    ))  # fmt: skip


def folded(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """The states under every key once all lines are folded, as plain values."""
    codec, world = Codec(RULES.facts), World(RULES.kinds)
    for line in lines:
        world.apply(as_event(codec, line))
    keys = sorted(
        key for kind in RULES.kinds for key in world.keys(kind.prefix) + ([kind.prefix] if world.look(kind.prefix) else [])
    )
    found: dict[str, Any] = json.loads(msgspec.json.encode({key: world.look(key) for key in keys}))
    return found


def lines_of(force: Force) -> list[dict[str, Any]]:
    """The whole story: events that repeat are kept too, so that the folds mean something."""
    return [
        {
            "position": record.position, "at_ms": record.at_ms, "happened_ms": record.happened_ms,
            "learned_ms": record.learned_ms, "actor": record.actor, "name": record.name, "schema": record.schema,
            "keys": json.loads(record.keys), "authority": json.loads(record.authority) if record.authority else None,
            "data": json.loads(record.data),
        }
        for record in force.desk.log.after(0, 10_000)
    ]  # fmt: skip


def main() -> int:
    path = HERE / "events.jsonl"
    held = [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
    known = {(line["name"], line["schema"]) for line in held}
    told = [*lines_of(story()), VOIDED, STOPPED]
    new = told if not held else [line for line in told if (line["name"], line["schema"]) not in known]
    for number, line in enumerate(new, len(held) + 1):
        line["position"] = number
    lines = [*held, *new]
    path.write_text("".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines), "utf-8")
    (HERE / "folded.json").write_text(json.dumps(folded(lines), ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
