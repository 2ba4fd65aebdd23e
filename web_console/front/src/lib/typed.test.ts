import { expect, it } from 'vitest'
import { clockText, linesOf, parseCorners, readClock } from './typed'

const at = Date.UTC(2026, 6, 14, 19, 47, 32) // 03:47:32 on the 15th in the city

it('writes times of the city, whatever the browser thinks', () => {
  expect([clockText(at, at), clockText(at - 6 * 3_600_000, at)]).toEqual(['03:47', '07-14 21:47'])
})
it('takes a clock as the next, or the last, time it shows that', () => {
  const next = Date.UTC(2026, 6, 14, 20, 30)
  expect(['04:30', '4:30', '0430', '04：30'].map((text) => readClock(text, { after: at }))).toEqual([next, next, next, next])
  expect(readClock('03:30', { after: at })).toBe(Date.UTC(2026, 6, 15, 19, 30))
  expect(readClock('03:30', { before: at })).toBe(Date.UTC(2026, 6, 14, 19, 30))
  expect(readClock('23:50', { before: at })).toBe(Date.UTC(2026, 6, 14, 15, 50))
})
it('takes a day with it, and refuses what is no time', () => {
  expect(readClock('07-13 23:50', { before: at })).toBe(Date.UTC(2026, 6, 13, 15, 50))
  expect(readClock('2026-07-13 23:50', { before: at })).toBe(Date.UTC(2026, 6, 13, 15, 50))
  expect(['', '25:00', '3', '13-40 03:10', 'later'].map((text) => readClock(text, { before: at }))).toEqual([null, null, null, null, null])
})
it('reads corners line by line and names the one it cannot read', () => {
  expect(parseCorners('111.1, 30.1\n\n30.2，111.2\n111.3 30.3')).toEqual({
    corners: [[111.1, 30.1], [111.2, 30.2], [111.3, 30.3]],
    badLine: null,
  })
  expect(parseCorners('111.1, 30.1\n北门').badLine).toBe(2)
})
it('reads names one a line', () => {
  expect(linesOf(' 王一\n\n李二 \n')).toEqual(['王一', '李二'])
})
