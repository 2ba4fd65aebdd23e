"""The river that runs through the city from west to east, its levees, streams and lakes."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from drills.city.plan import CityPlan, Feature, Floats, feature
from drills.city.shapes import blob


@dataclass(frozen=True)
class River:
    """The middle of the river as y over x, in km; kept south of the middle of the town."""

    offset: float
    swing: Floats
    pitch: Floats
    phase: Floats
    width: float

    def y(self, x: Floats) -> Floats:
        bends = self.swing * (np.sin(np.multiply.outer(x, self.pitch) + self.phase) - np.sin(self.phase))
        return np.asarray(self.offset + bends.sum(axis=-1))

    def nearest(self, xy: Floats) -> Floats:
        """The points of the middle line nearest to `xy`; its slope is below 1, so stepping down the normal closes in."""
        x = xy[:, 0].copy()
        for _ in range(12):
            slope = (self.y(x + 0.01) - self.y(x - 0.01)) / 0.02
            x = 0.5 * x + 0.5 * (xy[:, 0] - (self.y(x) - xy[:, 1]) * slope)
        return np.stack([x, self.y(x)], axis=1)

    def across(self, x: float) -> tuple[Floats, Floats]:
        """A point of the middle line and the unit vector to the north bank."""
        near = np.array([x - 0.01, x, x + 0.01])
        y = self.y(near)
        along = np.array([0.02, y[2] - y[0]])
        return np.array([x, y[1]]), np.array([-along[1], along[0]]) / np.hypot(*along)

    def line(self, west: float, east: float, *, step: float = 0.15) -> Floats:
        x = np.linspace(west, east, max(2, int((east - west) / step)))
        return np.stack([x, self.y(x)], axis=1)


@dataclass(frozen=True)
class Water:
    """Everything wet, in km: what no road crosses without a bridge, and what is only drawn."""

    river: River
    area: Polygon
    lakes: tuple[Polygon, ...]
    streams: tuple[LineString, ...]
    levees: tuple[LineString, ...]

    @property
    def blocked(self) -> BaseGeometry:
        return shapely.union_all([self.area, *self.lakes])


def make_river(plan: CityPlan) -> River:
    chance = plan.chance(1)
    w, h = plan.half_km
    town = plan.town_km
    lengths = np.array([1.5 * w, 0.62 * w, 0.27 * w]) * chance.uniform(0.85, 1.15, 3)
    swing = np.array([0.10 * h, 0.045 * h, 0.009 * h]) * chance.uniform(0.7, 1.1, 3)
    return River(
        offset=-town[1] - 0.25 * town[1], swing=swing, pitch=2 * np.pi / lengths, phase=chance.uniform(-0.9, 0.9, 3),
        width=0.2 * town[1],
    )  # fmt: skip


def make_water(plan: CityPlan, river: River) -> Water:
    chance = plan.chance(2)
    w, h = plan.half_km
    town = plan.town_km
    middle = river.line(-1.3 * w, 1.3 * w)
    along = np.gradient(middle, axis=0)
    north = np.stack([-along[:, 1], along[:, 0]], axis=1) / np.hypot(*along.T)[:, None]
    swell = 1 + 0.28 * np.sin(middle[:, :1] / (0.13 * w) + 1) + 0.12 * np.sin(middle[:, :1] / (0.05 * w))
    bank = north * river.width / 2 * swell
    area = Polygon(np.concatenate([middle + bank, (middle - bank)[::-1]])).buffer(0)
    lakes = [blob(chance, centre=(0.62 * town[0], -0.3 * town[1]), half=(0.15 * town[0], 0.17 * town[1]), turn=0.2, wobble=0.3)]
    for k, (fx, fy) in enumerate(((0.45, -0.42), (-0.5, -0.36), (0.55, 0.35))):
        at = (fx * w + chance.uniform(-0.08, 0.08) * w, fy * h + chance.uniform(-0.06, 0.06) * h)
        size = town[1] * chance.uniform(0.28, 0.55) * (1.2 if k == 0 else 1)
        shape = blob(chance, centre=at, half=(1.5 * size, size), turn=chance.uniform(-1, 1), wobble=0.32)
        if shape.distance(area) > 0.3 * town[1]:
            lakes.append(shape)
    keep = np.abs(middle[:, 0]) < 0.55 * w
    levee = (1 + 0.5 / (swell * river.width)) * bank
    levees = tuple(LineString((middle + sign * levee)[keep]) for sign in (1, -1))
    return Water(river, area, tuple(lakes), _streams(plan, river, area, chance), levees)


def _streams(plan: CityPlan, river: River, area: Polygon, chance: np.random.Generator) -> tuple[LineString, ...]:
    """Streams from the hills at the rim down to the river; they keep clear of the built-up area."""
    w, h = plan.half_km
    made = []
    for mouth, source, side in ((-0.3, -0.42, 1), (0.36, 0.3, 1), (-0.72, -0.6, 1), (0.2, 0.42, -1), (0.7, 0.85, 1)):
        t = np.linspace(0, 1, 120)
        x0, x1 = (source + chance.uniform(-0.06, 0.06)) * w, (mouth + chance.uniform(-0.04, 0.04)) * w
        y1 = float(river.y(np.array([x1]))[0])
        phase = chance.uniform(0, 6, 2)
        bend = np.sin(np.pi * t) * (np.sin(7 * t + phase[0]) * 0.05 + np.sin(19 * t + phase[1]) * 0.02) * w
        line = LineString(np.stack([x0 + (x1 - x0) * t + bend, side * 1.2 * h + (y1 - side * 1.2 * h) * t], axis=1))
        made.append(line.difference(area))
    return tuple(max(shapely.get_parts(line), key=lambda part: float(part.length)) for line in made)


def water_features(plan: CityPlan, water: Water, city: BaseGeometry) -> list[Feature]:
    """The layer: the river, its middle line, levees, streams and lakes, within the city (`city` in degrees)."""
    put = plan.plane.lonlat
    lake_names = (("镜湖", "Jing Lake"), ("月亮湖", "Moon Lake"), ("白鹭湖", "Egret Lake"), ("云水库", "Yun Reservoir"))
    stream_names = (("清溪河", "Qingxi"), ("沙河", "Shahe"), ("松溪", "Songxi"), ("柳河", "Liuhe"), ("石河", "Shihe"))
    middle = LineString(water.river.line(-1.3 * plan.half_km[0], 1.3 * plan.half_km[0]))
    parts: list[tuple[str, str, str, BaseGeometry]] = [
        ("river", "云江", "Yun River", water.area),
        ("river_line", "云江", "Yun River", middle),
    ]
    parts += [("lake", *name, lake) for name, lake in zip(lake_names, water.lakes, strict=False)]
    parts += [("stream", *name, stream) for name, stream in zip(stream_names, water.streams, strict=False)]
    parts += [("levee", "云江大堤", "Yun River levee", levee) for levee in water.levees]
    found = []
    for kind, name, name_en, shape in parts:
        cut = shapely.intersection(shapely.transform(shapely.simplify(shape, 0.008), put), city)
        if not cut.is_empty:
            rounded = shapely.transform(cut, lambda xy: np.round(xy, 6))
            found.append(feature(shapely.geometry.mapping(rounded), kind=kind, name=name, name_en=name_en))
    return found
