/** What this desk knows of people who are out: roll calls, alarms, orders and dangers of its own topic. */
import { itemsOf } from '../lib/feed'
import type { Danger, Order, Roll, Sos } from '../lib/safety'
import { covers } from '../lib/tiers'
import { desk } from './desk.svelte'

class Afield {
  #topic = $derived(desk.topic)
  #rolls = $derived(itemsOf<Roll>(this.#topic, 'roll'))
  #orders = $derived(itemsOf<Order>(this.#topic, 'order'))
  #dangers = $derived(itemsOf<Danger>(this.#topic, 'danger'))
  /** Open ones, those nobody has in hand first. */
  #alarms = $derived(itemsOf<Sos>(this.#topic, 'sos'))
  alarms = $derived(this.#alarms.toSorted((a, b) => Number(b.alarm) - Number(a.alarm) || a.again_ms - b.again_ms))
  /** Those that ring here, now: this post was alarmed. */
  ringing = $derived(itemsOf<Sos>(desk.liveTopic, 'sos').filter((each) => each.alarm && each.to.some((post) => covers(desk.own, post.division))))

  rollOf(incident: string): Roll | null {
    return this.#rolls.find((each) => each.incident === incident) ?? null
  }
  ordersOf(incident: string): Order[] {
    return this.#orders.filter((each) => each.incident === incident).sort((a, b) => b.given_ms - a.given_ms)
  }
  dangersOf(incident: string): Danger[] {
    return this.#dangers.filter((each) => each.incident === incident).sort((a, b) => b.at_ms - a.at_ms)
  }
}

export const afield = new Afield()
