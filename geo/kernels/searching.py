"""Quickest ways over the arcs of a network, in whole milliseconds."""

import numpy as np

from geo.kernels.jit import jit

NODE_BITS = 26
"""Room for sixty million nodes beside a time in the same number: a heap of numbers is far quicker than one of pairs."""
_NODE = (1 << NODE_BITS) - 1
SHUT = (1 << 31) - 1
"""Milliseconds nobody travels, 24 days: an arc that is shut, a node that was not reached."""


@jit
def search(starts, heads, arc_ms, sources, costs_ms, most_ms, reached_ms, before, heap):
    """Dijkstra from `sources` at their `costs_ms` up to `most_ms`. `reached_ms` (all SHUT) and `before` (all -1) are filled in: times, and
    the arc that leads there. `most_ms` is below SHUT. `heap`: room for a number an arc and source. Returns the nodes settled, in order of
    time, ties by number: the same on every machine."""
    settled = np.empty(1024, np.int32)
    done = size = 0
    for n in range(sources.shape[0]):
        if costs_ms[n] <= most_ms and costs_ms[n] < reached_ms[sources[n]]:
            reached_ms[sources[n]] = costs_ms[n]
            _push(heap, size, np.int64(costs_ms[n]) << NODE_BITS | sources[n])
            size += 1
    while size:
        top = heap[0]
        size -= 1
        _pop(heap, size)
        node, cost = top & _NODE, top >> NODE_BITS
        if cost > reached_ms[node]:
            continue  # a quicker way was found meanwhile
        if done == settled.shape[0]:
            longer = np.empty(done * 2, np.int32)
            longer[:done] = settled
            settled = longer
        settled[done] = node
        done += 1
        for arc in range(starts[node], starts[node + 1]):
            there = cost + arc_ms[arc]
            head = heads[arc]
            if there <= most_ms and there < reached_ms[head]:
                reached_ms[head] = there
                before[head] = arc
                _push(heap, size, there << NODE_BITS | head)
                size += 1
    return settled[:done]


@jit
def _push(heap, at, key):
    while at:
        parent = (at - 1) >> 2
        if heap[parent] <= key:
            break
        heap[at] = heap[parent]
        at = parent
    heap[at] = key


@jit
def _pop(heap, size):
    """The last of `size + 1` numbers takes the place of the first."""
    key, at = heap[size], 0
    while True:
        child = (at << 2) + 1
        if child >= size:
            break
        least, value = child, heap[child]
        for other in range(child + 1, min(child + 4, size)):
            if heap[other] < value:
                least, value = other, heap[other]
        if value >= key:
            break
        heap[at] = value
        at = least
    heap[at] = key


@jit
def along(settled, before, tails, arc_m, metres):
    """Metres of each settled node's way, in the order they were settled; `metres` begins with those of the sources, and is filled in."""
    for n in range(settled.shape[0]):
        node = settled[n]
        arc = before[node]
        if arc >= 0:
            metres[node] = metres[tails[arc]] + arc_m[arc]
