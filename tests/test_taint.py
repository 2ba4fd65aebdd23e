"""The taint test: nothing of an exercise reaches anybody who is not in it, nor the live realm; and all that leaves it says what it is.

Every way out of the house is found by looking through it, and must stand in one of the lists below with how it is kept clean: a new
one fails here until somebody has thought of exercises.
"""

import ast
import asyncio
import importlib
import inspect
import pkgutil
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import web_console
from command.core.realm import Folder
from drills.conduct import DrillStopped, StopDrill
from tests.exercises.kit import HOUR_MS, Sent, agree, held, made, plan
from tests.stories.told import Teller, told
from tests.town import PASSWORD
from web_console.app import make_app
from web_console.exercises.held import Held
from web_console.marking import BEGIN, BEGIN_SPOKEN, DEMO, END, END_SPOKEN, Marked, NotEnrolled, file_name, marked
from web_console.pager import Channel

ROOT = Path(web_console.__file__).parent
CHANNELS = {
    "web_console.marking.Marked": "what an exercise has instead of any other",
    "web_console.modem.modem.Modem": "live only, else inside Marked: House refuses it otherwise",
    "web_console.sms.SmsGateway": "the same",
    "web_console.sms.VoiceGateway": "the same",
}
SENDERS = {
    "web_console/marking.py:send": "marks, and looks at the number",
    "web_console/pager.py:said": "the only one who sends: by the channels of its own house",
}
"""Who hands a message to a channel."""
TEXTS = {
    "web_console.links.group_text": "marked at both ends by its own hand",
    "web_console.marking.marked": "the marking",
    "web_console.saying.text_of": "goes through a channel, which marks it",
    "web_console.sms.answer_text": "of text_of", "web_console.sms.call_text": "of text_of", "web_console.sms.crew_text": "of text_of",
    "web_console.sms.over_text": "of text_of", "web_console.sms.spoken_text": "of text_of",
    "web_console.sms.unplaced_text": "through a channel, which marks it",
}  # fmt: skip
"""Every function that makes a text for outside."""
FILES = {
    "web_console/pages.py:shown": "the pages themselves: by the kind of the realm they mark desk, phone, wall and link",
    "web_console/pages.py:gone_page": "says that an exercise is gone",
    "web_console/pages.py:beside": "icons and the worker", "web_console/pages.py:asset": "code of the pages",
    "web_console/lan/joining.py:join": "how to trust the county's own network: the same for all",
    "web_console/lan/joining.py:joining_app": "the same",
    "web_console/routes/looking.py:tables": "JSON for our own pages",
    "web_console/lan/joining.py:page": "how to trust the county's own network: the same for all",
    "web_console/lan/joining.py:_file": "its certificate",
    "web_console/problems.py:respond": "refusals", "web_console/routes/common.py:answer": "JSON for our own pages",
    "web_console/routes/ground.py:layer": "the base map, for our own pages",
    "web_console/routes/reaching.py:reach": "for our own map", "web_console/routes/photos.py:show": "a photo, inside our own pages",
    "web_console/routes/safety.py:crew_qr": "a picture on the paper, which is marked",
    "web_console/routes/imports.py:refused": "no list is imported into an exercise", "web_console/routes/imports.py:example": "made up",
    "web_console/routes/surveying.py:faulty": "the file's name says so",
    "web_console/routes/exercising.py:_download": "the file of an exercise: its name and each part marked at both ends",
    "web_console/routes/scripts.py:_download": "drill files: not in an exercise's realm", "web_console/routes/scripts.py:ground_layer": "the same",
    "web_console/routes/teams.py:listed": "JSON for our own pages",
    "web_console/routes/ground.py:about_map": "JSON for our own pages",
}  # fmt: skip
"""Every answer that is not plain JSON: what can be kept as a file."""
FRONT = {
    "phone/notices.ts": "the title says 演练 in an exercise", "desk/paper/Paper.svelte": "marked at head and foot",
    "desk/importing.svelte.ts": "no list is imported into an exercise", "desk/surveying.svelte.ts": "the file's name says so",
    "workshop/exercises/ExerciseCard.svelte": "the file of an exercise: its name and each part marked at both ends",
    "desk/WallsSheet.svelte": "a link to a wall, which is marked", "desk/LinksSheet.svelte": "the text for the group, marked",
}  # fmt: skip
_LEAVES = re.compile(
    r"showNotification|new Notification|window\.print|clipboard\.write|navigator\.share\b|\.download\b|createObjectURL"
)
_KEPT_INSIDE = {"lib/pictures.ts", "desk/Photos.svelte", "phone/photo.ts", "lib/kept.ts"}
"""Pictures drawn inside our own pages."""


def modules() -> Iterator[str]:
    for found in pkgutil.walk_packages(web_console.__path__, "web_console."):
        if ".migrations." not in found.name and not found.name.endswith("worker"):
            yield found.name


def every(above: type) -> set[type]:
    below: list[type] = above.__subclasses__()
    return {deeper for each in below for deeper in (each, *every(each))}


def test_every_channel_is_known_here() -> None:
    for name in modules():
        importlib.import_module(name)
    assert {
        f"{each.__module__}.{each.__qualname__}" for each in every(Channel) if each.__module__.startswith("web_console")
    } == set(CHANNELS)


def test_every_function_that_makes_a_text_for_outside_is_known_here() -> None:
    found = set()
    for name in modules():
        for function in vars(importlib.import_module(name)).values():
            if (
                inspect.isfunction(function)
                and function.__module__ == name
                and inspect.signature(function).return_annotation in (str, "str")
            ):
                is_text = re.search(r"(^|_)text(_|$)|^marked$", function.__name__)
                sends = name in (
                    "web_console.sms",
                    "web_console.saying",
                    "web_console.links",
                ) and not function.__name__.startswith("_")
                if (is_text or sends) and function.__name__ != "clock":
                    found.add(f"{name}.{function.__name__}")
    known = set(TEXTS)
    assert {each for each in found if each.split(".")[1] in ("sms", "saying", "links", "marking")} == known


def test_every_sender_and_every_answer_that_is_a_file_is_known_here() -> None:
    senders, files = set(), set()
    for path in sorted(ROOT.rglob("*.py")):
        name = path.relative_to(ROOT.parent).as_posix()
        if "/migrations/" in name:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            for node in ast.walk(function):
                if not isinstance(node, ast.Call):
                    continue
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                named = {each.arg for each in node.keywords}
                if called == "send" and "phone" in named:
                    senders.add(f"{name}:{function.name}")
                if called in ("Response", "FileResponse", "StreamingResponse") and {"media_type", "path"} & named | (
                    {"path"} if called != "Response" else set()
                ):
                    files.add(f"{name}:{function.name}")
    assert senders == set(SENDERS)
    outer = {"web_console/pages.py:page_routes", "web_console/pages.py:page"}
    assert files - outer <= set(FILES), "a new way out: say above how an exercise is kept out of it, or marked"


def test_every_way_out_of_the_pages_is_known_here() -> None:
    source = ROOT / "front" / "src"
    found = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*")
        if path.suffix in (".ts", ".svelte") and ".test." not in path.name and _LEAVES.search(path.read_text("utf-8"))
    }
    assert found - _KEPT_INSIDE == set(FRONT)


def test_no_public_warning_leaves_the_house_yet() -> None:
    """CAP says status=Exercise and a note: whoever builds it lists it here."""
    assert not [path for path in ROOT.rglob("*.py") if "emergency:cap:1" in path.read_text("utf-8")]


def test_an_exercise_has_no_unmarked_channel(tmp_path: Path) -> None:
    from tests.town import open_town  # noqa: PLC0415

    for kind in ("drill", "demo"):
        with pytest.raises(ValueError, match=kind):
            open_town(tmp_path / kind, channels=(Sent(),), kind=kind, fill=False)


class Ways:
    """What left the two realms."""

    def __init__(self) -> None:
        self.live = (Sent("sms"), Sent("voice"))
        self.exercise = (Sent("sms"), Sent("modem"), Sent("voice"))


@contextmanager
def exercised(folder: Path, ways: Ways) -> Iterator[tuple[Teller, Teller, Held]]:
    """The live town, and an exercise beside it that has begun, with the leaders of t1, t2, t3 and a deputy."""
    with told(folder, channels=ways.live) as live:
        agree(live, 1, 2, 3, 7)
        done = made(live, plan(live, officers=("ana", "bo")))
        open_ = held(live, done.folder, *ways.exercise)
        house = open_.house
        for officer in ("ana", "bo"):
            house.accounts.add(officer, kind="officer", subject=officer, password=PASSWORD)
        for number in (1, 2, 3, 7):
            house.accounts.add(f"leader{number}", kind="person", subject=f"p{number}", password=PASSWORD)
        with TestClient(make_app(house, live=False, gateway_secret="gateway"), base_url="http://muster.test") as client:
            exercise = Teller(house, client, live.clock)
            exercise.settle()
            live.clock.advance(ms=HOUR_MS)
            live.settle()
            exercise.settle()
            yield live, exercise, open_


def everything(exercise: Teller) -> None:
    """A night in which every kind of message goes out."""
    fire = exercise.raise_fire("bo", needs=[{"speciality": "FIRST_AID", "minimum": 3, "maximum": 6}])
    exercise.fast_forward(1)
    group = exercise.does("bo", f"/mobilizations/m-{fire}/links")
    assert group["text"].startswith(BEGIN)
    assert group["text"].endswith(END)
    call = exercise.open_calls(1)[0]["id"]
    for did in ("accept", "set_out", "arrived"):
        path = f"/me/calls/{call}/{'answer' if did == 'accept' else 'progress'}"
        exercise.does("leader1", path, {"answer": did, "heads": 1} if did == "accept" else {"did": did})
    exercise.answer(2, "decline", reason="cannot, at work")
    exercise.answer(3, "accept", heads=1)
    exercise.does("bo", f"/incidents/{fire}/roll", {"due_min": 5})
    order = exercise.does("bo", f"/incidents/{fire}/orders", {"kind": "withdraw", "words": "从东侧撤"})["order"]
    exercise.does("bo", f"/orders/{order}/call_off")
    for number, text in ((1, "1 2"), (4, "1"), (2, "？？")):
        body = {"id": exercise.new_id(), "from": f"1990000{number:04d}", "text": text}
        exercise.client.post("/api/v1/gateway/sms", json=body, headers={"authorization": "Bearer gateway"})
        exercise.settle()
    exercise.does("ana", f"/mobilizations/m-{fire}/stand_down", {"reason": "enough"})
    for seconds in (30, 90, 600):
        exercise.fast_forward(seconds)


def rows(path: Path) -> list[tuple[object, ...]]:
    """Everything a data file holds, as it is stored."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as base:
        tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY name")]
        return [(table, *row) for table in tables if table != "sessions" for row in base.execute(f"SELECT * FROM {table}")]


def test_an_exercise_with_every_kind_of_message_taints_nothing(tmp_path: Path) -> None:
    ways = Ways()
    with exercised(tmp_path, ways) as (live, exercise, open_):
        folder = live.house.realm.folder
        before = _state(live, folder)
        everything(exercise)
        live.settle()
        assert _state(live, folder) == before, "the live log, registry, boards and figures are as they were, to the byte"
        told_of = {text for channel in ways.exercise for _, text in channel.messages}
        numbers = {phone for channel in ways.exercise for phone, _ in channel.messages}
        assert len(told_of) >= 7, told_of
        assert numbers <= {f"1990000{number:04d}" for number in (1, 2, 3, 7)}
        for channel in ways.exercise:
            begin, end = (BEGIN_SPOKEN, END_SPOKEN) if channel.name == "voice" else (BEGIN, END)
            assert all(text.startswith(begin) and text.endswith(end) for _, text in channel.messages)
        assert not any(channel.messages for channel in ways.live), "the live realm sent nothing"
        assert exercise.call("bo", "POST", "/imports", b"x").json()["code"] == "import.exercise"
        for path in ("", "/reckoning", "/x1/stop", "/x1/file", "/x1/delete"):
            assert exercise.call("bo", "POST", f"/exercises{path}", {}).status_code in (403, 404), (
                "made and kept in the live realm alone"
            )
        assert open_.house.channels == ("sms", "modem", "voice")

        fire = live.raise_fire("bo")
        live.fast_forward(1)
        assert any(channel.messages for channel in ways.live)
        said = [text for channel in ways.live for _, text in channel.messages]
        said.append(live.does("bo", f"/mobilizations/m-{fire}/links")["text"])
        assert not any("演练" in text or "EXERCISE" in text or DEMO in text for text in said), "no live message is marked"


def _state(live: Teller, folder: Folder) -> dict[str, object]:
    records = list(live.house.realm.log.after(0, 1 << 40))
    boards = {
        post: live.house.screens.picture_of(f"board/{post}/{mask}")
        for post in ("9901", "990101")
        for mask in ("duty", "wall", "late")
    }
    phones = {f"p{number}": live.house.screens.picture_of(f"me/p{number}") for number in range(1, 13)}
    return {"log": records, "registry": rows(folder.registry), "boards": boards, "phones": phones}


def test_the_second_wall_refuses_a_number_that_is_nobodys_here(tmp_path: Path) -> None:
    """Even if a row of the exercise were changed by a fault: the number must be that of somebody who takes part, now."""
    ways = Ways()
    with exercised(tmp_path, ways) as (live, _exercise, open_):
        port = Marked(ways.exercise[0], may_reach=open_.may_reach)
        assert open_.may_reach("19900000001")

        def sends(phone: str) -> None:
            asyncio.run(port.send(phone=phone, text="x", reference="r"))

        sends("19900000001")
        for phone in ("19900000004", "", "13800138000"):
            with pytest.raises(NotEnrolled):
                sends(phone)
        live.does("leader1", "/me/consent/withdraw")
        with pytest.raises(NotEnrolled):
            sends("19900000001")
        assert [phone for phone, _ in ways.exercise[0].messages] == ["19900000001"]


async def test_messages_of_an_exercise_wait_for_the_live_realms() -> None:
    """One modem, some seconds a message: real ones go first."""
    sent, waiting = Sent("modem"), [True]
    port = Marked(sent, may_reach=lambda _: True, is_wanted=lambda _: waiting[0])
    assert port.lines == 1
    sending = asyncio.create_task(port.send(phone="1", text="x", reference="r"))
    await asyncio.sleep(0.3)
    assert sent.messages == []
    waiting[0] = False
    await asyncio.wait_for(sending, 2)
    assert len(sent.messages) == 1


def test_the_words_that_stop_it_end_everything_at_once(tmp_path: Path) -> None:
    ways = Ways()
    with exercised(tmp_path, ways) as (_live, exercise, open_):
        exercise.raise_fire("bo")
        exercise.fast_forward(1)
        assert exercise.open_calls(1)
        exercise.answer(2, "accept", heads=1)
        assert exercise.client.portal is not None
        exercise.client.portal.call(_stop, open_)
        exercise.settle()
        assert exercise.open_calls(1) == []
        assert {item["state"] for name, item in exercise.sees("leader2", "/me").items() if name.startswith("call/")} == {
            "stood_down"
        }
        assert open_.house.core.world.next_due_ms() is None
        at = open_.house.core.position
        exercise.fast_forward(3 * 3_600)
        assert open_.house.core.position == at, "nothing fell due afterwards"
        assert any(record.name == DrillStopped.NAME for record in open_.house.realm.log.after(0, 1 << 40))


async def _stop(open_: Held) -> None:
    await open_.house.ask(StopDrill(words="演练中止！转入真实处置！"), actor="officer:bo")


def test_marks() -> None:
    assert marked("x", kind="live") == "x"
    assert file_name("a.geojson", kind="live") == "a.geojson"
    assert file_name("a.geojson", kind="drill") == "EXERCISE-a-EXERCISE.geojson"
