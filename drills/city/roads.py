"""The road network: found as people find ways, cheapest paths over rough ground that prefer roads already there."""

from itertools import pairwise
from typing import Any

import networkx as nx
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import Delaunay, cKDTree
from shapely.geometry.base import BaseGeometry

from drills.city.ground import Ground
from drills.city.plan import CityPlan, Floats, Ints, Table
from drills.city.roadnames import road_names
from drills.city.shapes import waves
from drills.city.streets import PRIMARY, RESIDENTIAL, SECONDARY, TERTIARY, TRUNK, Streets

CLASS = ("residential", "tertiary", "secondary", "primary", "trunk")
CHEAPER = np.array([1.0, 0.5, 0.4, 0.33, 0.28])
"""What going along a road of a class costs against open ground."""
MESH_NODES = 7_000
ONE_WAY_SHARE = 0.06
LINKS_BETWEEN_VILLAGES = 300
THROUGH = 2
Edge = tuple[int, int]


class Web:
    """Points in km and possible edges with their cost; `road` is what has been built, by class."""

    def __init__(self, xy: Floats, edges: Ints, cost: Floats, bridges: list[Edge]) -> None:
        self.xy = xy
        self.bridges = bridges
        self.road: dict[Edge, int] = {}
        self._at = {(u, v): n for n, (u, v) in enumerate(edges.tolist())}
        (a, b), count = edges.T, len(edges)
        shape = (len(xy), len(xy))
        order = csr_matrix((np.arange(1, 2 * count + 1), (np.concatenate([a, b]), np.concatenate([b, a]))), shape=shape)
        self._slot = np.argsort(order.data)
        self._open = cost
        self._graph = csr_matrix((np.tile(cost, 2)[order.data - 1], order.indices, order.indptr), shape=shape)

    def build(self, path: list[int], level: int) -> None:
        """Build along a path; what is there already keeps its higher class."""
        for a, b in pairwise(path):
            edge = (min(a, b), max(a, b))
            best = self.road[edge] = max(level, self.road.get(edge, level))
            n = self._at[edge]
            self._graph.data[self._slot[[n, n + len(self._open)]]] = self._open[n] * CHEAPER[best]

    def graph(self) -> csr_matrix:
        return self._graph

    def link(self, start: int, end: int, level: int) -> None:
        far, before = dijkstra(self.graph(), indices=np.array([start]), return_predecessors=True)
        if np.isfinite(far[0, end]):
            self.build(_back(before[0], end), level)

    def join(self, points: list[int], level: int) -> None:
        """Lead each point to the nearest road there is, ways sharing where they meet."""
        roots = sorted({node for edge in self.road for node in edge})
        far, before, _ = dijkstra(self.graph(), indices=roots, return_predecessors=True, min_only=True)
        for point in points:
            if np.isfinite(far[point]):
                self.build(_back(before, point), level)


def _back(before: NDArray[np.signedinteger[Any]], end: int) -> list[int]:
    path = [end]
    while before[path[-1]] >= 0:
        path.append(int(before[path[-1]]))
    return path


def make_roads(plan: CityPlan, ground: Ground, streets: list[Streets]) -> tuple[Table, Table]:
    """Nodes and directed edges, one strongly connected whole; lengths in metres along straight pieces."""
    web, grid = _web(plan, ground, streets)
    _links(plan, ground, web, grid)
    graph = nx.Graph(sorted(web.road))
    keep = max(nx.connected_components(graph), key=lambda part: (len(part), -min(part)))
    graph = graph.subgraph(keep)
    xy = _smooth(web, graph, ground.water.blocked, fixed=sum(len(s.xy) for s in streets))
    number = {node: n for n, node in enumerate(sorted(keep))}
    spots = plan.plane.lonlat(xy[sorted(keep)])
    nodes = Table(("node", "lon", "lat"), [(n, lon, lat) for n, (lon, lat) in enumerate(spots.tolist())])
    flat = plan.plane.xy(spots)
    arcs = _arcs(plan, web, {(min(u, v), max(u, v)) for u, v in graph.edges}, number)
    patch = np.repeat(np.arange(len(streets)), [len(s.xy) for s in streets]).tolist()
    town_of = {number[node]: patch[node] for node in keep if node < len(patch)}
    level_of = {(min(u, v), max(u, v)): level for u, v, level, _ in arcs}
    called = road_names(plan, ground, xy=flat, level=level_of, town_of=town_of)
    rows = []
    for eid, (u, v, level, bridge) in enumerate(arcs):
        metres = round(float(np.hypot(*(flat[u] - flat[v]))) * 1000, 1)
        rows.append((eid, 0, u, v, CLASS[level], max(metres, 0.1), int(bridge), called[min(u, v), max(u, v)]))
    return nodes, Table(("eid", "osm_way", "u", "v", "highway", "length_m", "bridge", "name"), rows)


def _web(plan: CityPlan, ground: Ground, streets: list[Streets]) -> tuple[Web, list[tuple[int, int, int]]]:
    """Streets, bridge heads, villages and a rough mesh over open ground, joined where no water lies between."""
    chance = plan.chance(7)
    shape = shapely.transform(ground.shape[plan.code], plan.plane.xy)
    step = float(np.sqrt(shape.area / MESH_NODES))
    town = np.concatenate([s.xy for s in streets])
    wet = ground.water.blocked
    heads = _bridge_heads(plan, ground, shape)
    west, south, east, north = shape.bounds
    mesh = np.stack(np.meshgrid(np.arange(west, east, step), np.arange(south, north, step), indexing="ij"), axis=-1)
    mesh[:, 1::2, 0] += step / 2
    open_ground = mesh.reshape(-1, 2) + chance.uniform(-0.33, 0.33, (mesh.size // 2, 2)) * step
    villages = np.array([place.seat for place in ground.tier(12)])
    open_ground = np.concatenate([villages, open_ground])
    shapely.prepare(wet)
    near_wet = shapely.contains_xy(wet.buffer(0.04), open_ground[:, 0], open_ground[:, 1])
    land = shapely.contains_xy(shape, open_ground[:, 0], open_ground[:, 1]) & ~near_wet
    apart = cKDTree(np.concatenate([town, heads])).query(open_ground)[0]
    land &= apart > np.where(np.arange(len(open_ground)) < len(villages), 0.08, 0.3) * min(1.0, step / 0.5)
    xy = np.concatenate([town, heads, open_ground[land]])
    corners = Delaunay(xy).simplices
    edges = np.unique(np.sort(np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [0, 2]]]), axis=1), axis=0)
    length = np.hypot(*(xy[edges[:, 0]] - xy[edges[:, 1]]).T)
    dry = ~shapely.intersects(wet, shapely.linestrings(np.stack([xy[edges[:, 0]], xy[edges[:, 1]]], axis=1)))
    patch = np.full(len(xy), -1)
    patch[: len(town)] = np.repeat(np.arange(len(streets)), [len(s.xy) for s in streets])
    p, q = patch[edges[:, 0]], patch[edges[:, 1]]
    edges = edges[dry & (length < 3 * step) & ~((p == q) & (p >= 0))]
    first = np.cumsum([0, *(len(s.xy) for s in streets)])
    grid = [(n + u, n + v, level) for n, each in zip(first.tolist(), streets, strict=False) for u, v, level in each.edges]
    bridges = [(n, n + 1) for n in range(len(town), len(town) + len(heads), 2)]
    added = np.sort(np.array([edge[:2] for edge in grid] + bridges, dtype=np.int64), axis=1)
    ends = xy[np.concatenate([edges, added])]
    hills = 1 + 0.9 * np.clip(waves(chance, length_km=9 * step)(ends.mean(axis=1)) + 0.3, 0, 2)
    hills[len(edges) :] = 1.0
    cost = np.hypot(*(ends[:, 0] - ends[:, 1]).T) * hills
    web = Web(xy, np.concatenate([edges, added]).astype(np.int64), cost, bridges)
    return web, grid


def _bridge_heads(plan: CityPlan, ground: Ground, shape: BaseGeometry) -> Floats:
    """Pairs of points on both banks: two in the town, the trunk's beside it, and a few far along the river."""
    (a, _), (w, _) = plan.town_km, plan.half_km
    found: list[Floats] = []
    for x in sorted({-0.36 * a, 0.42 * a, 1.7 * a, -0.5 * w, 0.62 * w, -0.8 * w}):
        middle, north = ground.water.river.across(float(x))
        reach = ground.water.river.width
        heads = [middle + sign * reach * north for sign in (1, -1)]
        far = all(float(np.hypot(*(heads[0] - other))) > 0.5 * a for other in found)
        if far and all(shapely.contains_xy(shape, *head) for head in heads):
            found += heads
    return np.array(found)


def _links(plan: CityPlan, ground: Ground, web: Web, grid: list[tuple[int, int, int]]) -> None:
    """Trunks, then the streets, then ways between towns, across bridges, and to every village."""
    tree = cKDTree(web.xy)

    def at(spot: Floats) -> int:
        return int(tree.query(spot)[1])

    (a, b), (w, h) = plan.town_km, plan.half_km
    for bridge in web.bridges:
        web.build(list(bridge), SECONDARY)
    trunk_bridge = float(ground.water.river.y(np.array([1.7 * a]))[0])
    for way in ([(-1.1 * w, 0.2 * h), (-a, 1.8 * b), (a, 2.1 * b), (1.1 * w, 0.1 * h)],
                [(0.25 * w, 1.1 * h), (1.65 * a, 1.6 * b), (1.7 * a, trunk_bridge), (0.1 * w, -1.1 * h)]):  # fmt: skip
        stops = [at(np.array(spot)) for spot in way]
        for start, end in pairwise(stops):
            web.link(start, end, TRUNK)
    for a_end, b_end, level in grid:
        web.build([a_end, b_end], level)
    counties = [at(place.seat) for place in ground.tier(6)]
    for county in counties[1:]:
        web.link(county, counties[0], PRIMARY)
    seats = [place.seat for place in ground.tier(9)]
    for u, v in _near(np.array(seats)):
        web.link(at(seats[u]), at(seats[v]), SECONDARY)
    web.join([head for bridge in web.bridges for head in bridge], SECONDARY)
    for bridge in web.bridges:
        for head in bridge:
            web.link(head, counties[0], SECONDARY)
    villages = [place.seat for place in ground.tier(12)]
    web.join([at(seat) for seat in villages], TERTIARY)
    for u, v in _near(np.array(villages))[:LINKS_BETWEEN_VILLAGES]:
        web.link(at(villages[u]), at(villages[v]), TERTIARY)


def _near(seats: Floats) -> list[Edge]:
    """Pairs with nobody nearer to both than they are to each other, shortest first: a connected, sparse web."""
    near = np.asarray(cKDTree(seats).query(seats, k=min(9, len(seats)))[1]).reshape(len(seats), -1)
    pairs = sorted({(min(u, v), max(u, v)) for u, row in enumerate(near.tolist()) for v in row if u != v})
    found = []
    for u, v in pairs:
        gap = float(np.hypot(*(seats[u] - seats[v])))
        nearer = np.maximum(np.hypot(*(seats - seats[u]).T), np.hypot(*(seats - seats[v]).T)) < gap
        if not nearer.any():
            found.append((gap, u, v))
    return [(u, v) for _, u, v in sorted(found)]


def _smooth(web: Web, graph: "nx.Graph[int]", wet: BaseGeometry, *, fixed: int) -> Floats:
    """Soften the corners of open roads, but never into water."""
    xy = web.xy.copy()
    head = fixed + 2 * len(web.bridges)
    free = [(n, *graph[n]) for n in sorted(graph) if n >= head and len(graph[n]) == THROUGH]
    moving, one, other = np.array(free, dtype=np.int64).reshape(-1, 3).T
    for _ in range(4):
        xy[moving] = 0.5 * xy[moving] + 0.25 * (xy[one] + xy[other])
    roads = sorted((min(u, v), max(u, v)) for u, v in graph.edges)
    edges = np.array([edge for edge in roads if edge not in web.bridges])
    for _ in range(12):
        bad = shapely.intersects(wet, shapely.linestrings(xy[edges]))
        if not bad.any():
            break
        back = np.unique(edges[bad])
        back = np.unique(edges[np.isin(edges, back).any(axis=1)])
        xy[back] = web.xy[back]
    return xy


def _arcs(plan: CityPlan, web: Web, edges: set[Edge], number: dict[int, int]) -> list[tuple[int, int, int, bool]]:
    """Both directions of every road, but of a few small streets only one, and those only where one can still go round."""
    chance = plan.chance(8)
    both: list[tuple[int, int, int, bool]] = []
    single: list[tuple[int, int, int, bool]] = []
    for u, v in sorted(edges):
        level = web.road[u, v]
        arc = (number[u], number[v], level, (u, v) in web.bridges)
        one_way = level == RESIDENTIAL and chance.uniform() < ONE_WAY_SHARE
        (single if one_way else both).append(arc)
    arcs = [turned for u, v, level, bridge in both for turned in ((u, v, level, bridge), (v, u, level, bridge))] + single
    u, v = np.array([arc[:2] for arc in arcs]).T
    _, part = connected_components(csr_matrix((np.ones(len(u)), (u, v)), shape=(len(number),) * 2), connection="strong")
    arcs += [(v, u, level, bridge) for u, v, level, bridge in single if part[u] != part[v]]
    return sorted(arcs)
