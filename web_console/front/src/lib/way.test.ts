import { expect, it } from 'vitest'
import { leadsTo, linksOf, sketch, sourceOf, type Way } from './way'

const way = (line: [number, number][]): Way => ({ line, legs: [], mode: 'car', modes: ['car'], metres: 1, seconds: 1, source: 'straight_line', short_m: null, area: false, places: { wgs84: [111, 30], gcj02: [111.1, 30.1], bd09: [111.2, 30.2] } })

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
  const links = Object.fromEntries(linksOf(way([[111, 30]])))
  expect(links['phone']).toContain('geo:30,111')
  expect(links['amap']).toContain('to=111.1,30.1&mode=car&')
  expect(links['baidu']).toContain('destination=30.2,111.2&mode=driving&')
})
it('asks each app for the way one goes, and none for a way it does not know', () => {
  const by = (mode: Way['mode']) => linksOf({ ...way([[111, 30]]), mode }).map(([app, link]) => `${app} ${/mode=(\w+)/.exec(link)?.[1] ?? ''}`)
  expect(by('foot')).toEqual(['phone ', 'amap walk', 'baidu walking'])
  expect(by('e_bike')).toEqual(['phone ', 'amap ride', 'baidu riding'])
  expect(by('boat')).toEqual(['phone '])
})
it('leads to the task only while the place is the same', () => {
  expect(leadsTo(way([[111, 30]]), { lon: 111.0000004, lat: 30 })).toBe(true)
  expect(leadsTo(way([[111, 30]]), { lon: 111.001, lat: 30 })).toBe(false)
  expect(leadsTo(way([[111, 30]]), {})).toBe(false)
})
it('says what its time rests on', () => {
  expect(['road_graph_assumed_speeds', 'as_near_by_road', 'straight_line_no_road', 'straight_line'].map(sourceOf)).toEqual(['road', 'as_near', 'no_road', 'straight'])
})
