import { expect, it, vi } from 'vitest'

const look = vi.hoisted(() => ({ lang: 'zh' }))
vi.mock('../lib/look.svelte', () => ({ look }))
import '../lib/words'
import './words'
import { away } from './away'

it('says no figure of what lies at the very door', () => {
  expect([0, 49, 50, 420, 3149].map(away)).toEqual(['不足 50 米', '不足 50 米', '0.05 km', '0.42 km', '3.1 km'])
  look.lang = 'en'
  expect(away(0)).toBe('under 50 m')
})
