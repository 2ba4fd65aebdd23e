/** The acts on the chosen incident: which there are, which form is open. Buttons, keys and the command box all press here. */
import { Doing } from '../lib/doing.svelte'
import type { Receipt } from '../lib/answers'
import type { Word } from '../lib/words'
import { actsFor, noOrder, type Act, type Form } from './acts'
import { rowsOf } from './needs'
import { desk, shortOf } from './desk.svelte'
import { undo } from './undo.svelte'

const AT_WORK = new Set(['open', 'accepted', 'later', 'standby', 'set_out', 'arrived'])
/** Acts that call people: the plan stands between the press and the order. */
const PLANNED = new Set<Word>(['act.order', 'act.order.again', 'act.approve', 'act.wave'])

class Acting {
  doing = new Doing()
  filling = $state.raw<Act | null>(null)
  /** What the plan on the open sheet is for. */
  planning = $state.raw<{ act: Act; form: Form } | null>(null)
  /** An incident that was just registered and is to be planned as soon as it is on the board. */
  wanted = $state<string | null>(null)
  more = $state(false)
  late = $state(false)
  acts = $derived.by(() => {
    const incident = desk.incident
    if (!incident || !desk.commands) return []
    const at = desk.callsOf(incident.id).filter((call) => AT_WORK.has(call.state))
    const around = { own: desk.own, nameOf: (code: string) => desk.nameOf(code), short: shortOf(incident), teams: new Set(at.map((call) => call.team)).size }
    return actsFor(incident, desk.session!, around)
  })

  act(...words: Word[]): Act | null {
    return this.acts.find((each) => words.includes(each.word)) ?? null
  }

  /** One press: it is done, or its form opens, or its plan. */
  async press(act: Act): Promise<void> {
    this.doing.refused = null
    if (act.word === 'act.wave' && !this.late) this.plan(act, { texts: {}, order: noOrder(), needs: [] })
    else if (act.fields.length > 0 || act.says || this.late) this.filling = act
    else if (await this.give(this.doing, act, act.body({ texts: {}, order: noOrder(), needs: [] }))) this.more = false
  }

  /** Whether this act first shows whom it would call. */
  isPlanned = (act: Act): boolean => PLANNED.has(act.word)

  plan(act: Act, form: Form): void {
    this.planning = { act, form }
    desk.sheet = 'plan'
  }

  /** The act itself, and for ten seconds the way back. */
  async give(doing: Doing, act: Act, body: Record<string, unknown>): Promise<Receipt | null> {
    const incident = desk.incident
    const receipt = await doing.give(act.path, body)
    if (receipt && incident) undo.after(act, incident)
    return receipt
  }

  /** Called by the page for as long as it lives. */
  listen(): void {
    $effect(() => {
      const [incident, act] = [desk.incident, this.act('act.order')]
      if (this.wanted === null || incident?.id !== this.wanted || !act) return
      this.wanted = null
      this.plan(act, { texts: {}, order: noOrder(), needs: rowsOf(incident.needs) })
    })
  }

  close(): void {
    this.filling = null
    this.more = this.late = false
    this.doing.refused = null
  }
}

export const acting = new Acting()
