/** When a hand was last at work on this page: a key, a press, a wheel. */
export const hand = { atMs: -Infinity }

for (const kind of ['keydown', 'pointerdown', 'wheel'] as const)
  window.addEventListener(kind, () => (hand.atMs = performance.now()), { capture: true, passive: true })
