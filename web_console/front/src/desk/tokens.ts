/** A design token as the colour it is now: on a canvas no variable and no name of the system's means anything. */
export function token(name: string): string {
  const probe = document.createElement('i')
  probe.style.color = `var(--${name})`
  document.body.append(probe)
  const colour = getComputedStyle(probe).color
  probe.remove()
  return colour
}
