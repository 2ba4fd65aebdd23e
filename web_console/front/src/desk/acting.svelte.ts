/** The acts on the chosen incident: which there are, which form is open. Buttons, keys and the command box all press here. */
import type { Receipt } from '../lib/answers'
import { Doing } from '../lib/doing.svelte'
import { t } from '../lib/say'
import type { Incident } from '../lib/wire'
import type { Word } from '../lib/words'
import { actsFor, noOrder, type Act, type Form } from './acts'
import { rowsOf } from './needs'
import { desk, shortOf } from './desk.svelte'
import { drafts, type Draft } from './drafts.svelte'
import { Posting } from './outbox.svelte'
import { undo } from './undo.svelte'

const AT_WORK = new Set(['open', 'accepted', 'later', 'standby', 'set_out', 'arrived'])
/** Acts that tell what is so and call nobody: without a network they are kept and sent later. */
const KEPT = new Set<Word>(['act.verify', 'act.acting', 'act.stabilised', 'act.demobilising'])
/** Acts that call people: the plan stands between the press and the order. */
const PLANNED = new Set<Word>(['act.order', 'act.order.again', 'act.approve', 'act.wave'])

class Acting {
  doing = new Doing()
  filling = $state.raw<Act | null>(null)
  /** What the plan on the open sheet is for. */
  planning = $state.raw<{ act: Act; form: Form } | null>(null)
  /** An incident that was just registered and is to be planned as soon as it is on the board. */
  wanted = $state<string | null>(null)
  /** A draft that was taken up again: its form opens as soon as its incident is shown. */
  resumed = $state.raw<Draft | null>(null)
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

  /** The act itself, and for ten seconds the way back. What could not be ordered stays as a draft. */
  async give(doing: Doing, act: Act, body: Record<string, unknown>, form: Form | null = null): Promise<boolean> {
    const incident = desk.incident
    if (!incident) return false
    if (KEPT.has(act.word)) return this.#tell(doing, act, incident, body)
    const receipt = await doing.give<Receipt>(act.path, body)
    if (!receipt) {
      if (doing.refused?.status === 0 && form) await drafts.put(act.word, form)
      return false
    }
    await drafts.drop(incident.id, act.word)
    undo.after(act, incident, receipt)
    return true
  }

  async #tell(doing: Doing, act: Act, incident: Incident, body: Record<string, unknown>): Promise<boolean> {
    const posting = new Posting(() => `${incident.name}·${t(act.word)}`)
    const done = await posting.give(act.path, body)
    doing.refused = posting.refused
    if (done && !desk.isOld) undo.after(act, incident)
    return done
  }

  /** Called by the page for as long as it lives. */
  listen(): void {
    $effect(() => {
      const [incident, act] = [desk.incident, this.act('act.order')]
      if (this.wanted === null || incident?.id !== this.wanted || !act) return
      this.wanted = null
      this.plan(act, { texts: {}, order: noOrder(), needs: rowsOf(incident.needs) })
    })
    $effect(() => {
      const draft = this.resumed
      const act = draft && desk.incident?.id === draft.incident ? this.act(draft.word) : null
      if (!draft || !act) return
      this.resumed = null
      if (this.isPlanned(act)) this.plan(act, draft.form)
      else this.filling = act
    })
  }

  close(): void {
    this.filling = null
    this.more = this.late = false
    this.doing.refused = null
  }
}

export const acting = new Acting()
