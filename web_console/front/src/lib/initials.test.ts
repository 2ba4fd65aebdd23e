import { describe, expect, it } from 'vitest'
import { fit, initials } from './initials'

describe('initials', () => {
  it('are those an officer would type', () => {
    expect(initials('云城区急救三队')).toBe('ycqjjsd')
    expect(initials('大堤镇管涌 12+300')).toBe('ddzgy12+300')
    expect(initials('心理疏导')).toBe('xlsd')
  })
  it('find by the beginning before the middle, by characters before letters, and by every word', () => {
    expect(fit('急救三队', '急救')).toBe(0)
    expect(fit('急救三队', '三队')).toBe(1)
    expect(fit('急救三队', 'jj')).toBe(2)
    expect(fit('急救三队', 'sd')).toBe(3)
    expect(fit('急救三队 云城区', 'jj 云城')).toBe(2)
    expect(fit('急救三队', '消防')).toBeNull()
  })
})
