/** What a line has no room for stands in full under the pointer; a screen reader has it whole anyway. */
const ours = new WeakSet<HTMLElement>()

export function tellFull(event: PointerEvent): void {
  const line = (event.target as Element | null)?.closest<HTMLElement>('.cut')
  if (!line || (line.title !== '' && !ours.has(line))) return
  ours.add(line)
  line.title = line.scrollWidth > line.clientWidth ? line.textContent.trim() : ''
}
