import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { AREAS, WORDS } from './words'

const every = Object.entries(WORDS)
const read = (path: string): string => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf-8')

it('says everything in both languages, with the same facts', () => {
  for (const [key, [zh, en]] of every) {
    expect(zh && en, key).toBeTruthy()
    const names = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
    expect(names(en), key).toEqual(names(zh))
  }
})
it('says each thing once', () => {
  expect(AREAS.reduce((sum, area) => sum + Object.keys(area).length, 0)).toBe(every.length)
})
it('never says what the officers said not to', () => {
  const never = /授权原因|激活|紧急呼叫|波次|注入|征召|遣散|配额|座位|代理操作|追加一波/
  for (const [key, [zh]] of every) expect(never.test(zh), key).toBe(false)
})
it('has words for every event that a line of the timeline may carry', () => {
  const elsewhere = /^(areas|clock|command|deadline|drill|exercise|follower|history|improvement|inject|measure|objective|person|phone|realm|registry|reply|response|roads|subject|training|warning|watch)\./
  const apart = new Set(['call.answered', 'call.progressed', 'call.lapsed', 'calls.seen', 'attempt.started', 'attempt.ended'])
  const events = [...read('docs/events.md').matchAll(/^\| `([a-z_.]+)`/gm)].map((found) => found[1]!)
  const missing = events.filter((name) => !elsewhere.test(name) && !apart.has(name) && !(`told.${name}` in WORDS))
  expect(events.length).toBeGreaterThan(30)
  expect(missing).toEqual([])
})
it('has words for every reason and gate of the planner', () => {
  const gates = read('mobilization/gates.py')
  const reasons = [...gates.matchAll(/(?:return|else|or|reason =) "([a-z_]+)"/g)].map((found) => `reason.${found[1]}`)
  const names = [...gates.matchAll(/^(?:NOT_)?CHECKED = \((.*)\)$/gm)].flatMap((found) => [...found[1]!.matchAll(/"(\w+)"/g)].map((each) => `gate.${each[1]}`))
  expect([reasons.length, names.length].every((n) => n > 5)).toBe(true)
  expect([...reasons, ...names, 'reason.nearer_sufficed'].filter((key) => !(key in WORDS))).toEqual([])
})
