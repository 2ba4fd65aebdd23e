"""After-action reviews: of a drill from its realm, of one incident from the live one; written as files for people to correct."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from command.core.facts import Event
from command.core.log_sqlite import SqliteLog
from command.core.records import Codec, Record, first_break
from drills.conduct import Drill
from drills.conduct.facts import KEY
from drills.review.courses import Courses, Key, key_figures
from drills.review.docx import as_docx
from drills.review.drafting import Draft, Whole
from drills.review.html import as_html
from drills.review.pdf import as_pdf
from drills.review.rows import Before
from drills.review.shape import Review, Words
from drills.review.words import Lang
from drills.scenario import Scenario
from web_console.about import NAME as REALM_FILE
from web_console.about import read_about
from web_console.drill_files import SCENARIO_FILE, read_drill
from web_console.drilling import KIND
from web_console.rules import DRILL_RULES

LANGUAGES: tuple[Lang, ...] = ("zh", "en")
WRITERS: Mapping[str, Callable[[Review, Lang], bytes]] = MappingProxyType({"html": as_html, "docx": as_docx, "pdf": as_pdf})
_AT_ONCE = 4_096


def review_drill(folder: Path) -> Review:
    """Of the drill played in this realm, beside the last of the same scenario and the live realm next to it."""
    scenario, about = read_drill(folder), read_about(folder, kind=KIND)
    draft = Draft(DRILL_RULES.kinds, scenario)
    whole = _followed(folder, draft)
    return draft.review(where=Words(about.name, about.name), whole=whole, before=before(folder, scenario))


def review_incident(folder: Path, incident: str) -> Review:
    """Of one real incident: all that is filed under it, its call-out and its calls. Raises FileNotFoundError."""
    about = read_about(folder, kind="live")
    log = SqliteLog(folder / "log.db", epoch="", read_only=True)
    try:
        draft, position = Draft(DRILL_RULES.kinds, None), 0
        calls: set[str] = set()
        for event in _events(log):
            position = event.position
            if _concerns(event, incident, calls):
                draft.follow(event)
        if incident not in draft.courses.by_incident:
            raise FileNotFoundError(f"{incident}: 没有这起事件 · no such incident")
        whole = Whole(position, log.head()[1].hex(), first_break(_records(log)) is None)
        return draft.review(where=Words(about.name, about.name), whole=whole)
    finally:
        log.close()


def before(folder: Path, scenario: Scenario) -> Before:
    """The drill of the same scenario that was played last before this one, and what real events came to."""
    earlier = sorted(
        (path for path in folder.parent.iterdir() if path != folder and _is_of(path, scenario.id)), key=lambda path: (path.stat().st_mtime, path.name)
    )  # fmt: skip
    live = folder.parent / "live"
    real = _key(live) if (live / "log.db").exists() and (live / REALM_FILE).exists() else None
    if not earlier:
        return Before(real=real)
    draft = Draft(DRILL_RULES.kinds, scenario)
    _followed(earlier[-1], draft)
    drill = draft.story.world.look(KEY)
    return Before(key_figures(draft.courses), real, drill.improvements if isinstance(drill, Drill) else ())


def write_review(review: Review, folder: Path) -> list[Path]:
    """In both languages: to be read, worked on, printed. Returns what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in review_files(review).items():
        (folder / name).write_bytes(content)
        written.append(folder / name)
    return written


def review_files(review: Review) -> dict[str, bytes]:
    """The same, by the names of the files."""
    return {f"review.{lang}.{kind}": as_kind(review, lang) for lang in LANGUAGES for kind, as_kind in WRITERS.items()}


def _is_of(path: Path, scenario: str) -> bool:
    return (path / SCENARIO_FILE).exists() and read_drill(path).id == scenario


def _key(folder: Path) -> Key:
    courses = Courses()
    log = SqliteLog(folder / "log.db", epoch="", read_only=True)
    try:
        for event in _events(log):
            courses.follow(event)
    finally:
        log.close()
    return key_figures(courses)


def _followed(folder: Path, draft: Draft) -> Whole:
    log = SqliteLog(folder / "log.db", epoch="", read_only=True)
    try:
        for event in _events(log):
            draft.follow(event)
        position, hash_ = log.head()
        return Whole(position, hash_.hex(), first_break(_records(log)) is None)
    finally:
        log.close()


def _events(log: SqliteLog) -> Iterator[Event]:
    codec = Codec(DRILL_RULES.facts)
    yield from map(codec.event, _records(log))


def _records(log: SqliteLog) -> Iterator[Record]:
    position = 0
    while records := log.after(position, _AT_ONCE):
        yield from records
        position = records[-1].position


def _concerns(event: Event, incident: str, calls: set[str]) -> bool:
    """What is filed under the incident or its call-out, and under any call of it."""
    mine = f"incident:{incident}" in event.keys or f"mobilization:m-{incident}" in event.keys
    if mine:
        calls.update(key for key in event.keys if key.startswith("call:"))
    return mine or any(key in calls for key in event.keys)
