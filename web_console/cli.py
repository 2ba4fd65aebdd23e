"""`muster`: run a realm, look after its log, bring rows in."""

import argparse
import asyncio
import os
import sqlite3
import sys
from pathlib import Path

import msgspec
from sqlalchemy.exc import SQLAlchemyError

from command.core.errors import MusterError
from command.core.sqlite_faults import is_spoiled
from command.tiers.divisions import normalise
from command.tiers.imports import found_city
from command.tiers.rows import BadRow, Report
from drills.reports import read_table
from web_console.about import NAME as REALM_FILE
from web_console.about import About, make_realm
from web_console.bringing import bring, bring_geopackage, bring_osm, bring_roads, in_lines, refused_in_lines
from web_console.cli_drills import add_drills
from web_console.cli_exercises import add_exercises
from web_console.cli_keeping import add_keeping
from web_console.cli_people import add_commands
from web_console.cli_realm import Say, folder_of, open_realm
from web_console.cli_serving import add_serving
from web_console.house import House
from web_console.master_key import master_key
from web_console.problems import problem
from web_console.replay import in_words, replay


def main(arguments: list[str] | None = None) -> int:
    """The command line. Exit codes: 0 done, 1 something was found or refused, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options, _say)
    except MusterError as error:
        shape = problem(error)
        _say(f"{shape['title']}\n{shape['title_en']}  [{error.code}]")
        return 1
    except BadRow as error:
        for line in refused_in_lines(error):
            _say(line)
        return 1
    except (sqlite3.DatabaseError, SQLAlchemyError) as error:
        _say(_database_in_words(error))
        return 1
    except (OSError, ValueError) as error:
        _say(str(error))
        return 1
    return code


def _database_in_words(error: Exception) -> str:
    """Nobody is told to restore a backup because of a lock or a full disk."""
    if is_spoiled(getattr(error, "orig", error)):
        return f"数据文件已损坏，请从备份恢复 · a data file is damaged; restore a backup\n{error}"
    return f"数据文件暂时不能读写，请稍后再试 · a data file cannot be read or written now; try again\n{error}"


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 -- a command line speaks here and nowhere else


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="muster", description="Muster 集结")
    parser.add_argument("--home", type=Path, default=Path(os.environ.get("MUSTER_HOME", "var/home")), help="data folder")
    parser.add_argument("--realm", default="live")
    acts = parser.add_subparsers(dest="act", required=True)
    new = acts.add_parser("init", help="make a realm for one city")
    new.add_argument("--city", required=True, help="division code of the city, e.g. 4205")
    new.add_argument("--name", required=True)
    new.set_defaults(run=_init)
    add_serving(acts)
    rows = acts.add_parser("import", help="bring rows in")
    rows.add_argument(
        "what",
        choices=("divisions", "boundaries", "stations", "places", "people", "teams", "posts", "officers", "roads", "counts"),
    )
    rows.add_argument("file", type=Path, nargs="?", help="rows or shapes; of roads: an OpenStreetMap file or a GeoPackage")
    rows.add_argument("--nodes", type=Path, help="of roads as rows")
    rows.add_argument("--edges", type=Path, help="of roads as rows")
    rows.add_argument("--crs", choices=("wgs84", "gcj02", "bd09", "cgcs2000"), default="wgs84")
    rows.add_argument(
        "--sure",
        action="store_true",
        help="store it although it looks wrong beside what is stored: another datum, or far fewer roads",
    )
    rows.set_defaults(run=_import)
    add_commands(acts, open_realm)
    again = acts.add_parser("replay-reports", help="real reports through a new realm with a made-up city, at full speed")
    again.add_argument("file", type=Path)
    again.add_argument("--table", default="haiti", help="which shipped table says what the tags mean")
    again.add_argument("--seed", type=int, default=1)
    again.set_defaults(run=_replay)
    add_drills(acts)
    add_exercises(acts)
    add_keeping(acts)
    return parser


def _init(options: argparse.Namespace, say: Say) -> int:
    try:
        city = normalise(options.city)
    except ValueError:
        say(f"不是区划代码：{options.city} · not a division code; e.g. 4205")
        return 2
    folder = folder_of(options)
    master_key(options.home)  # first: without it there is no realm
    make_realm(folder.path, About(city=city, name=options.name, kind="live"))
    house = open_realm(options)
    try:
        found_city(house.registry, city, options.name)
    finally:
        asyncio.run(house.close())
    say(f"已建立 {options.name}（{city}）· made {folder.path}")
    return 0


def _import(options: argparse.Namespace, say: Say) -> int:
    by_rows = options.what == "roads" and bool(options.nodes and options.edges)
    if by_rows == (options.file is not None) or bool(options.nodes or options.edges) != by_rows:
        say("用法 · usage: muster import <种类 · what> FILE; muster import roads --nodes N --edges E")
        return 2
    house = open_realm(options)
    try:
        report = _brought(house, options, by_rows=by_rows)
    finally:
        asyncio.run(house.close())
    features = options.file is not None and options.file.suffix.lower() in {".json", ".geojson"}
    for line in in_lines(report, features=features):
        say(line)
    return 1 if report.bad else 0


def _brought(house: House, options: argparse.Namespace, *, by_rows: bool) -> Report:
    if by_rows:
        return bring_roads(house, options.nodes, options.edges, crs=options.crs, sure=options.sure)
    if options.what == "roads":
        by_file = bring_geopackage if options.file.suffix == ".gpkg" else bring_osm
        return by_file(house, options.file, crs=options.crs, sure=options.sure)
    return bring(house, options.what, options.file, crs=options.crs, sure=options.sure)


def _replay(options: argparse.Namespace, say: Say) -> int:
    """Into the realm named by `--realm`, which may not exist yet."""
    folder, table = folder_of(options).path, read_table(options.table)
    counted = replay(folder, options.file, table=table, master=master_key(options.home), seed=options.seed)
    (folder / REALM_FILE).write_bytes(msgspec.json.encode(About(city=table.city.code, name=table.city.name, kind="drill")))
    say(in_words(counted))
    return 0


if __name__ == "__main__":
    sys.exit(main())
