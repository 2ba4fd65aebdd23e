"""A road network as the city brought it: kept as immutable sets named by their hash, and made into a graph with times."""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import msgspec
import networkx as nx

BY_ROAD, BY_ROAD_ASSUMED = "road_graph", "road_graph_assumed_speeds"


class Edge(NamedTuple):
    """One direction of a road between two nodes by index; metres; its class."""

    start: int
    end: int
    metres: float
    highway: str


class Roads(NamedTuple):
    """Nodes as (lon, lat) in WGS-84 degrees, directed edges between them."""

    nodes: Sequence[tuple[float, float]]
    edges: Sequence[Edge]


class Speeds(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Kilometres an hour by class. `assumed`: nobody measured them."""

    assumed: bool
    other: float
    kmh: Mapping[str, float]

    def seconds(self, edge: Edge) -> float:
        return edge.metres * 3.6 / self.kmh.get(edge.highway, self.other)

    @property
    def source(self) -> str:
        """What a time by these speeds rests on, in code."""
        return BY_ROAD_ASSUMED if self.assumed else BY_ROAD


SPEEDS = msgspec.convert(tomllib.loads(files("geo").joinpath("data/speeds.toml").read_text("utf-8")), Speeds)


def road_graph(roads: Roads, speeds: Speeds) -> "nx.DiGraph[int]":
    """Nodes with `lon`, `lat`, edges with `length` (m) and `seconds`; of parallel roads the quickest."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    for number, (lon, lat) in enumerate(roads.nodes):
        graph.add_node(number, lon=lon, lat=lat)
    for edge in roads.edges:
        seconds = speeds.seconds(edge)
        held = graph.get_edge_data(edge.start, edge.end)
        if held is None or seconds < held["seconds"]:
            graph.add_edge(edge.start, edge.end, length=edge.metres, seconds=seconds)
    return graph


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
