"""Who can be where, and when: many to one place, one place to all, ways as lines, and how near one comes where no road leads.

Off the road one walks. WGS-84 degrees in; whole metres and seconds out.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from geo.kernels.searching import SHUT
from geo.lines import Snap
from geo.metric import pairs_m
from geo.network import Found, Network
from geo.plane import Plane
from geo.raster import Floats, Ids, Ints
from geo.travel import CAR_M_S, NO_ROAD, SNAP_MOST_M, WALK_M_S, Trip, straight_line

SEARCHES_HELD = 64
AT_JUNCTION_M = 10.0
"""So near to its end one is at the junction, whichever way the road may be driven, and also where it is shut."""
_BY_HEAD, _STAYS = 0, 2
"""How one leaves the road one comes onto: over its end, over its beginning, or not at all."""
SNAPS_HELD = 100_000
Point = tuple[float, float]


class Way(NamedTuple):
    """A way by road as (lon, lat), with the name of the road that begins at each; ms and metres on it. `arrives`: False where no road
    leads to the place, `points` then end where the roads come nearest to it, `short_m` metres away."""

    points: list[Point]
    names: list[str]
    metres: int
    seconds: int
    arrives: bool
    short_m: int


class Ends(NamedTuple):
    """A place on the roads, and what was found from or to it: by node milliseconds, the arc that led there, metres."""

    snap: Snap
    found: Found
    metres: Floats


class Reach:
    """Over one network. What is asked again is held: a wave asks for one place several times, always from the same bases."""

    def __init__(
        self, network: Network, *, straight_m_s: float = CAR_M_S, snapped: dict[Point, tuple[int, int, float, float]] | None = None
    ) -> None:  # fmt: skip
        """`straight_m_s`: along a straight line, where no road leads; `snapped`: where points were found to come onto these roads before."""
        self.network = network
        self._straight_m_s = straight_m_s
        self._held: dict[Point, Ends] = {}
        self._snapped = snapped if snapped is not None else {}

    def without(self, arcs: Ids) -> "Reach":
        """The same where these arcs are shut; one comes onto them at the same places."""
        return Reach(self.network.without(arcs), straight_m_s=self._straight_m_s, snapped=dict(self._snapped))

    def __call__(self, origins: Sequence[Point], place: Point) -> list[Trip]:
        """From each origin to the place; where no road leads, a straight line that says so."""
        if not origins:
            return []
        ends, snap = self.to(place), self.snap(origins)
        ms, metres, _ = self._least(snap, ends)
        off_m = snap.off_m + ends.snap.off_m[0]
        by_road = (ms < SHUT) & (np.maximum(snap.off_m, ends.snap.off_m[0]) <= SNAP_MOST_M)
        seconds = np.where(by_road, ms / 1000 + off_m / WALK_M_S, 0)
        found = [
            Trip(round(m), round(s), self.network.source)
            for m, s in zip(np.where(by_road, metres + off_m, 0).tolist(), seconds.tolist(), strict=True)
        ]
        for lost in map(int, np.flatnonzero(~by_road)):
            found[lost] = straight_line([origins[lost]], place, speed_m_s=self._straight_m_s)[0]._replace(source=NO_ROAD)
        return found

    def way(self, origin: Point, place: Point) -> Way | None:
        """The quickest way by road; where none leads there, as near as one comes. None: not even the origin is near a road."""
        ends, snap = self.to(place), self.snap([origin])
        if snap.arc[0] < 0 or snap.off_m[0] > SNAP_MOST_M:
            return None
        ms, metres, option = self._least(snap, ends)
        if ms[0] < SHUT and ends.snap.off_m[0] <= SNAP_MOST_M:
            points, names = self._traced(snap, ends, int(option[0]))
            return Way(points, names, round(metres[0]), round(ms[0] / 1000), arrives=True, short_m=round(ends.snap.off_m[0]))
        return self._as_near(snap, place)

    def to(self, place: Point) -> Ends:
        """Everything's way to a place."""
        held = self._held.get(place)
        if held is None:
            if len(self._held) >= SEARCHES_HELD:
                self._held.clear()
            held = self._held[place] = self._ends(self.snap([place]), backward=True)
        return held

    def snap(self, points: Sequence[Point]) -> Snap:
        """Bases stay where they are: they are looked for once."""
        lacking = [point for point in dict.fromkeys(points) if point not in self._snapped]
        if len(self._snapped) + len(lacking) > SNAPS_HELD:
            self._snapped, lacking = {}, list(dict.fromkeys(points))
        if lacking:
            found = self.network.snap(np.asarray(lacking, np.float64))
            rows = zip(found.arc.tolist(), found.back.tolist(), found.along.tolist(), found.off_m.tolist(), strict=True)
            self._snapped |= zip(lacking, rows, strict=True)
        arc, back, along, off_m = zip(*(self._snapped[point] for point in points), strict=True)
        return Snap(np.array(arc, np.int32), np.array(back, np.int32), np.array(along), np.array(off_m))

    def _ends(self, snap: Snap, *, backward: bool, most_ms: int = SHUT - 1) -> Ends:
        """A search that begins in the middle of an arc: at the node behind it and, where one may turn, at the one before it."""
        net, begun = self.network, np.zeros(len(self.network.lonlat))
        doors = self.doors(snap, 0, backward=backward)
        nodes, costs = [node for node, _, _ in doors], [ms for _, ms, _ in doors]
        for node, _, metres in doors:
            begun[node] = metres
        found = net.search(np.array(nodes, np.int32), np.array(costs, np.int32), most_ms=most_ms, backward=backward)
        return Ends(snap, found, net.metres_along(found, begun, backward=backward))

    def doors(self, snap: Snap, at: int, *, backward: bool) -> list[tuple[int, int, float]]:
        """(node, milliseconds, metres): where one comes onto the net from that of the points, or leaves it for it."""
        net, arc, back, along = self.network, int(snap.arc[at]), int(snap.back[at]), float(snap.along[at])
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

    def _least(self, snap: Snap, ends: Ends) -> tuple[Ids, Floats, Ids]:
        """From each point to the ends: milliseconds, metres, and how."""
        net, on = self.network, snap.arc >= 0
        arc, back, along = np.where(on, snap.arc, 0), snap.back, snap.along
        if not len(net.tails):
            return np.full(len(on), SHUT, np.int32), np.zeros(len(on)), np.zeros(len(on), np.int32)
        back_ms = np.where(back >= 0, net.ms[back], SHUT)
        by_head = part_ms(ends.found.ms[net.heads[arc]], net.ms[arc], 1 - along, net.metres[arc])
        by_tail = part_ms(ends.found.ms[net.tails[arc]], back_ms, along, net.metres[arc])
        same, ahead = on & (arc == ends.snap.arc[0]), ends.snap.along[0] - along
        stays = np.where(
            same & (ahead >= 0), part_ms(0, net.ms[arc], np.abs(ahead), net.metres[arc]),
            np.where(same, part_ms(0, back_ms, np.abs(ahead), net.metres[arc]), SHUT),
        )  # fmt: skip
        options = np.where(on, np.stack((by_head, by_tail, stays)), SHUT)
        option = options.argmin(axis=0)
        metres = np.stack((
            ends.metres[net.heads[arc]] + (1 - along) * net.metres[arc], ends.metres[net.tails[arc]] + along * net.metres[arc],
            np.abs(ahead) * net.metres[arc],
        ))  # fmt: skip
        each = np.arange(len(on))
        return options[option, each], metres[option, each], option.astype(np.int32)

    def _traced(self, snap: Snap, ends: Ends, option: int) -> tuple[list[Point], list[str]]:
        """Point by point from where the origin comes onto the roads to where one leaves them for the place."""
        net, arc, along = self.network, int(snap.arc[0]), float(snap.along[0])
        until, end_arc = float(ends.snap.along[0]), int(ends.snap.arc[0])
        if option == _STAYS:
            return self._part(arc, along, until)
        points, names = self._part(arc, along, 1.0 if option == _BY_HEAD else 0.0)
        node = int(net.heads[arc] if option == _BY_HEAD else net.tails[arc])
        while (onward := int(ends.found.arc[node])) >= 0:
            more, called = self._part(onward, 0.0, 1.0)
            points, names, node = points + more[1:], names[:-1] + called, int(net.heads[onward])
        last, called = self._part(end_arc, 0.0 if node == int(net.tails[end_arc]) else 1.0, until)
        return points + last[1:], names[:-1] + called

    def _part(self, arc: int, start: float, end: float) -> tuple[list[Point], list[str]]:
        """A part of an arc, also against its direction, and its name at each point."""
        points = part_of(self.network.line_of(arc), start, end, self.network.plane)
        return points, [self.network.name_of(arc)] * len(points)

    def _as_near(self, snap: Snap, place: Point) -> Way | None:
        from_origin = self._ends(snap, backward=False)
        if not len(from_origin.found.settled):
            return None
        reached = from_origin.found.settled
        gaps = pairs_m(self.network.lonlat[reached], np.array([place]))
        at = int(np.argmin(gaps))
        node, points, names = int(reached[at]), list[Point](), list[str]()
        seconds, metres = int(from_origin.found.ms[node]) / 1000, float(from_origin.metres[node])
        while (arc := int(from_origin.found.arc[node])) >= 0:
            line, called = self._part(arc, 0.0, 1.0)
            points, names, node = (
                line[:-1] + points if points else line,
                called[:-1] + names if names else called,
                int(self.network.tails[arc]),
            )
        first, called = self._part(
            int(snap.arc[0]), float(snap.along[0]), 1.0 if node == int(self.network.heads[snap.arc[0]]) else 0.0
        )
        return Way(
            first + points[1:], called + names[1:], round(metres), round(seconds), arrives=False, short_m=round(float(gaps[at]))
        )


def part_ms(begun: Ids | int, ms: Ids, share: Floats, metres: Floats) -> Ints:
    """Milliseconds so far and those of a share of an arc; where it may not be driven only its last steps, on foot. SHUT: no way."""
    walked = np.where(share * metres <= AT_JUNCTION_M, share * metres / WALK_M_S * 1000, SHUT)
    more = np.rint(np.where(ms < SHUT, ms * share, walked)).astype(np.int64)
    return np.where((more < SHUT) & (np.asarray(begun) < SHUT), np.minimum(begun + more, SHUT), SHUT)


def part_of(line: Sequence[Point], start: float, end: float, plane: Plane) -> list[Point]:
    """The piece of a line between two shares of its length, in that order; lengths in the plane, as it was snapped."""
    if start > end:
        return part_of(line, end, start, plane)[::-1]
    if (start, end) == (0.0, 1.0):
        return list(line)
    points = plane.metres(np.asarray(line, np.float64))
    run = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))))
    low, high = start * run[-1], end * run[-1]
    inner = points[(run > low) & (run < high)]
    ends = [[np.interp(at, run, points[:, axis]) for axis in (0, 1)] for at in (low, high)]
    return [(lon, lat) for lon, lat in plane.degrees(np.vstack(([ends[0]], inner, [ends[1]]))).tolist()]
