import { expect, it } from 'vitest'
import { LINKS, sketch, type Way } from './way'

const way = (line: [number, number][]): Way => ({ line, legs: [], metres: 1, seconds: 1, source: 'straight_line', short_m: null, area: false, places: { wgs84: [111, 30], gcj02: [111.1, 30.1], bd09: [111.2, 30.2] } })

it('draws north up, within the sheet, with a scale that fits', () => {
  const drawn = sketch([[111, 30], [111.01, 30.01]], 320, 180, 20)
  expect(drawn.start[1]).toBeGreaterThan(drawn.end[1])
  expect(drawn.start[0]).toBeLessThan(drawn.end[0])
  expect([...drawn.start, ...drawn.end].every((each) => each >= 19 && each <= 301)).toBe(true)
  expect(drawn.scaleW).toBeLessThan(110)
})
it.each([0, 0.3, 2, 30, 90, 149, 151, 400, 3_000, 60_000])('keeps the scale of %s metres, and what it says, within the sheet', (metres) => {
  for (const line of [[[111, 30], [111 + metres / 96_300, 30]], [[111, 30], [111, 30 + metres / 111_195]]] as [number, number][][])
    expect(sketch(line, 328, 180, 22).scaleW).toBeLessThan(328 / 2)
})
it('draws a way that is one point', () => {
  expect(sketch([[111, 30], [111, 30]], 320, 180, 20).path).toBe('M160.0 90.0L160.0 90.0')
})
it('links each app in its own datum, in its own order', () => {
  const links = way([[111, 30]])
  expect(LINKS.phone(links)).toContain('geo:30,111')
  expect(LINKS.amap(links)).toContain('to=111.1,30.1')
  expect(LINKS.baidu(links)).toContain('destination=30.2,111.2&')
})
