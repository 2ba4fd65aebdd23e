"""A page of nothing but a map of as many marks, moved as often: what drawing it costs a browser, apart from the desk around it."""

from typing import Any

from playwright.sync_api import Page, Route

from tools.build_front import FRONT

LIBRARY = FRONT / "node_modules" / "maplibre-gl" / "dist"
MARKS_A_MOVE = 400
"""A desk hands the map what changed once a second: twenty diffs of twenty teams."""
_PAGE = """<!doctype html><html lang="zh"><title>a map</title>
<style>#map { width: 840px; height: 700px }</style><input autofocus><div id="map"></div>
<script type="module">
import { Map, setWorkerUrl } from './maplibre-gl.mjs'
setWorkerUrl(`${location.origin}/bare/maplibre-gl-worker.mjs`)
const mark = (id, kind) => ({ type: 'Feature', id, properties: { icon: `k${kind}` },
  geometry: { type: 'Point', coordinates: [112 + Math.sin(id * 7.13) / 3, 30.4 + Math.cos(id * 3.71) / 4] } })
const map = new Map({ container: 'map', center: [112, 30.4], zoom: 9, fadeDuration: 0, attributionControl: false, style: { version: 8,
  sources: { marks: { type: 'geojson', data: { type: 'FeatureCollection', features: Array.from({ length: MARKS }, (_, id) => mark(id, 0)) } } },
  layers: [{ id: 'land', type: 'background', paint: { 'background-color': '#223' } },
    { id: 'marks', type: 'symbol', source: 'marks', layout: { 'icon-image': ['get', 'icon'], 'icon-allow-overlap': true } }] } })
for (const kind of [0, 1, 2]) map.addImage(`k${kind}`, { width: 24, height: 24, data: new Uint8Array(24 * 24 * 4).fill(80 + 60 * kind) })
let at = 0
window.move = (n) => map.getSource('marks').updateData({ add: Array.from({ length: n }, () => mark(++at % MARKS, at % 3)) }) && undefined
map.once('idle', () => (document.body.dataset.map = 'idle'))
</script></html>"""


def open_bare_map(page: Page, address: str, *, marks: int) -> None:
    """Served beside the server's own pages, from the library as it is installed; no other host is asked."""

    def served(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        if name:
            route.fulfill(path=LIBRARY / name, content_type="text/javascript")
        else:
            route.fulfill(body=_PAGE.replace("MARKS", str(marks)), content_type="text/html")

    page.route(f"{address}/bare/**", served)
    page.goto(f"{address}/bare/")
    page.wait_for_selector("body[data-map=idle]", timeout=120_000)


def move(page: Page) -> Any:
    return page.evaluate(f"move({MARKS_A_MOVE})")
