/** What was just done and can still be taken back, for ten seconds; later the same goes as a correction among the acts. */
import type { Receipt } from '../lib/answers'
import { Doing } from '../lib/doing.svelte'
import { now } from '../lib/now.svelte'
import { t } from '../lib/say'
import type { Call, Incident } from '../lib/wire'
import type { Word } from '../lib/words'
import type { Act } from './acts'
import { desk } from './desk.svelte'

export const UNDO_MS = 10_000
const CALL_OUTS = new Set<Word>(['act.order', 'act.order.again', 'act.approve'])
const DISPOSED = new Set<Word>(['act.merge', 'act.false_alarm', 'act.handed_over', 'act.entered_in_error'])
const STAGED = new Set<Word>(['act.acting', 'act.stabilised', 'act.demobilising'])
const FINAL = new Set<Word>(['act.close', 'act.stand_down', 'act.end_response'])

/** `path` null: it cannot be taken back, and says so. `calls`: of an incident whose people are being called, `wave`: only of this one. */
type Offer = {
  said: string
  path: string | null
  body: () => Record<string, unknown>
  done: string
  calls: string | null
  wave: number | null
  until: number
}

/** What has left the house: read on a phone, or gone out as a text; the others have heard nothing. */
export function leftTheHouse(calls: readonly Call[]): { sent: number; unsent: number } {
  const sent = calls.filter((call) => call.seen_ms !== null || call.sent === 'sent' || call.sent === 'unknown').length
  return { sent, unsent: calls.length - sent }
}

/** The number of the wave that a receipt tells of. */
function waveOf(receipt: Receipt | null): number | null {
  const wave = receipt?.events.find((each) => each.name === 'wave.called')?.data['wave']
  return typeof wave === 'number' ? wave : null
}

class Undo {
  doing = new Doing()
  offer = $state.raw<Offer | null>(null)
  /** What came of taking it back. */
  told = $state('')
  leftMs = $derived(this.offer === null ? 0 : Math.min(UNDO_MS, Math.max(0, this.offer.until - now.ms)))
  isOpen = $derived(this.leftMs > 0)
  state = $derived.by(() => {
    if (this.offer?.calls == null) return ''
    const calls = desk.callsOf(this.offer.calls).filter((call) => call.state !== 'called_again' && (this.offer?.wave ?? call.wave) === call.wave)
    return calls.length === 0 ? '' : t('undo.left', leftTheHouse(calls))
  })

  /** After an act on an incident as it stood before it. */
  after(act: Act, was: Incident, receipt: Receipt | null = null): void {
    const root = `/incidents/${was.id}`
    const name = was.name
    if (CALL_OUTS.has(act.word)) {
      const stand = `/mobilizations/${was.mobilization ?? `m-${was.id}`}/stand_down`
      this.#open({ said: t('undo.called', { name }), path: stand, body: () => ({ reason: 'withdrawn' }), done: t('undo.called.done'), calls: was.id })
    } else if (act.word === 'act.wave') this.#afterWave(was, waveOf(receipt))
    else if (DISPOSED.has(act.word)) this.#open({ said: t('undo.did', { name, act: t(act.word) }), path: `${root}/reverse`, done: t('undo.back', { name }) })
    else if (STAGED.has(act.word)) {
      const body = () => ({ stage: was.stage, screen_position: desk.everyIncident.find((each) => each.id === was.id)?.changed_at ?? was.changed_at })
      const back = was.stage === 'verified' ? null : `${root}/stage`
      this.#open({ said: t('undo.did', { name, act: t(act.word) }), path: back, body, done: t('undo.back', { name }) })
    } else if (FINAL.has(act.word)) this.#open({ said: t('undo.did', { name, act: t(act.word) }), path: null })
  }

  /** After a report was taken: taken back it stands as entered in error, for all to see. */
  afterReport(incident: string): void {
    const body = () => ({ as: 'entered_in_error', reason: t('undo.reason') })
    this.#open({ said: t('undo.raised'), path: `/incidents/${incident}/dispose`, body, done: t('undo.raised.done') })
  }

  /** After a report that was taken as one more of an incident there was. */
  afterMerge(incident: string, into: string): void {
    this.#open({ said: t('undo.merged', { name: into }), path: `/incidents/${incident}/reverse`, done: t('undo.merged.back') })
  }

  /** After one press that registered and called out. */
  afterOrder(incident: string): void {
    const body = () => ({ reason: 'withdrawn' })
    this.#open({ said: t('undo.ordered'), path: `/mobilizations/m-${incident}/stand_down`, body, done: t('undo.called.done'), calls: incident })
  }

  /** Of a wave that was overtaken whole nothing was called. */
  #afterWave(was: Incident, wave: number | null): void {
    if (wave === null) return
    const path = `/mobilizations/${was.mobilization}/waves/${wave}/withdraw`
    this.#open({ said: t('undo.wave', { name: was.name }), path, done: t('undo.wave.done'), calls: was.id, wave })
  }

  async back(): Promise<void> {
    const offer = this.offer
    if (!offer?.path || !this.isOpen) return
    const left = offer.calls === null ? '' : this.state
    this.offer = { ...offer, until: Math.max(offer.until, Date.now() + UNDO_MS) } // a press that is on its way does not run out
    if (await this.doing.give(offer.path, offer.body())) {
      this.told = left ? `${offer.done} ${left}` : offer.done
      this.offer = { ...offer, path: null, said: this.told, calls: null, until: Date.now() + UNDO_MS }
    }
  }

  close(): void {
    this.offer = null
  }

  #open(offer: Partial<Offer> & Pick<Offer, 'said' | 'path'>): void {
    this.told = ''
    this.doing.refused = null
    this.offer = { body: () => ({}), done: '', calls: null, wave: null, until: Date.now() + UNDO_MS, ...offer }
  }
}

export const undo = new Undo()
