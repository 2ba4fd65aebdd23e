"""The desk and the phone in a real Chromium: input under load, memory over a shift, what comes over the wire.

Phones send no positions: what changes of five thousand teams is how they stand. So twenty times a second the bench tells of twenty
teams that they stand otherwise, between the real server and the page, which cannot tell. The server's own diffs go on between them,
renumbered. A delay is the time from a press until the screen shows what came of it.

A loaded machine makes every delay longer, and a map drawn without a graphics card more so. So beside each delay stands that of a page
of nothing but such a map, in the same run, and what the desk's main thread computes is counted in its own time of the processor.
"""

import gzip
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import Request, urlopen

from playwright.sync_api import Browser, CDPSession, Page, WebSocketRoute
from websockets.sync.client import ClientConnection, connect

from tests.bench.bare_map import move, open_bare_map
from tests.bench.desk_server import INCIDENTS, LEFT_MIN, TEAMS
from tests.bench.figures import Figure
from tests.bench.ring import free_port, serving
from tests.browser.seats import CHROMIUM, DESK, PHONE, chromium, without_webgl
from tests.feed.kit import opened

DIFFS_PER_S, UNITS_A_DIFF, TYPED_S = 20, 20, 20
SHIFT_S, SHIFT_MOST_S = 8 * 3600, 240
"""Eight hours at one diff a second; the bench stops sooner when the page takes longer than this to swallow them."""
HEAP_LOOKS = 12
LONG_MS = 50
SLOW = {"offline": False, "latency": 600, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SLOWED_CPU = 6
WATCH = """
window.seen = { delays: [], tasks: [] }
new PerformanceObserver((list) => { for (const each of list.getEntries())
  if (['keydown', 'pointerdown', 'click', 'input'].includes(each.name)) seen.delays.push(each.duration)
}).observe({ type: 'event', durationThreshold: 16, buffered: true })
new PerformanceObserver((list) => { for (const each of list.getEntries()) seen.tasks.push(each.duration) }).observe({ type: 'longtask' })
window.frame = () => new Promise((done) => { const from = performance.now(); requestAnimationFrame(() => setTimeout(() => done(performance.now() - from))) })
"""


class Moving:
    """A feed between server and page: what moves there is the server's and ours, one after the other."""

    def __init__(self, topic: str, teams: list[str]) -> None:
        self._topic = topic
        self._teams = teams
        self._route: WebSocketRoute | None = None
        self._at = self._position = 0
        self._epoch = ""
        self.items: set[str] = set()
        """What the page has of the board, but for how teams stand."""

    def join(self, route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        self._route = route
        server.on_message(self._hear)

    def _hear(self, frame: str | bytes) -> None:
        message = opened(frame)
        if message["type"] == "snapshot" and message["topic"] == self._topic:
            self._epoch, self._position, self.items = message["epoch"], message["position"], _but_teams(message["items"])
        if message["type"] == "diff" and message["topic"] == self._topic:
            self._tell(message["put"], message["drop"])
        elif self._route is not None:
            self._route.send(frame)

    def move(self) -> None:
        """One diff."""
        put = {}
        for _ in range(UNITS_A_DIFF):
            self._at += 1
            put[f"team/{self._teams[self._at % len(self._teams)]}"] = {"state": ("on_way", "on_scene", "available")[self._at % 3]}
        self._tell(put, [])

    def _tell(self, put: dict[str, Any], drop: list[str]) -> None:
        """The next change of the topic, whosever it is."""
        assert self._route is not None
        diff = {
            "type": "diff", "topic": self._topic, "epoch": self._epoch, "from": self._position, "position": self._position + 1,
            "put": put, "drop": drop,
        }  # fmt: skip
        self._position += 1
        self.items = self.items.union(_but_teams(put)).difference(drop)
        self._route.send(json.dumps(diff))


def _but_teams(names: Iterable[str]) -> set[str]:
    return {name for name in names if not name.startswith("team/")}


def run() -> list[Figure]:
    """All figures of this group; none without a Chromium or the built pages."""
    if CHROMIUM is None:
        sys.stdout.write("没有 Chromium，未测 · no Chromium here, nothing was measured\n")
        return []
    with TemporaryDirectory() as name, _city(Path(name)) as (address, told), chromium() as browser:
        sys.stdout.write(
            f"{INCIDENTS} incidents, {told['stations']:,} stations, {told['teams']:,} teams of {TEAMS:,} that stand otherwise "
            f"{DIFFS_PER_S} x {UNITS_A_DIFF} times a second (the product has no positions of units on the way)\n"
        )
        teams = _team_list(address, told)
        told["ids"] = [team["id"] for team in json.loads(gzip.decompress(teams))["teams"]]
        found = [
            *_first_picture(address, told),
            Figure("desk_team_list_kb", len(teams) / 1000, "kB", "teams", told["teams"], "once a browser"),
        ]
        bare = _bare_map(browser, address)
        found += _under_load(browser, address, told, "software_gl", beside=("a page of a map alone", bare))
        with without_webgl(browser) as plain:  # what the page itself costs, apart from a map drawn without a graphics card
            found += [
                *_under_load(plain, address, told, "no_map", beside=("the map alone", bare)),
                *_over_a_shift(plain, address, told),
            ]
        return [*found, *_on_a_slow_line(browser, address, told)]


@contextmanager
def _city(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    port = free_port()
    with serving(["-m", "tests.bench.desk_server", str(folder), str(port)], {}, port) as (_, address):
        yield address, json.loads((folder / "told.json").read_text("utf-8"))


def _team_list(address: str, told: dict[str, Any]) -> bytes:
    """Who the teams are, packed as it goes over the wire: at the first visit, and when the registry changed."""
    division = told["topic"].split("/")[1]
    headers = {"cookie": f"muster_desk={told['officer']}", "accept-encoding": "gzip"}
    with urlopen(Request(f"{address}/api/v1/divisions/{division}/teams", headers=headers)) as answer:  # noqa: S310 -- our own server
        found: bytes = answer.read()
    return found


def _first_picture(address: str, told: dict[str, Any]) -> list[Figure]:
    """Bytes of the board's first frame in a city that was left unanswered, and of what is fetched when something is opened there."""
    host = address.removeprefix("http://")
    headers = {"cookie": f"muster_desk={told['officer']}", "origin": address}
    with connect(f"ws://{host}/api/v1/feed", additional_headers=headers, max_size=None, compression=None) as desk:
        packed, plain, items = _picture_of(desk, told["topic"])
        root = told["topic"].rpartition("/")[0]
        incidents = [item for name, item in items.items() if name.startswith("incident/")]
        most = max(incidents, key=lambda each: sum(wave["called"] for wave in each["waves"]))
        opened_kb, _, _ = _picture_of(desk, f"{root}/calls/{most['id']}")
        late_kb, _, late = _picture_of(desk, f"{root}/late")
    sys.stdout.write(
        f"the first picture of a city left unanswered for {LEFT_MIN} minutes: {len(items):,} items, "
        f"{sum(name.startswith('call/') for name in items):,} of them calls; {len(late):,} calls ran out and are to be rung\n"
    )
    return [
        Figure("desk_first_picture_kb", packed, "kB", "the same, unpacked", plain, "100 on the wire"),
        Figure("desk_opened_kb", opened_kb, "kB", "the list to ring by hand", late_kb, "the calls of one incident"),
    ]


def _picture_of(desk: ClientConnection, topic: str) -> tuple[float, float, dict[str, Any]]:
    """The snapshot of a topic: kB as sent, kB unpacked, and its items."""
    desk.send(json.dumps({"type": "follow", "topic": topic, "packed": True}))
    while (message := opened(frame := desk.recv()))["type"] != "snapshot" or message["topic"] != topic:
        continue
    desk.send(json.dumps({"type": "leave", "topic": topic}))
    plain = len(gzip.decompress(frame)) if isinstance(frame, bytes) else len(frame.encode())
    return len(frame) / 1000, plain / 1000, message["items"]


def _under_load(browser: Browser, address: str, told: dict[str, Any], how: str, *, beside: tuple[str, float]) -> list[Figure]:
    page, feed = _desk(browser, address, told)
    busy = page.locator("[data-map-state=loading]")
    busy.wait_for(state="detached", timeout=120_000)
    page.evaluate("seen.delays.length = seen.tasks.length = 0")
    browser.start_tracing(page=page, categories=["devtools.timeline", "disabled-by-default-devtools.timeline"])
    p95 = _typed_at(page, lambda _: feed.move())
    tasks = _main_thread_ms(browser.stop_tracing())
    longest = max(page.evaluate("seen.tasks") or [0.0])
    page.context.close()
    return [
        Figure(f"desk_input_p95_ms_{how}", p95, "ms", *beside, "100"),
        Figure(f"desk_longest_task_ms_{how}", max(tasks), "ms of CPU", "by the wall clock", longest, "none over 100"),
        Figure(
            f"desk_busy_{how}",
            sum(tasks) / 10 / TYPED_S,
            "% of a CPU",
            "tasks over 50 ms of it",
            sum(t > LONG_MS for t in tasks),
            "the less",
        ),
    ]


def _bare_map(browser: Browser, address: str) -> float:
    """Input delay, p95 in ms, on a page of nothing but a map of as many marks."""
    context = browser.new_context(viewport=DESK, locale="zh-CN")  # type: ignore[arg-type]
    context.add_init_script(WATCH)
    page = context.new_page()
    open_bare_map(page, address, marks=TEAMS)
    page.evaluate("seen.delays.length = seen.tasks.length = 0")
    found = _typed_at(page, lambda step: move(page) if step % DIFFS_PER_S == 0 else None)
    context.close()
    return found


def _typed_at(page: Page, each: Callable[[int], object]) -> float:
    """Keys and clicks while `each` is done twenty times a second: delay of input, p95 in ms."""
    for step in _paced(TYPED_S, DIFFS_PER_S):
        each(step)
        if step % 10 == 0:
            page.keyboard.press("j")
        if step % 10 == 5:
            page.mouse.click(200, 300 + 40 * (step % 7))
    delays = sorted(page.evaluate("seen.delays")) or [0.0]
    return float(delays[min(int(len(delays) * 0.95), len(delays) - 1)])


def _main_thread_ms(trace: bytes) -> list[float]:
    """Tasks of the page's main thread, each in ms of its own processor time: the load of the machine is not in it."""
    events = json.loads(trace)["traceEvents"]
    main = {(e["pid"], e["tid"]) for e in events if e["name"] == "thread_name" and e["args"]["name"] == "CrRendererMain"}
    tasks = [e for e in events if e["name"] == "RunTask" and (e["pid"], e["tid"]) in main and "tdur" in e]
    return [e["tdur"] / 1000 for e in tasks] or [0.0]


def _over_a_shift(browser: Browser, address: str, told: dict[str, Any]) -> list[Figure]:
    """Heap after collection, over a shift's diffs as fast as the page takes them; its growth from the second quarter to the last."""
    page, feed = _desk(browser, address, told)
    cdp = page.context.new_cdp_session(page)
    began, heaps, items, sent = time.monotonic(), [_heap(cdp)], [len(feed.items)], 0
    every = SHIFT_S // HEAP_LOOKS
    while sent < SHIFT_S and time.monotonic() - began < SHIFT_MOST_S:
        feed.move()
        sent += 1
        if sent % 25 == 0:
            page.evaluate("frame()")  # it has taken them in
        if sent % every == 0:
            heaps.append(_heap(cdp))
            items.append(len(feed.items))
    if len(heaps) < HEAP_LOOKS:
        heaps.append(_heap(cdp))
        items.append(len(feed.items))
    page.context.close()
    settled = heaps[max(len(heaps) // 4, 1) :]
    sys.stdout.write(f"heap, MB: {' '.join(f'{each:.1f}' for each in heaps)} ({sent:,} of {SHIFT_S:,} diffs of a shift)\n")
    sys.stdout.write(f"items of the board meanwhile, by the server's own doing: {' '.join(f'{each:,}' for each in items)}\n")
    return [Figure("desk_heap_growth_mb", settled[-1] - settled[0], "MB", "heap at the end", heaps[-1], "flat")]


def _heap(cdp: CDPSession) -> float:
    for _ in range(2):
        cdp.send("HeapProfiler.collectGarbage")
    return float(cdp.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


def _desk(browser: Browser, address: str, told: dict[str, Any]) -> tuple[Page, Moving]:
    feed = Moving(told["topic"], told["ids"])
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
