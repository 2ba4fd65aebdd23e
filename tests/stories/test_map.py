"""The base map over HTTP: the city's own layers, and nothing for strangers."""

from pathlib import Path

import pytest

from command.core.errors import Refused
from geo import read_road_set
from tests.stories.told import told
from web_console import drawn_roads
from web_console.bringing import bring_osm


def test_layers_are_geojson_and_are_not_sent_twice(tmp_path: Path) -> None:
    with told(tmp_path) as story:
        about = story.sees("bo", "/map")
        west, south, east, north = about["bounds"]
        assert west < 111.05 < east
        assert south < 30.05 < north
        for layer in about["layers"]:
            assert story.sees("bo", f"/map/{layer}")["type"] == "FeatureCollection"
        stations = story.sees("bo", "/map/stations")["features"]
        assert {each["properties"]["radius_m"] for each in stations} == {1000}
        first = story.call("bo", "GET", "/map/divisions")
        again = story.client.get(
            "/api/v1/map/divisions", headers={"cookie": first.request.headers["cookie"], "if-none-match": first.headers["etag"]}
        )
        assert again.status_code == 304
        assert again.content == b""


ROADS = """<osm version="0.6"><node id="1" lon="111.0" lat="30.05"/><node id="2" lon="111.1" lat="30.06"/><node id="3" lon="111.2" lat="30.05"/>
<way id="10"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="primary"/></way>
<way id="11"><nd ref="2"/><nd ref="3"/><tag k="highway" v="living_street"/></way>
<way id="12"><nd ref="1"/><nd ref="3"/><tag k="waterway" v="river"/></way></osm>"""


def test_roads_that_were_brought_in_are_drawn_where_the_city_drew_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "town.osm").write_text(ROADS, "utf-8")
    with told(tmp_path) as story:
        assert story.sees("bo", "/map/roads")["features"] == []
        bring_osm(story.house, tmp_path / "town.osm")
        small, large = story.sees("bo", "/map/roads")["features"]
        assert [each["properties"]["kind"] for each in (small, large)] == ["residential", "primary"], "the large are drawn above"
        assert large["geometry"] == {"type": "LineString", "coordinates": [[111.0, 30.05], [111.1, 30.06], [111.2, 30.05]]}
        monkeypatch.setattr(drawn_roads, "POINTS_MOST", 4)
        (kept,) = drawn_roads.drawn(read_road_set(story.house.realm.folder.roads, story.house.roads))
        assert kept[0] == "primary", "of a network too large to draw the small classes are left out"
        (story.house.layers.folder).mkdir(parents=True, exist_ok=True)
        (story.house.layers.folder / "roads.geojson").write_text('{"type": "FeatureCollection", "features": []}', "utf-8")
        assert story.sees("bo", "/map/roads")["features"] == [], "the city's own drawing goes before"


def test_an_unknown_layer_and_a_stranger_are_refused(tmp_path: Path) -> None:
    with told(tmp_path) as story:
        unknown = story.call("bo", "GET", "/map/secrets")
        assert (unknown.status_code, unknown.json()["code"]) == (404, Refused("map.unknown").code)
        assert story.client.get("/api/v1/map").status_code == 401


def test_a_township_is_chosen_from_those_of_the_county(tmp_path: Path) -> None:
    with told(tmp_path) as story:
        county = story.sees("bo", "/session")["officer"]["post"]["division"]
        below = story.sees("bo", f"/divisions?under={county}")
        assert below
        assert all(each["code"].startswith(county) and each["tier"] == "township" for each in below)
        posts = story.sees("bo", "/session")["posts"]
        assert [post["division"] for post in posts] == [county, *(each["code"] for each in below)]
