import { expect, it } from 'vitest'
import { commandId } from './ids'

it('is a UUIDv7 that begins with its time', () => {
  const id = commandId(0x0123456789ab)
  expect(id).toMatch(/^01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})
it('sorts by time and never repeats', () => {
  expect(commandId(1000) < commandId(2000)).toBe(true)
  expect(new Set(Array.from({ length: 1000 }, () => commandId(5))).size).toBe(1000)
})
