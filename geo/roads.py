"""A road network as the city brought it: kept as immutable sets named by their hash, and made into the graph that people edit."""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Literal

import msgspec
import networkx as nx
import numpy as np

from geo.datum import Crs, to_wgs84

BY_ROAD, BY_ROAD_ASSUMED = "road_graph", "road_graph_assumed_speeds"
Mode = Literal["car", "e_bike", "foot", "boat"]


class Edge(msgspec.Struct, frozen=True, array_like=True):
    """One direction of a way between two nodes by index; metres; its class and name; places between the ends, as lon and lat in turn."""

    start: int
    end: int
    metres: float
    highway: str
    name: str = ""
    between: tuple[float, ...] = ()


class Roads(msgspec.Struct, frozen=True, array_like=True):
    """Nodes as (lon, lat) in WGS-84 degrees, directed edges between them."""

    nodes: Sequence[tuple[float, float]]
    edges: Sequence[Edge]


class Speeds(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Kilometres an hour by class; `other`: of classes nobody knows, none where they are shut too. `assumed`: nobody measured them.
    `both_ways`: one-way streets bind nobody."""

    kmh: Mapping[str, float]
    assumed: bool
    other: float | None = None
    shut: frozenset[str] = frozenset()
    both_ways: bool = False

    def of(self, highway: str) -> float | None:
        """None: not open to this mode."""
        return None if highway in self.shut else self.kmh.get(highway, self.other)

    @property
    def source(self) -> str:
        """What a time by these speeds rests on, in code."""
        return BY_ROAD_ASSUMED if self.assumed else BY_ROAD


SPEEDS: Mapping[Mode, Speeds] = msgspec.convert(
    tomllib.loads(files("geo").joinpath("data/speeds.toml").read_text("utf-8")), dict[Mode, Speeds]
)


def modes_of(roads: Roads) -> tuple[Mode, ...]:
    """The modes of travel that any of these roads is open to, in the order of the table of speeds."""
    kinds = {edge.highway for edge in roads.edges}
    return tuple(mode for mode, speeds in SPEEDS.items() if any(speeds.of(kind) is not None for kind in kinds))


def road_graph(roads: Roads) -> "nx.MultiDiGraph[int]":
    """Nodes with `lon`, `lat`, edges with `length` (m), `highway`, `name`, `between`; parallel ways stay apart."""
    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph()
    for number, (lon, lat) in enumerate(roads.nodes):
        graph.add_node(number, lon=lon, lat=lat)
    for edge in roads.edges:
        graph.add_edge(edge.start, edge.end, length=edge.metres, highway=edge.highway, name=edge.name, between=edge.between)
    return graph


def roads_to_wgs84(roads: Roads, crs: Crs) -> Roads:
    """The same roads, bends and all, where their degrees were those of `crs`; lengths stay as they were said."""
    if crs in ("wgs84", "cgcs2000"):
        return roads
    bends = np.array([each for edge in roads.edges for each in edge.between]).reshape(-1, 2)
    nodes, bends = (np.column_stack(to_wgs84(xy[:, 0], xy[:, 1], crs)) for xy in (np.reshape(roads.nodes, (-1, 2)), bends))
    flat, ends = bends.ravel().tolist(), np.cumsum([len(edge.between) for edge in roads.edges]).tolist()
    edges = [
        msgspec.structs.replace(edge, between=tuple(flat[end - len(edge.between) : end]))
        for edge, end in zip(roads.edges, ends, strict=True)
    ]
    return Roads([(lon, lat) for lon, lat in nodes.tolist()], edges)


def write_road_set(folder: Path, roads: Roads) -> str:
    """Store a network; returns its version, the hash of its content. The same network is the same file."""
    text = msgspec.json.encode(roads)
    version = hashlib.sha256(text).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{version}.json").write_bytes(text)
    return version


def read_road_set(folder: Path, version: str) -> Roads:
    """A stored network."""
    return msgspec.json.decode((folder / f"{version}.json").read_bytes(), type=Roads)
