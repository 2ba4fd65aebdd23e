"""Ways that begin and end in the middle of a road: where one comes onto the net of roads, and what a part of a road costs.

Where it may not be driven only its last steps, on foot. Whole milliseconds, metres.
"""

from typing import NamedTuple

import numpy as np

from geo.kernels.searching import SHUT
from geo.lines import Point, Snap
from geo.metric import pairs_m
from geo.network import Found, Network
from geo.raster import Floats, Ids, Ints
from geo.travel import WALK_M_S

AT_JUNCTION_M = 10.0
"""So near to its end one is at the junction, whichever way the road may be driven, and also where it is shut."""
BY_HEAD, STAYS = 0, 2
"""How one leaves the road one comes onto: over its end, over its beginning, or not at all."""


class Ends(NamedTuple):
    """A place on the roads, and what was found from or to it: by node milliseconds, the arc that led there, metres."""

    snap: Snap
    found: Found
    metres: Floats


def ends_of(net: Network, snap: Snap, *, backward: bool) -> Ends:
    """From the first of the points, `backward` to it: a search that begins in the middle of an arc, at the node behind it and, where one may turn, at the one before it."""
    begun, at = np.zeros(len(net.lonlat)), doors(net, snap, 0, backward=backward)
    nodes, costs = [node for node, _, _ in at], [ms for _, ms, _ in at]
    for node, _, metres in at:
        begun[node] = metres
    found = net.search(np.array(nodes, np.int32), np.array(costs, np.int32), backward=backward)
    return Ends(snap, found, net.metres_along(found, begun, backward=backward))


def around(net: Network, place: Point, most_m: float) -> Ends:
    """To every junction within `most_m` of a place, and from there to it on foot: for a place that no road leads to. It is on no road."""
    gaps = pairs_m(net.lonlat, np.array([place])) if len(net.lonlat) else np.empty(0)
    near = np.flatnonzero(gaps <= most_m).astype(np.int32)
    found = net.search(near, np.rint(gaps[near] / WALK_M_S * 1000).astype(np.int32), backward=True)
    nowhere = Snap(np.full(1, -1, np.int32), np.full(1, -1, np.int32), np.zeros(1), np.zeros(1))
    return Ends(nowhere, found, net.metres_along(found, gaps, backward=True))


def doors(net: Network, snap: Snap, at: int, *, backward: bool) -> list[tuple[int, int, float]]:
    """(node, milliseconds, metres): where one comes onto the net from that of the points, or leaves it for it."""
    arc, back, along = int(snap.arc[at]), int(snap.back[at]), float(snap.along[at])
    if arc < 0:
        return []
    over_tail, over_head = (arc, back) if backward else (back, arc)
    found = []
    for node, over, share in ((net.tails[arc], over_tail, along), (net.heads[arc], over_head, 1 - along)):
        metres = share * float(net.metres[arc])
        if over >= 0 and net.ms[over] < SHUT:
            found.append((int(node), round(share * int(net.ms[over])), metres))
        elif metres <= AT_JUNCTION_M:
            found.append((int(node), round(metres / WALK_M_S * 1000), metres))
    return found


def part_ms(begun: Ids | int, ms: Ids, share: Floats, metres: Floats) -> Ints:
    """Milliseconds so far and those of a share of an arc; where it may not be driven only its last steps, on foot. SHUT: no way."""
    walked = np.where(share * metres <= AT_JUNCTION_M, share * metres / WALK_M_S * 1000, SHUT)
    more = np.rint(np.where(ms < SHUT, ms * share, walked)).astype(np.int64)
    return np.where((more < SHUT) & (np.asarray(begun) < SHUT), np.minimum(begun + more, SHUT), SHUT)
