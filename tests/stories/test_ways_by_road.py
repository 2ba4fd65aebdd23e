"""The way to a task over real roads: with the names of the roads, and, where none leads there, as near as they come."""

from pathlib import Path

import pytest

from tests.stories.told import told
from web_console.bringing import bring_osm

BASE, CORNER, NORTH_OF_IT, PLACE = (111.051, 30.05), (111.051, 30.054), (111.05, 30.054), (111.05, 30.05)
"""Team 1 waits at its base; the fire is a hundred metres west of it, but the road goes round by the north."""
NODES = "".join(
    f'<node id="{n}" lon="{lon}" lat="{lat}"/>' for n, (lon, lat) in enumerate((BASE, CORNER, NORTH_OF_IT, PLACE), start=1)
)
WAY = '<way id="{}"><nd ref="{}"/><nd ref="{}"/><tag k="highway" v="tertiary"/><tag k="name" v="{}"/></way>'
UP, OVER, DOWN = WAY.format(11, 1, 2, "学院路"), WAY.format(12, 2, 3, "云江大道"), WAY.format(13, 3, 4, "滨江路")


@pytest.mark.parametrize(
    ("ways", "source", "names"),
    [
        ((UP, OVER, DOWN), "road_graph_assumed_speeds", ["学院路", "云江大道", "滨江路"]),
        ((UP, DOWN), "as_near_by_road", [""]),
    ],
    ids=["all-the-way", "a-bridge-lacks"],
)
def test_the_way_names_its_roads_and_says_where_they_end(
    tmp_path: Path, ways: tuple[str, ...], source: str, names: list[str]
) -> None:
    (tmp_path / "town.osm").write_text(f'<osm version="0.6">{NODES}{"".join(ways)}</osm>', "utf-8")
    with told(tmp_path) as story:
        bring_osm(story.house, tmp_path / "town.osm")
        story.raise_fire(place={"lon": PLACE[0], "lat": PLACE[1]})
        call = story.answer(1)["events"][0]["data"]["call"]
        way = story.sees("leader1", f"/me/calls/{call}/route")
    assert way["source"] == source
    assert [leg["name"] for leg in way["legs"]] == names
    assert [tuple(point) for point in (way["line"][0], way["line"][-1])] == [BASE, PLACE]
    if len(ways) == 3:
        assert (way["short_m"], way["metres"]) == (None, pytest.approx(445 + 96 + 445, abs=3))
        assert [leg["turn"] for leg in way["legs"]] == ["start", "left", "left"]
    else:
        assert way["short_m"] == pytest.approx(96, abs=3), "the roads come no nearer than the base itself"
