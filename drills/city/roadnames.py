"""What the made-up roads are called: a road is what one follows without turning; a street of a town, or a road between two places."""

from collections.abc import Mapping

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from drills.city.ground import Ground, Place
from drills.city.names import places
from drills.city.plan import CityPlan, Floats
from drills.city.streets import PRIMARY, RESIDENTIAL, SECONDARY, TERTIARY, TRUNK

Edge = tuple[int, int]
_FIRST = ("人民", "解放", "建设", "中山", "文化", "新华", "胜利", "和平")
_MORE = (
    "团结", "友谊", "光明", "幸福", "朝阳", "体育", "东风", "红旗", "青年", "劳动", "前进", "民主", "复兴", "振兴", "兴隆", "永安", "长安", "太平", "平安", "康乐", "育才",
    "书院", "鼓楼", "迎宾", "工农", "繁荣", "向阳", "春晖", "长青", "广场",
)  # fmt: skip
_STREET = {TRUNK: "大道", PRIMARY: "大道", SECONDARY: "路", TERTIARY: "街"}
_BETWEEN = {TRUNK: "公路", PRIMARY: "公路", SECONDARY: "公路", TERTIARY: "路"}
STRAIGHT_DEG, OTHER_CLASS_DEG = 45.0, 30.0
"""A road goes on where it bends less; one of another class only where it bends that much less."""
LEAST_KM = 0.15


def road_names(
    plan: CityPlan, ground: Ground, *, xy: Floats, level: Mapping[Edge, int], town_of: Mapping[int, int]
) -> dict[Edge, str]:
    """By edge (u < v); "" of small streets and of what is too short. `xy`: of nodes in km; `level`: of edges; `town_of`: of nodes in streets."""
    edges = sorted(edge for edge, each in level.items() if each > RESIDENTIAL)
    ways = _ways(edges, level, xy)
    villages, towns = (_Seats(ground.tier(digits)) for digits in (12, 9))
    found: dict[Edge, str] = {}
    lists: dict[int, list[str]] = {}
    used: set[str] = set()
    chance = plan.chance(15)
    for way in ways:
        length = sum(_km(xy, edge) for edge in way)
        if length < LEAST_KM:
            continue
        kind = max(level[edge] for edge in way)
        inside = [town_of[node] for edge in way for node in edge if node in town_of]
        if len(inside) > len(way):
            town = max(sorted(set(inside)), key=inside.count)
            left = lists.setdefault(town, _street_names(chance))
            name = left.pop(0) + _STREET[kind] if left else ""
        else:
            seats = villages if kind == TERTIARY else towns
            ends = [seats.nearest(xy[node]) for node in _ends(way)]
            name = _between(ends, kind, used)
            used.add(name)
        found |= dict.fromkeys(way, name)
    return {edge: found.get(edge, "") for edge in level}


def _ways(edges: list[Edge], level: Mapping[Edge, int], xy: Floats) -> list[list[Edge]]:
    """What goes on without turning, the longest first: at each junction the two that bend least belong together, then the next two."""
    at: dict[int, list[int]] = {}
    for n, (u, v) in enumerate(edges):
        at.setdefault(u, []).append(n)
        at.setdefault(v, []).append(n)
    joined: list[tuple[int, int]] = []
    for node in sorted(at):
        bends = sorted(
            (_bend(xy, node, edges[a], edges[b]) + OTHER_CLASS_DEG * (level[edges[a]] != level[edges[b]]), a, b)
            for a in at[node] for b in at[node] if a < b
        )  # fmt: skip
        taken: set[int] = set()
        for bend, a, b in bends:
            if bend < STRAIGHT_DEG and not taken & {a, b}:
                taken |= {a, b}
                joined.append((a, b))
    ones, others = np.array(joined, np.int64).reshape(-1, 2).T
    size = len(edges)
    _, part = connected_components(csr_matrix((np.ones(len(ones)), (ones, others)), shape=(size, size)), directed=False)
    ways: dict[int, list[Edge]] = {}
    for n, edge in enumerate(edges):
        ways.setdefault(int(part[n]), []).append(edge)
    return sorted(ways.values(), key=lambda way: (-round(sum(_km(xy, edge) for edge in way), 6), way))


def _bend(xy: Floats, node: int, one: Edge, other: Edge) -> float:
    """Degrees away from straight on, from one edge into another at a node they share."""
    a, b = (xy[edge[0] + edge[1] - node] - xy[node] for edge in (one, other))
    cosine = float(a @ b / (np.hypot(*a) * np.hypot(*b) + 1e-12))
    return float(np.degrees(np.arccos(np.clip(-cosine, -1.0, 1.0))))


def _ends(way: list[Edge]) -> list[int]:
    """Where a road begins and ends; of a ring one place."""
    nodes = [node for edge in way for node in edge]
    loose = sorted(node for node in set(nodes) if nodes.count(node) == 1)
    return [loose[0], loose[-1]] if loose else [min(nodes)]


def _street_names(chance: np.random.Generator) -> list[str]:
    more = [_MORE[at] for at in chance.permutation(len(_MORE)).tolist()]
    return [*_FIRST, *more, *(name for name, _ in places(chance, homes=False))]


def _between(ends: list[str], kind: int, used: set[str]) -> str:
    """高桥 and 石塘: 高石公路; where that is taken, or both ends are one place, by the whole names."""
    bare = [name[:2] for name in ends]
    short = "".join(name[0] for name in bare) + _BETWEEN[kind]
    if len(set(bare)) > 1 and bare[0][0] != bare[1][0] and short not in used:
        return short
    return "".join(dict.fromkeys(bare)) + _BETWEEN[kind]


class _Seats:
    """Places of one tier by where they lie."""

    def __init__(self, places: list[Place]) -> None:
        self._names = [place.name for place in places]
        self._tree = cKDTree(np.array([place.seat for place in places]))

    def nearest(self, spot: Floats) -> str:
        return self._names[int(self._tree.query(spot)[1])]


def _km(xy: Floats, edge: Edge) -> float:
    return float(np.hypot(*(xy[edge[0]] - xy[edge[1]])))
