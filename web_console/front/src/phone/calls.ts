/** What a leader's calls mean for the screen. Pure. */
import { marksOf } from '../lib/marked'
import { isOff, type Task } from '../lib/safety'
import type { MyCall } from '../lib/wire'

const GOING = new Set(['accepted', 'later', 'standby', 'set_out', 'arrived'])
const DAY_MS = 24 * 3_600_000
const NEWS_MS = 3 * 3_600_000
const CHANGE_MS = 15 * 60_000

/** The call-out ended while this crew had seats: it is to say that it is back. */
export const isToReturn = (call: MyCall): boolean => call.state === 'stood_down' && (call.seated > 0 || call.arrived > 0)

export const isGoing = (call: MyCall, at: number): boolean =>
  GOING.has(call.state) || (isToReturn(call) && at - call.asked_ms < DAY_MS)

/** May still be answered, or answered otherwise. */
export const isChangeable = (call: MyCall): boolean => call.state === 'lapsed' || call.state === 'declined'

/** What a leader should be told although there is nothing to go to: not needed, or too late, or said by mistake. */
export function noticesOf(past: readonly MyCall[], at: number): MyCall[] {
  return past.filter((call) => {
    const age = at - call.asked_ms
    if (isChangeable(call)) return age < CHANGE_MS
    return (call.state === 'not_needed' || call.state === 'stood_down') && age < NEWS_MS
  })
}

/** What must not be missed. `tag` names it for a notice; `rings`: until it is answered. */
export type Alert = { tag: string; kind: 'call' | 'order' | 'roll' | 'ground'; rings: boolean }

/** Calls that wait, orders nobody has read, a roll that waits for this crew, marked ground nobody has `looked` at as it is now. `isSaid`: an
 * answer under this path waits for the network. */
export function alertsOf(open: readonly MyCall[], task: Task | null, isLoud: (kind: string) => boolean, isSaid: (path: string) => boolean, looked: readonly string[] = []): Alert[] {
  const calls = open.filter((call) => !isSaid(`/me/calls/${call.id}/`)).map((call): Alert => ({ tag: call.id, kind: 'call', rings: true }))
  if (task === null) return calls
  const mine = `/me/calls/${task.id}`
  const orders = (task.orders ?? []).filter((order) => order.said === '' && !isOff(order) && !isSaid(`${mine}/orders/${order.id}`))
  const roll = task.roll ?? null
  const isCalled = roll !== null && roll.closed_ms === null && Object.keys(roll.marks).length < roll.people && !isSaid(`${mine}/roll`)
  return [
    ...calls,
    ...orders.map((order): Alert => ({ tag: order.id, kind: 'order', rings: isLoud(order.kind) })),
    ...(isCalled ? [{ tag: `roll ${task.id} ${roll.number}`, kind: 'roll', rings: false } as const] : []),
    ...marksOf(task.zones).filter((mark) => !looked.includes(mark)).map((tag): Alert => ({ tag, kind: 'ground', rings: false })),
  ]
}
