"""From many places to many: how long it takes from the nearest of them, or from each, by road. WGS-84 degrees in, seconds out."""

from collections.abc import Callable, Sequence

import numpy as np

from geo.kernels.searching import SHUT
from geo.lines import Point, Snap
from geo.network import Network
from geo.partway import doors, part_ms
from geo.raster import Floats, Ids
from geo.reach import Reach
from geo.travel import SNAP_MOST_M, WALK_M_S


def seconds_from(reach: Reach, sources: Sequence[Point], points: Floats) -> Floats:
    """By point (n, 2) seconds from the source that is there first, the ways to and from the road on foot; inf where no road leads.
    One search from all sources together."""
    net = reach.network
    if not len(points) or not sources or not len(net.tails):
        return np.full(len(points), np.inf)
    return _seconds(net, reach.snap(sources), net.snap(points))


def seconds_each(reach: Reach, sources: Sequence[Point], points: Floats, *, goes_on: Callable[[], bool] = lambda: True) -> Floats:
    """(points, sources) seconds, each source by itself; inf where no road leads. Sources for which no time is left (`goes_on`) are
    not among the columns; the first always is."""
    net, count = reach.network, 0
    found = np.full((len(points), len(sources)), np.inf)
    if not len(points) or not sources or not len(net.tails):
        return found
    snap = net.snap(points)
    for at, source in enumerate(sources):
        if at and not goes_on():
            break
        found[:, at] = _seconds(net, reach.snap([source]), snap)
        count = at + 1
    return found[:, :count]


def _seconds(net: Network, begun: Snap, snap: Snap) -> Floats:
    ms = np.minimum(_over_the_net(net, begun, snap), _along_one_road(net, begun, snap))
    seconds = ms / 1000 + snap.off_m / WALK_M_S
    return np.where((ms < SHUT) & (snap.off_m <= SNAP_MOST_M), seconds, np.inf)


def _over_the_net(net: Network, begun: Snap, snap: Snap) -> Floats:
    begin = [
        (node, ms + _walk_ms(float(begun.off_m[at])))
        for at in range(len(begun.arc)) if begun.off_m[at] <= SNAP_MOST_M
        for node, ms, _ in doors(net, begun, at, backward=False)
    ]  # fmt: skip
    found = net.search(np.array([node for node, _ in begin], np.int32), np.array([ms for _, ms in begin], np.int32))
    arc, back_ms = np.maximum(snap.arc, 0), _ms_of(net, snap.back)
    over_tail = part_ms(found.ms[net.tails[arc]], net.ms[arc], snap.along, net.metres[arc])
    over_head = part_ms(found.ms[net.heads[arc]], back_ms, 1 - snap.along, net.metres[arc])
    return np.where(snap.arc >= 0, np.minimum(over_tail, over_head), SHUT).astype(np.float64)


def _along_one_road(net: Network, begun: Snap, snap: Snap) -> Floats:
    """For points on the very road a source comes onto: neither needs to go to its end."""
    found = np.full(len(snap.arc), float(SHUT))
    order = np.argsort(snap.arc, kind="stable")
    first, last = (np.searchsorted(snap.arc[order], begun.arc, side=side) for side in ("left", "right"))
    for at in np.flatnonzero((last > first) & (begun.arc >= 0) & (begun.off_m <= SNAP_MOST_M)).tolist():
        own = order[first[at] : last[at]]
        ahead = snap.along[own] - begun.along[at]
        ms = np.where(ahead >= 0, net.ms[snap.arc[own]], _ms_of(net, snap.back[own]))
        took = part_ms(_walk_ms(float(begun.off_m[at])), ms, np.abs(ahead), net.metres[snap.arc[own]])
        found[own] = np.minimum(found[own], took)
    return found


def _ms_of(net: Network, arcs: Ids) -> Ids:
    return np.where(arcs >= 0, net.ms[arcs], SHUT).astype(np.int32)


def _walk_ms(metres: float) -> int:
    return round(metres / WALK_M_S * 1000)
