/** Whoever works by keyboard is never left nowhere: when what has the focus goes, the focus goes back to where it came from. */

/** A key that bounces comes this soon after itself: it was meant for what has gone. */
const BOUNCE_MS = 200
const NEVER = -Infinity
/** What had the focus and is still there, the latest last. */
let trail: HTMLElement[] = []
/** What has the focus and all that it stands in; once somebody left it by a click or by Tab, the sheet that it is in, if any. */
let around: HTMLElement[] = []
/** Of a form or a sheet that took the focus when it opened: from where. */
const came = new WeakMap<HTMLElement, HTMLElement>()
/** Where the focus was put since a key was last pressed that presses something; when that was. */
let put: HTMLElement | null = null
let pressedMs = NEVER
let byPointer = false
let leaving = false

const isShown = (each: HTMLElement): boolean => each.isConnected && (each.checkVisibility?.({ visibilityProperty: true }) ?? true)
const isUsable = (each: HTMLElement): boolean => isShown(each) && !each.matches(':disabled')
/** A field that a finger did not ask for would bring up the keyboard of a phone. */
const isHome = (each: HTMLElement): boolean => isUsable(each) && !(byPointer && each.matches('input, textarea, select'))

/** Called once by each page. */
export function holdFocus(): void {
  document.addEventListener('focusin', ({ target }) => keep(target as HTMLElement))
  document.addEventListener('focusout', ({ target, relatedTarget }) => {
    if (leaving && relatedTarget === null) queueMicrotask(() => target === around[0] && isUsable(around[0]) && (around = from(around[0].closest('dialog'))))
  })
  window.addEventListener('pointerdown', () => {
    byPointer = leaving = true
    pressedMs = NEVER // whoever used the pointer in between has not bounced
  }, true)
  window.addEventListener('keydown', press, true)
  new MutationObserver(giveBack).observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled', 'hidden', 'open', 'aria-expanded'] })
}

function keep(on: HTMLElement): void {
  const group = leaving ? null : on.closest<HTMLElement>('form, dialog, [role=dialog]')
  const last = trail.at(-1)
  if (group && last && !came.has(group) && !group.contains(last)) came.set(group, last)
  leaving = false
  around = from(on)
  trail = [...trail.filter((each) => each !== on && each.isConnected), on]
}

function from(on: HTMLElement | null): HTMLElement[] {
  return on === null || on === document.body ? [] : [on, ...from(on.parentElement)]
}

function press(event: KeyboardEvent): void {
  byPointer = false
  leaving = event.key === 'Tab'
  if (event.key !== 'Enter' && event.key !== ' ') {
    pressedMs = NEVER // what bounces comes right after itself
    return
  }
  if (put === event.target && (event.repeat || event.timeStamp - pressedMs < BOUNCE_MS)) {
    event.preventDefault()
    event.stopPropagation()
  } else {
    put = null
    pressedMs = event.timeStamp
  }
}

/** While what was pressed is only grey, until its answer is there, the focus waits for it. */
function giveBack(changes: MutationRecord[]): void {
  const [last] = around
  if (!last || (last.isConnected && last.matches('dialog'))) return
  const isHidden = document.activeElement === last && changes.some(({ type }) => type === 'attributes') && !isShown(last)
  if (document.activeElement !== document.body && !isHidden) return
  if (isShown(last) && !isUsable(last)) return
  const on = isUsable(last) ? last : (origin() ?? opener(changes) ?? home())
  if (!on) return
  on.focus({ preventScroll: byPointer || on.matches('main') })
  put = on
}

/** Where somebody was before a form or a sheet that has just closed. */
function origin(): HTMLElement | undefined {
  return around.filter((each) => !each.isConnected).flatMap((each) => came.get(each) ?? []).find(isHome)
}

/** What opened that which has just closed. */
function opener(changes: MutationRecord[]): HTMLElement | null {
  for (const { attributeName, target } of changes) {
    const each = target as HTMLElement
    const on = attributeName === 'open' ? each.querySelector('summary') : attributeName === 'aria-expanded' && each.ariaExpanded === 'false' ? each : null
    if (on && isUsable(on)) return on
  }
  return null
}

/** The nearest place around what has gone where the focus was before, or can be; of a screen that was replaced, the new one. */
function home(): HTMLElement | null {
  for (const place of around) {
    if (!place.isConnected && place.matches('main')) return document.querySelector('main')
    const been = place.isConnected ? trail.filter((each) => place.contains(each) && isHome(each)).at(-1) : undefined
    if (been) return been
    if (isUsable(place) && place.hasAttribute('tabindex')) return place
  }
  return null
}
