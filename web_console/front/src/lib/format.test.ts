import { expect, it } from 'vitest'
import { coordinates, countdown, day, distance, elapsed, odds, parsePair, percent, playTime, time, timeSeconds } from './format'

const at = Date.UTC(2026, 6, 14, 13, 47, 32)

it('writes times of the city, whatever the browser thinks', () => {
  expect([time(at), timeSeconds(at)]).toEqual(['21:47', '21:47:32'])
  expect(day(at, 'zh')).toBe('7月14日 周二')
  expect(day(at, 'en')).toBe('14 Jul Tue')
})
it('counts the time of play from the start, also before it', () => {
  expect([playTime(3_500_000), playTime(-60_000), playTime(0)]).toEqual(['T+0:58:20', 'T-0:01:00', 'T+0:00:00'])
})
it('writes spans', () => {
  expect([47, 3599, 5760, 183_600].map((s) => elapsed(s * 1000))).toEqual(['00:47', '59:59', '1 h 36 m', '2 d 3 h'])
  expect([58_000, 57_001, 90_000, -5].map(countdown)).toEqual(['0:58', '0:58', '1:30', '0:00'])
})
it('writes distances and places', () => {
  expect([420, 3149, 14_400].map(distance)).toEqual(['0.42 km', '3.1 km', '14 km'])
  expect(coordinates(114.09263, 30.28417)).toBe('30.28417 N, 114.09263 E')
})
it('writes chances, which are never none and never certain', () => {
  expect([0, 0.623, 1].map(percent)).toEqual(['<1 %', '62 %', '>99 %'])
  expect([0, 0.5, 0.812, 1].map(odds)).toEqual(['0.01', '0.50', '0.81', '0.99'])
})
it('reads a pair in either order', () => {
  expect(parsePair('30.28417 N, 114.09263 E')).toEqual({ lon: 114.09263, lat: 30.28417 })
  expect(parsePair('114.09263，30.28417')).toEqual({ lon: 114.09263, lat: 30.28417 })
  expect(parsePair('12')).toBeNull()
})
