/** Moving by keyboard: along the list that has the focus, and from part to part of the desk. */

/** The next or previous row of the list in focus; of the board where none is. */
export function focusList(step: 1 | -1): void {
  const list = document.activeElement?.closest('[data-list]') ?? document.querySelector('.board [data-list]')
  const rows = [...(list?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
  const at = rows.indexOf(document.activeElement as HTMLElement)
  const next = at === -1 ? (step === 1 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1)
  rows[next]?.focus()
}

/** Where the keyboard works from here on: the part itself, or the first thing in it that takes the focus. */
export function focusPart(part: 'map' | 'board' | 'dossier' | 'log'): void {
  const found = document.querySelector<HTMLElement>(`[data-part=${part}]`)
  const inside = found?.matches('[tabindex], button, canvas') ? found : found?.querySelector<HTMLElement>('canvas, [tabindex="0"], [data-row]')
  inside?.focus()
}
