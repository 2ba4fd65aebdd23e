/** What this desk hears: new incidents, accepted calls, a lost link; and what its post has not heard of yet. */
import { Doing } from '../lib/doing.svelte'
import { itemsOf } from '../lib/feed'
import { now } from '../lib/now.svelte'
import { sounds } from '../lib/sounds'
import type { Incident } from '../lib/wire'
import { AGAIN_MS, toneFor, unheard, type Rung } from './alarms'
import { desk } from './desk.svelte'

const AT_ONCE = 500
const PROMISED = new Set(['accepted', 'later', 'set_out', 'arrived'])

class Hearing {
  doing = new Doing()
  /** Of what is so now, also while a replay is looked at. */
  waiting = $derived(desk.mayCommand ? unheard(itemsOf<Incident>(desk.liveTopic, 'incident'), desk.own) : [])
  #rung: Rung = { ids: new Set(), at: 0 }
  #promised: Set<string> | null = null
  /** The incident said last to be opened here, and when. */
  #said = { incident: '', at: 0 }
  #wasOld = false

  /** Called by the page for as long as it lives. */
  listen(): void {
    $effect(() => {
      void now.ms // looked at with each beat, by the clock itself: the beat may be a second old
      this.#incidents(Date.now())
    })
    $effect(() => this.#accepted())
    $effect(() => this.#link())
    $effect(() => this.#opened())
  }

  /** For all desks of the post. */
  async acknowledge(ids: readonly string[] = this.waiting.map((each) => each.id)): Promise<void> {
    for (let i = 0; i < ids.length; i += AT_ONCE) await this.doing.give('/alarms/acknowledged', { incidents: ids.slice(i, i + AT_ONCE) })
  }

  #incidents(at: number): void {
    const tone = toneFor(this.waiting, this.#rung, at)
    if (tone === null) return
    this.#rung = { ids: new Set(this.waiting.map((each) => each.id)), at }
    sounds.play(tone)
  }

  /** One tick for however many came at once; none for those who had accepted before this page opened. */
  #accepted(): void {
    if (desk.past !== null) return void (this.#promised = null)
    const promised = new Set(desk.calls.filter((call) => PROMISED.has(call.state)).map((call) => call.id))
    const before = this.#promised
    if (!desk.hasPicture) return
    this.#promised = promised
    if (before !== null && [...promised].some((id) => !before.has(id))) sounds.play('accepted')
  }

  #link(): void {
    if (desk.isOld && !this.#wasOld) sounds.play('lost')
    this.#wasOld = desk.isOld
  }

  /** Who opens an incident has heard of it. Said again only as often as it rings: the board tells of it later than the answer, or cannot. */
  #opened(): void {
    const incident = desk.incident
    if (!incident || desk.past !== null || this.doing.busy || !this.waiting.some((each) => each.id === incident.id)) return
    if (this.#said.incident === incident.id && now.ms - this.#said.at < AGAIN_MS) return
    this.#said = { incident: incident.id, at: Date.now() }
    void this.acknowledge([incident.id])
  }
}

export const hearing = new Hearing()
