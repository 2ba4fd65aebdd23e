"""Boundary files that are none, or hold what is no area: named by their feature, and the sound ones read."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from geo import read_boundaries
from geo.files import CORNERS_MOST

SQUARE = [[111.0, 30.0], [111.2, 30.0], [111.2, 30.2], [111.0, 30.2], [111.0, 30.0]]


def feature(ring: Any, *, code: str = "990101", kind: str = "Polygon") -> dict[str, Any]:
    return {"type": "Feature", "properties": {"code": code}, "geometry": {"type": kind, "coordinates": ring}}


def written(folder: Path, *features: Any) -> Path:
    path = folder / "areas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def wide(corners: int) -> list[list[float]]:
    turns = [2 * math.pi * n / corners for n in range(corners)]
    ring = [[111 + math.cos(turn) / 10, 30 + math.sin(turn) / 10] for turn in turns]
    return [*ring, ring[0]]


@pytest.mark.parametrize(
    ("bad", "what"),
    [
        (feature([[[lat, lon] for lon, lat in SQUARE]]), "swapped"),
        (feature([[[lon, lat if at != 1 else math.nan] for at, (lon, lat) in enumerate(SQUARE)]]), "no_place"),
        (feature([[[lon + 200, lat] for lon, lat in SQUARE]]), "no_place"),
        (feature([wide(CORNERS_MOST + 1)]), "too_many_corners"),
        (feature([SQUARE], code="云城"), "no_code"), (feature("x"), "no_geometry"), (feature([[]]), "no_area"),
        (feature(SQUARE[:2], kind="LineString"), "no_area"), ({"properties": {"code": "990101"}}, "no_geometry"), ("text", "no_code"),
        (None, "no_code"), ({"properties": "text"}, "no_code"),
    ],
)  # fmt: skip
def test_what_is_no_area_is_named_and_the_sound_ones_are_read(tmp_path: Path, bad: Any, what: str) -> None:
    found = read_boundaries(written(tmp_path, bad, feature([SQUARE], code="990102")))
    assert [(repair.feature, repair.what, repair.mended) for repair in found.repairs] == [(1, what, False)]
    assert list(found.shapes) == ["990102"]


def test_a_code_that_comes_twice_counts_once(tmp_path: Path) -> None:
    found = read_boundaries(written(tmp_path, feature([SQUARE]), feature([SQUARE])))
    assert [(repair.feature, repair.what) for repair in found.repairs] == [(2, "twice")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"5",
        b'{"features": 5}',
        b'{"features": {}}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"type": "FeatureCollection"}',
    ],
)
def test_what_is_no_collection_is_refused_whole(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.geojson").write_bytes(content)
    with pytest.raises(ValueError, match="not a GeoJSON FeatureCollection"):
        read_boundaries(tmp_path / "x.geojson")
