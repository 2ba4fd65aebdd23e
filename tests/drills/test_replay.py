"""Reports of a crisis map through the whole loop: each is raised, merged or refused with a reason, and the log says the same."""

import csv
import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pyproj
import pytest
import shapely

from drills.reports import WORDS, read_table
from geo import read_boundary_set
from incidents import CATEGORIES
from tests.drills.reports import SMALL, write_reports
from tests.shared import real
from web_console.cli import main
from web_console.replay import replay

GEOD = pyproj.Geod(ellps="WGS84")
TWO_HOURS_MS = 7_200_000


def log_of(realm: Path) -> list[tuple[str, str, int, dict[str, Any]]]:
    """(name, actor, at, fact) of every record, read without any of the house's own code."""
    with closing(sqlite3.connect(realm / "log.db")) as file:
        rows = file.execute("SELECT name, actor, at_ms, data FROM records ORDER BY position").fetchall()
    return [(name, actor, at_ms, json.loads(data)) for name, actor, at_ms, data in rows]


def test_every_tag_of_the_table_is_known_to_us() -> None:
    table = read_table("haiti")
    assert all(row.category is None or row.category in CATEGORIES for row in table.tag)
    assert len({row.tag for row in table.tag}) == len(table.tag)
    assert all(row.why for row in table.tag)


def test_made_up_reports_one_by_one(tmp_path: Path) -> None:
    realm = tmp_path / "realm"
    counted = replay(realm, write_reports(tmp_path / "reports.csv"), table=SMALL, master=b"r" * 32)
    assert (counted.read, counted.raised, counted.merged, counted.refused) == (12, 4, 1, 7)
    assert counted.reasons == {
        "incident.exists": 1, "place.off_city": 1, "place.swapped": 1, "report.no_event": 1, "report.unknown_tag": 2, "report.unreadable": 1,
    }  # fmt: skip
    log = log_of(realm)
    merged = [fact for name, _, _, fact in log if name == "incident.merged"]
    assert [(fact["incident"], fact["into"]) for fact in merged] == [("i-report-3", "i-report-1")]
    by_itself = "mobilization.looked_again"
    desk = {actor for name, actor, _, _ in log if name.startswith(("incident.", "mobilization.")) and name != by_itself}
    assert desk
    assert all(actor.startswith("simulated:模拟值班员-9908") for actor in desk), "whoever stands in for an officer is called so"
    names = Counter(name for name, _, _, _ in log)
    assert names["mobilization.ordered"] == names["mobilization.stood_down"] == names["incident.closed"] == 4
    assert counted.calls == sum(len(fact["calls"]) for name, _, _, fact in log if name == "wave.called") > 20
    assert counted.accepted == sum(fact["seated"] > 0 for name, _, _, fact in log if name == "call.answered") > 5
    ordered = {fact["incident"]: at_ms for name, _, at_ms, fact in log if name == "mobilization.ordered"}
    raised = {fact["incident"]: at_ms for name, _, at_ms, fact in log if name == "incident.raised"}
    assert all(ordered[each] - raised[each] == 60_000 for each in ordered)
    assert not [name for name, _, _, _ in log if name == "follower.parked"]
    sources = {call["travel_source"] for name, _, _, fact in log if name == "wave.called" for call in fact["calls"]}
    assert "road_graph_assumed_speeds" in sources
    with closing(sqlite3.connect(realm / "registry.db")) as file:
        assert file.execute("SELECT count(*) FROM accounts").fetchone() == (0,), "no password of the demo opens this realm"


def test_the_same_seed_makes_the_same_log_under_any_hash_seed(tmp_path: Path) -> None:
    code = """
import sys, sqlite3
from pathlib import Path
from tests.drills.reports import SMALL, write_reports
from web_console.replay import replay
folder = Path(sys.argv[1])
replay(folder / "realm", write_reports(folder / "reports.csv"), table=SMALL, master=b"r" * 32, seed=7)
log = sqlite3.connect(folder / "realm" / "log.db")
print(*log.execute("SELECT position, hex(hash) FROM records ORDER BY position DESC LIMIT 1").fetchone())
"""
    said = set()
    for hash_seed in ("1", "2"):
        folder = tmp_path / hash_seed
        folder.mkdir()
        done = subprocess.run(
            [sys.executable, "-c", code, str(folder)], env={**os.environ, "PYTHONHASHSEED": hash_seed}, capture_output=True, check=True
        )  # fmt: skip
        said.add(done.stdout)
    assert len(said) == 1


def test_the_command_makes_a_realm_that_verifies_and_is_not_made_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("Serial,when\n1,now\n", "utf-8")
    assert main(["--home", str(tmp_path), "--realm", "x", "replay-reports", str(bad)]) == 1
    assert "CATEGORY" in capsys.readouterr().out
    assert not (tmp_path / "realms" / "x").exists()
    (tmp_path / "realms" / "x").mkdir(parents=True)
    assert main(["--home", str(tmp_path), "--realm", "x", "replay-reports", str(write_reports(tmp_path / "r.csv"))]) == 1
    assert "exists already" in capsys.readouterr().out
    assert {"report.no_event", "report.unknown_tag", "report.unreadable"} == set(WORDS)


@pytest.mark.real_input
def test_the_reports_of_haiti_are_all_accounted_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Counted again from the file and the log alone: what was refused, what was merged, and that nothing was missed."""
    source = real("incidents/haiti_2010_01_12_to_21.csv")
    assert main(["--home", str(tmp_path), "--realm", "haiti", "replay-reports", str(source)]) == 0
    said = capsys.readouterr().out
    realm = tmp_path / "realms" / "haiti"
    log = log_of(realm)
    names = Counter(name for name, _, _, _ in log)
    refused = _refused(source, realm)
    raised = names["incident.raised"] - names["incident.merged"]
    assert raised + names["incident.merged"] + sum(refused.values()) == 1623
    assert f"1623 = 登记 {raised} + 合并 {names['incident.merged']} + 未登记 {sum(refused.values())}" in said
    assert all(f"{code} {count}" in said for code, count in refused.items())
    assert f"召集 {sum(len(fact['calls']) for name, _, _, fact in log if name == 'wave.called')} 次" in said
    assert names["mobilization.ordered"] == names["incident.closed"] == raised
    _check_duplicates(log)
    assert main(["--home", str(tmp_path), "--realm", "haiti", "verify-log"]) == 0


def _refused(source: Path, realm: Path) -> Counter[str]:
    (areas,) = (realm / "areas").iterdir()
    city = read_boundary_set(areas.parent, areas.stem)["9909"]
    table = {row.tag: row.category for row in read_table("haiti").tag}
    found: Counter[str] = Counter()
    with source.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            known = [table[tag] for part in row["CATEGORY"].split(",") if (tag := part.partition("|")[2].strip()) in table]
            if not shapely.covers(city, shapely.Point(float(row["LONGITUDE"]), float(row["LATITUDE"]))):
                found["place.off_city"] += 1
            elif not any(known):
                found["report.no_event" if known else "report.unknown_tag"] += 1
    return found


def _check_duplicates(log: list[tuple[str, str, int, dict[str, Any]]]) -> None:
    """Every merge is right, and no report stands alone that should have been merged; half a percent for the shape of the earth."""
    into = {fact["incident"]: fact["into"] for name, _, _, fact in log if name == "incident.merged"}
    over = {fact["incident"]: at_ms for name, _, at_ms, fact in log if name == "incident.closed"}
    facts = [fact | {"learned_ms": at_ms} for name, _, at_ms, fact in log if name == "incident.raised"]
    by_id = {fact["incident"]: fact for fact in facts}
    for number, fact in enumerate(facts):
        other = by_id.get(into.get(fact["incident"], ""))
        if other is not None:
            assert other["category"] == fact["category"]
            assert fact["learned_ms"] - other["learned_ms"] <= TWO_HOURS_MS
            assert _metres(fact, other) < 301.5
            assert other["incident"] not in into
            continue
        for earlier in facts[:number]:
            same = earlier["category"] == fact["category"] and earlier["incident"] not in into
            if (
                same
                and fact["learned_ms"] - earlier["learned_ms"] <= TWO_HOURS_MS
                and over[earlier["incident"]] > fact["learned_ms"]
            ):
                assert _metres(fact, earlier) > 298.5, (earlier["incident"], fact["incident"])


def _metres(one: dict[str, Any], other: dict[str, Any]) -> float:
    a, b = one["place"], other["place"]
    return float(GEOD.inv(a["lon"], a["lat"], b["lon"], b["lat"])[2])
