"""A browser's own ways to reach a person, written down where the page calls them: sound, vibration, screen, notices, light."""

import re
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

RECORDER = """
window.reached = { vibrated: 0, tones: 0, stopped: 0, notices: [], locks: 0, released: 0 }
const seen = window.reached
Navigator.prototype.vibrate = (pattern) => { if (pattern === 0) seen.stopped += 1; else seen.vibrated += 1; return true }
const start = OscillatorNode.prototype.start
OscillatorNode.prototype.start = function (at) { seen.tones += 1; return start.call(this, at) }
const show = ServiceWorkerRegistration.prototype.showNotification
ServiceWorkerRegistration.prototype.showNotification = function (title, more) { seen.notices.push({ title, ...more }); return show.call(this, title, more) }
const lock = () => { seen.locks += 1; return Promise.resolve({ released: false, release() { seen.released += 1; this.released = true; return Promise.resolve() } }) }
Object.defineProperty(Navigator.prototype, 'wakeLock', { get: () => ({ request: lock }), configurable: true })
const tell = () => {
  const told = document.documentElement?.dataset
  if (told) Object.assign(told, { ...seen, notices: seen.notices.length })
}
setInterval(tell, 50)
window.isHidden = false
Object.defineProperty(Document.prototype, 'visibilityState', { get: () => (window.isHidden ? 'hidden' : 'visible'), configurable: true })
"""


NO_NOTICE = """
async () => {
  const worker = await navigator.serviceWorker.ready
  while ((await worker.getNotifications()).length > 0) await new Promise((done) => setTimeout(done, 50))
}
"""


def record(context: BrowserContext) -> None:
    """For pages opened from now on. Notices are allowed, as by an owner who was asked."""
    context.grant_permissions(["notifications"])
    context.add_init_script(RECORDER)


def wait_reached(page: Page, **least: int) -> None:
    """Until so much was asked of the browser."""
    for name, count in least.items():
        any_more = "|".join(str(number) for number in range(count, count + 60))
        expect(page.locator("html")).to_have_attribute(f"data-{name}", re.compile(f"^({any_more})$"))


def wait_no_notice(page: Page) -> None:
    page.evaluate(NO_NOTICE)


def reached(page: Page) -> dict[str, Any]:
    """How often this page vibrated, sounded (tones), was still again, kept the screen on; the notices it asked for."""
    found: dict[str, Any] = page.evaluate("window.reached")
    return found


def turn_away(page: Page, *, hidden: bool) -> None:
    """Another app comes to the front, or this page does."""
    page.evaluate("(hidden) => { window.isHidden = hidden; document.dispatchEvent(new Event('visibilitychange')) }", hidden)
