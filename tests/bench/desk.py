"""The desk and the phone in a real Chromium: input under load, memory over a shift, what comes over the wire.

Teams of the product stand at their bases: it shows no positions on the way yet. So what moves here is made by the bench: each diff puts
twenty teams elsewhere and in another state, between the real server and the page, which cannot tell. The server's own diffs are held
back meanwhile, for their positions would interleave.
"""

import gzip
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, WebSocketRoute
from websockets.sync.client import connect

from tests.bench.desk_server import INCIDENTS, TEAMS
from tests.bench.figures import Figure
from tests.bench.ring import free_port, serving
from tests.browser.seats import CHROMIUM, DESK, PHONE, chromium, without_webgl

DIFFS_PER_S, UNITS_A_DIFF, TYPED_S = 20, 20, 20
SHIFT_S, SHIFT_MOST_S = 8 * 3600, 240
"""Eight hours at one diff a second; the bench stops sooner when the page takes longer than this to swallow them."""
HEAP_LOOKS = 12
SLOW = {"offline": False, "latency": 600, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SLOWED_CPU = 6
WATCH = """
window.seen = { delays: [], tasks: [] }
new PerformanceObserver((list) => { for (const each of list.getEntries())
  if (['keydown', 'pointerdown', 'click', 'input'].includes(each.name)) seen.delays.push(each.processingStart - each.startTime, each.duration)
}).observe({ type: 'event', durationThreshold: 16, buffered: true })
new PerformanceObserver((list) => { for (const each of list.getEntries()) seen.tasks.push(each.duration) }).observe({ type: 'longtask' })
window.frame = () => new Promise((done) => { const from = performance.now(); requestAnimationFrame(() => setTimeout(() => done(performance.now() - from))) })
"""


class Moving:
    """A feed between server and page: the first picture is the server's, all that moves afterwards is ours."""

    def __init__(self, topic: str) -> None:
        self._topic = topic
        self._route: WebSocketRoute | None = None
        self._teams: list[tuple[str, dict[str, Any]]] = []
        self._at = self._position = 0
        self._epoch = ""

    def join(self, route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        self._route = route
        server.on_message(self._hear)

    def _hear(self, text: str | bytes) -> None:
        message = json.loads(text)
        if message["type"] == "snapshot" and message["topic"] == self._topic:
            self._epoch, self._position = message["epoch"], message["position"]
            self._teams = [(id_, item) for id_, item in sorted(message["items"].items()) if id_.startswith("team/")]
        if message["type"] != "diff" and self._route is not None:
            self._route.send(text if isinstance(text, str) else text.decode())

    def move(self) -> None:
        """One diff."""
        assert self._route is not None
        put = {}
        for _ in range(UNITS_A_DIFF):
            id_, team = self._teams[self._at % len(self._teams)]
            self._at += 1
            team["lon"] += 0.0007 if self._at % 2 else -0.0007
            team["state"] = ("on_way", "on_scene", "available")[self._at % 3]
            put[id_] = team
        diff = {
            "type": "diff",
            "topic": self._topic,
            "epoch": self._epoch,
            "from": self._position,
            "position": self._position + 1,
            "put": put,
            "drop": [],
        }
        self._position += 1
        self._route.send(json.dumps(diff))


def run() -> list[Figure]:
    """All figures of this group; none without a Chromium or the built pages."""
    if CHROMIUM is None:
        sys.stdout.write("没有 Chromium，未测 · no Chromium here, nothing was measured\n")
        return []
    with TemporaryDirectory() as name, _city(Path(name)) as (address, told), chromium() as browser:
        sys.stdout.write(
            f"{INCIDENTS} incidents, {told['stations']:,} stations, {told['teams']:,} teams of {TEAMS:,}; moves are made by the bench "
            "(the product shows no positions on the way)\n"
        )
        found = [*_first_picture(address, told), *_under_load(browser, address, told, "software_gl")]
        with without_webgl(browser) as plain:  # what the page itself costs, apart from a map drawn without a graphics card
            found += [*_under_load(plain, address, told, "no_map"), *_over_a_shift(plain, address, told)]
        return [*found, *_on_a_slow_line(browser, address, told)]


@contextmanager
def _city(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    port = free_port()
    with serving(["-m", "tests.bench.desk_server", str(folder), str(port)], {}, port) as (_, address):
        yield address, json.loads((folder / "told.json").read_text("utf-8"))


def _first_picture(address: str, told: dict[str, Any]) -> list[Figure]:
    """Bytes of the board's first frame, once all incidents stand on it."""
    until = time.monotonic() + 120
    while True:
        host = address.removeprefix("http://")
        headers = {"cookie": f"muster_desk={told['officer']}", "origin": address}
        with connect(f"ws://{host}/api/v1/feed", additional_headers=headers, max_size=None, compression=None) as desk:
            desk.send(json.dumps({"type": "follow", "topic": told["topic"]}))
            while not (text := str(desk.recv())).startswith('{"type":"snapshot"'):
                continue
        if text.count('"incident/') >= INCIDENTS or time.monotonic() > until:
            break
        time.sleep(1)
    sent, packed = len(text.encode()), len(gzip.compress(text.encode(), 6))
    return [Figure("desk_first_picture_kb", sent / 1000, "kB", "the same, gzip", packed / 1000, "100 on the wire")]


def _under_load(browser: Browser, address: str, told: dict[str, Any], how: str) -> list[Figure]:
    page, feed = _desk(browser, address, told)
    for step in _paced(TYPED_S, DIFFS_PER_S):
        feed.move()
        if step % 10 == 0:
            page.keyboard.press("j")
        if step % 10 == 5:
            page.mouse.click(200, 300 + 40 * (step % 7))
    seen = page.evaluate("seen")
    delays, tasks = sorted(seen["delays"]) or [0.0], seen["tasks"] or [0.0]
    idle = page.evaluate("frame()")
    page.context.close()
    p95 = delays[min(int(len(delays) * 0.95), len(delays) - 1)]
    return [
        Figure(f"desk_input_p95_ms_{how}", p95, "ms", "a frame at rest", idle, "100"),
        Figure(f"desk_longest_task_ms_{how}", max(tasks), "ms", "tasks over 50 ms, n", len(tasks), "none over 100"),
    ]


def _over_a_shift(browser: Browser, address: str, told: dict[str, Any]) -> list[Figure]:
    """Heap after collection, over a shift's diffs as fast as the page takes them; its growth from the second quarter to the last."""
    page, feed = _desk(browser, address, told)
    cdp = page.context.new_cdp_session(page)
    began, heaps, sent = time.monotonic(), [_heap(cdp)], 0
    every = SHIFT_S // HEAP_LOOKS
    while sent < SHIFT_S and time.monotonic() - began < SHIFT_MOST_S:
        feed.move()
        sent += 1
        if sent % 25 == 0:
            page.evaluate("frame()")  # it has taken them in
        if sent % every == 0:
            heaps.append(_heap(cdp))
    if len(heaps) < HEAP_LOOKS:
        heaps.append(_heap(cdp))
    page.context.close()
    settled = heaps[max(len(heaps) // 4, 1) :]
    sys.stdout.write(f"heap, MB: {' '.join(f'{each:.1f}' for each in heaps)} ({sent:,} of {SHIFT_S:,} diffs of a shift)\n")
    return [Figure("desk_heap_growth_mb", settled[-1] - settled[0], "MB", "heap at the end", heaps[-1], "flat")]


def _heap(cdp: CDPSession) -> float:
    for _ in range(2):
        cdp.send("HeapProfiler.collectGarbage")
    return float(cdp.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


def _desk(browser: Browser, address: str, told: dict[str, Any]) -> tuple[Page, Moving]:
    feed = Moving(told["topic"])
    context = browser.new_context(viewport=DESK, locale="zh-CN")  # type: ignore[arg-type]
    context.add_cookies([{"name": "muster_desk", "value": told["officer"], "url": f"{address}/api/v1"}])
    context.add_init_script(WATCH)
    page = context.new_page()
    page.route_web_socket("**/api/v1/feed", feed.join)
    page.goto(address)
    page.wait_for_selector("[data-link=live] [data-row]", timeout=120_000)
    page.evaluate("seen.delays.length = seen.tasks.length = 0")
    return page, feed


def _paced(lasting_s: float, per_s: int) -> Iterator[int]:
    began = time.monotonic()
    for step in range(round(lasting_s * per_s)):
        if (wait := began + step / per_s - time.monotonic()) > 0:
            time.sleep(wait)
        yield step


def _on_a_slow_line(browser: Browser, address: str, told: dict[str, Any]) -> list[Figure]:
    """A leader's page, signed in, nothing cached: until it says how the leader stands."""
    context = browser.new_context(viewport=PHONE, locale="zh-CN")  # type: ignore[arg-type]
    context.add_cookies([{"name": "muster_phone", "value": told["person"], "url": f"{address}/api/v1/me"}])
    page = context.new_page()
    cdp = context.new_cdp_session(page)
    bytes_: list[float] = []
    cdp.on("Network.loadingFinished", lambda told_: bytes_.append(told_["encodedDataLength"]))
    cdp.send("Network.enable")
    cdp.send("Network.emulateNetworkConditions", SLOW)
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED_CPU})
    began = time.monotonic()
    page.goto(f"{address}/phone", wait_until="commit", timeout=120_000)
    page.wait_for_selector("main h2", timeout=120_000)
    useful = time.monotonic() - began
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0") / 1000
    context.close()
    return [
        Figure("phone_useful_paint_s", useful, "s", "first contentful paint", painted, "3"),
        Figure("phone_transferred_kb", sum(bytes_) / 1000, "kB", "aim", 150, "150 before the map"),
    ]
