import { expect, it } from 'vitest'
import { WORDS } from './words'

it('says everything in both languages, with the same facts', () => {
  for (const [key, [zh, en]] of Object.entries(WORDS)) {
    expect(zh && en, key).toBeTruthy()
    const names = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
    expect(names(en), key).toEqual(names(zh))
  }
})
it('never says what the officers said not to', () => {
  const never = /授权原因|激活|紧急呼叫|波次|注入|征召|遣散|配额|座位/
  for (const [key, [zh]] of Object.entries(WORDS)) expect(never.test(zh), key).toBe(false)
})
