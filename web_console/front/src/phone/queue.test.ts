import { beforeEach, expect, it, vi } from 'vitest'
import type { Receipt } from '../lib/answers'
import { Problem } from '../lib/api'
import { Shelf } from '../lib/kept'
import { Queue, type Said } from './queue.svelte'

const ANSWER = '/me/calls/c1/answer'
const NO_NETWORK = new Problem(0, 'net.lost', '', '')
const OVER = new Problem(409, 'call.over', '召集已结束', 'over')
/** What the server answers now: a refusal, or else a receipt; how often it was asked, and what it took. */
let server: Problem | null
let asked: number
let got: Said[]
let shelf: Shelf<Said>

const send = async (said: Said): Promise<Receipt> => {
  asked += 1
  if (server) throw server
  got.push(said)
  return { command_id: said.id } as Receipt
}
async function opened(): Promise<Queue> {
  const queue = new Queue(send, shelf)
  await queue.begin()
  queue.sign('ana')
  return queue
}
const states = (queue: Queue): string[] => queue.mine.map((each) => `${each.what} ${each.state}`)
const settled = async (queue: Queue, wanted: string[]): Promise<void> => vi.waitFor(() => expect(states(queue)).toEqual(wanted))

beforeEach(() => {
  server = null
  asked = 0
  got = []
  shelf = new Shelf<Said>('test') // Node has no IndexedDB: it keeps in memory, and says so
})

it('keeps what was said without a network, and a later page sends it once, in order, as of the time it was made', async () => {
  server = NO_NETWORK
  const before = await opened()
  const said = before.add(ANSWER, { answer: 'accept', heads: 3 })
  before.add('/me/calls/c1/progress', { did: 'set_out' })
  await vi.waitFor(() => expect(asked).toBeGreaterThan(0))
  expect(states(before)).toEqual(['accept waiting', 'set_out waiting'])
  server = null
  const after = await opened()
  await settled(after, ['accept sent', 'set_out sent'])
  expect(got.map((each) => each.id)[0]).toBe(said.id)
  expect(got[0]!.body).toEqual({ answer: 'accept', heads: 3, claimed_at_ms: said.claimed_at_ms })
  expect(got).toHaveLength(2)
  expect(after.mine.every((each) => each.body === null)).toBe(true)
  expect(after.isSafe).toBe(false)
})

it('keeps a refusal in sight with its reason until it is read, and goes on with the next', async () => {
  server = OVER
  const queue = await opened()
  queue.add('/me/calls/c1/progress', { did: 'arrived' })
  await settled(queue, ['arrived refused'])
  server = null
  queue.add('/me/availability', { availability: 'away' })
  await settled(queue, ['arrived refused', 'availability sent'])
  expect(queue.refused[0]!.reason).toEqual({ code: 'call.over', zh: '召集已结束', en: 'over' })
  await queue.dismiss(queue.refused[0]!.id)
  expect(states(queue)).toEqual(['availability sent'])
})

it('takes two quick taps for one, and two different answers for two', async () => {
  const queue = await opened()
  expect(queue.add(ANSWER, { answer: 'accept' }).id).toBe(queue.add(ANSWER, { answer: 'accept' }).id)
  queue.add(ANSWER, { answer: 'decline' })
  await settled(queue, ['accept sent', 'decline sent'])
})

it('waits for a sign-in, for a server that is busy, and for a proxy that answers in its place', async () => {
  for (const problem of [new Problem(401, 'session.none', '', ''), new Problem(503, 'busy', '', ''), new Problem(429, 'frame.too_fast', '', ''), new Problem(403, 'http', '', '')]) {
    server = problem
    asked = 0
    shelf = new Shelf<Said>('test')
    const queue = await opened()
    queue.add(ANSWER, { answer: 'accept' })
    await vi.waitFor(() => expect(asked).toBeGreaterThan(0))
    await queue.flush()
    expect(states(queue)).toEqual(['accept waiting'])
    server = null
    expect(queue.isLocked).toBe(problem.status === 401)
    queue.sign('ana')
    await settled(queue, ['accept sent'])
  }
})

it('does not take the page of a hotel’s network for a receipt', async () => {
  const queue = new Queue(() => Promise.resolve({} as Receipt), shelf)
  await queue.begin()
  queue.sign('ana')
  queue.add(ANSWER, { answer: 'accept' })
  await vi.waitFor(() => expect(states(queue)).toEqual(['accept waiting']))
  await queue.flush()
  expect(states(queue)).toEqual(['accept waiting'])
})

it('shows and sends nothing of somebody else', async () => {
  server = NO_NETWORK
  const queue = await opened()
  queue.add(ANSWER, { answer: 'accept' })
  await vi.waitFor(() => expect(asked).toBeGreaterThan(0))
  queue.sign('bo')
  server = null
  await queue.flush()
  expect([states(queue), got]).toEqual([[], []])
})
