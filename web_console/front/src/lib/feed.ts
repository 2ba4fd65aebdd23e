/** A topic as this client holds it, and how a message changes it. Pure: no socket, no clock. */
import type { ServerMessage } from './wire'

/** `lists`: the items by kind, each list made when it is first looked at; one whose items stay is the same value after a diff. */
export type Topic = { epoch: string; position: number; items: ReadonlyMap<string, unknown>; lists: Map<string, readonly unknown[]> }
export type Applied = { topic: Topic | null; refollow: boolean; changed: readonly string[] }

/**
 * A snapshot replaces; a diff that starts at or before our position and ends after it applies; one that starts later, or
 * of another epoch, means that something is missing: follow again. Anything older is ignored.
 */
export function apply(held: Topic | null, message: ServerMessage): Applied {
  if (message.type === 'snapshot') {
    const items = new Map(Object.entries(message.items))
    return { topic: { epoch: message.epoch, position: message.position, items, lists: new Map() }, refollow: false, changed: [] }
  }
  if (message.type !== 'diff') return { topic: held, refollow: false, changed: [] }
  if (held === null || message.epoch !== held.epoch || message.from > held.position)
    return { topic: held, refollow: true, changed: [] }
  if (message.position <= held.position && message.from !== message.position)
    return { topic: held, refollow: false, changed: [] }
  const items = new Map(held.items)
  for (const id of message.drop) items.delete(id)
  for (const [id, item] of Object.entries(message.put)) items.set(id, item)
  const changed = Object.keys(message.put)
  const lists = new Map(held.lists)
  for (const id of [...changed, ...message.drop]) lists.delete(id.slice(0, id.indexOf('/')))
  return { topic: { epoch: held.epoch, position: Math.max(held.position, message.position), items, lists }, refollow: false, changed }
}

/** All items of a kind (`incident`, `call`, …), in the order of the map. */
export function itemsOf<T>(topic: Topic | null, kind: string): readonly T[] {
  const held = topic?.lists.get(kind)
  if (held) return held as readonly T[]
  const found: T[] = []
  for (const [id, item] of topic?.items ?? []) if (id.startsWith(`${kind}/`)) found.push(item as T)
  topic?.lists.set(kind, found)
  return found
}
