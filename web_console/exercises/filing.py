"""The whole file of an exercise (方案、脚本、签到、评估、总结) as one folder, each part marked."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from drills.conduct.facts import KEY
from drills.scenario import dump
from drills.scenario.msel import write_msel
from mobilization.training import Exercise
from web_console.drill_files import read_drill
from web_console.exercises.attendance import attended
from web_console.exercises.preparing import NOTICE, Notice
from web_console.exercises.words import ATTENDANCE, NOTICE_ROWS, OBJECTIVES, RATED, YES
from web_console.house import House
from web_console.marking import BEGIN, END
from web_console.reviewing import review_drill, review_files


def file_exercise(house: House, live: Exercise | None, folder: Path) -> list[Path]:
    """Writes it and says what. Raises OSError."""
    written = []
    for name, content in parts_of(house, live).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
        written.append(folder / name)
    return written


def zipped(parts: Mapping[str, bytes], *, folder: str) -> bytes:
    """The same as one file to take away; in memory alone, since it has names in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(f"{folder}/{name}", content)
    return out.getvalue()


def parts_of(house: House, live: Exercise | None) -> dict[str, bytes]:
    """What its folder holds, by name. `live`: what the live realm knows of it: whose training is recorded."""
    scenario, review = read_drill(house.realm.folder.path), review_drill(house.realm.folder.path)
    notice = house.realm.blobs.get(NOTICE, KEY)
    parts = {
        "1-plan.yaml": f"# {BEGIN}\n".encode() + dump(scenario) + f"# {END}\n".encode(),
        "2-script.xlsx": write_msel(scenario),
        "3-attendance.csv": _table(ATTENDANCE, _attendance(house, live)),
        "4-assessment.csv": _table(OBJECTIVES, [(each.what.zh, each.rating or RATED, each.proposed, each.basis.zh) for each in review.objectives]),
        **({"0-approval.csv": _table(NOTICE_ROWS, _approval(msgspec.json.decode(notice, type=Notice)))} if notice else {}),
    }  # fmt: skip
    return {**dict(sorted(parts.items())), **{f"5-review/{name}": content for name, content in review_files(review).items()}}


def _attendance(house: House, live: Exercise | None) -> Iterable[tuple[str, ...]]:
    recorded = (live.recorded if live is not None else None) or ()
    did = {each.person: each for each in attended(house)}
    for person in live.people if live is not None else sorted(did):
        known, found = house.names.people.get(person), did.get(person)
        marks = (found.signed_in, found.answered, found.arrived) if found is not None else (False, False, False)
        yield (person, known.name or "" if known else "", *(YES if each else "" for each in (*marks, person in recorded)))


def _approval(notice: Notice) -> Iterable[tuple[str, ...]]:
    yield notice.approved_by, notice.safety_officer, notice.stop_rules, "；".join(notice.told)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Marked above and below; with a mark of its encoding, as office programs want it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([BEGIN])
    writer.writerow(head)
    writer.writerows([[_harmless(each) for each in row] for row in rows])
    writer.writerow([END])
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """No office program takes what somebody typed for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell
