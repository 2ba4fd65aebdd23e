/** What may be done with an incident next. The first is the solid button; what lies behind the third is under "more". */
import type { DeskSession } from '../lib/answers'
import { t } from '../lib/say'
import { covers } from '../lib/tiers'
import type { Incident, Post } from '../lib/wire'
import type { Word } from '../lib/words'
import { needsToSend, type NeedRow } from './needs'

export type Field = 'reason' | 'to' | 'level' | 'item' | 'term_h' | 'measures' | 'into' | 'needs' | 'why' | 'order' | 'order?'
export type Order = { body: string; document: string; oral: boolean; reason: string }
export type Form = { texts: Record<string, string>; order: Order; needs: NeedRow[] }
export type Act = {
  word: Word
  path: string
  body: (form: Form) => Record<string, unknown>
  fields: readonly Field[]
  /** What the form proposes; else the needs of the incident. */
  needs?: readonly NeedRow[]
  /** The consequence, in words, where the act deserves one press more. */
  says?: (form: Form) => string
}
export type Around = { own: string; nameOf: (code: string) => string; short: number; teams: number }

export const noOrder = (): Order => ({ body: '', document: '', oral: false, reason: '' })
export const isGiven = (order: Order): boolean => order.body.trim() !== ''

const plain = (word: Word, path: string, body: Record<string, unknown> = {}): Act => ({ word, path, body: () => body, fields: [] })
const behind = (form: Form): Record<string, unknown> => (isGiven(form.order) ? { by_order: form.order } : {})
const CALLABLE = new Set(['verified', 'acting', 'stabilised'])
const REVERSIBLE = new Set(['false_alarm', 'handed_over', 'entered_in_error', 'merged'])
const OVER = new Set(['closed', 'reviewed'])

/** In the order an officer would look for them. Refusals stay with the server: it knows the authority. */
export function actsFor(incident: Incident, session: DeskSession, around: Around): Act[] {
  const root = `/incidents/${incident.id}`
  if (REVERSIBLE.has(incident.stage)) return [plain('act.reverse', `${root}/reverse`)]
  if (incident.stage === 'closed') return [plain('act.review', `${root}/review`)]
  if (OVER.has(incident.stage)) return []
  const running = incident.mobilization !== null && !incident.over
  const stage = (to: string, word: Word): Act => plain(word, `${root}/stage`, { stage: to, screen_position: incident.changed_at })
  const found: Act[] = []
  if (incident.stage === 'reported') found.push(plain('act.verify', `${root}/verify`))
  if (running && isTooNarrow(incident, around.own)) found.push(widen(incident, around))
  if (CALLABLE.has(incident.stage))
    found.push(running ? plain('act.wave', `/mobilizations/${incident.mobilization}/wave`) : order(incident, around))
  if (incident.stage === 'acting') found.push(stage('stabilised', 'act.stabilised'))
  if (running) found.push(standDown(incident, around))
  if (incident.stage === 'stabilised' || incident.stage === 'demobilising') found.push(stage('acting', 'act.acting'))
  if (incident.stage === 'stabilised' || incident.stage === 'acting') found.push(stage('demobilising', 'act.demobilising'))
  if (['verified', 'stabilised', 'demobilising'].includes(incident.stage))
    found.push({ ...plain('act.close', `${root}/close`), says: () => t('says.close') })
  return [...found, ...disposals(root), ...leads(root, incident, session.officer.post), start(incident, around.own)]
}

/** The call-out does not reach as far as this post could order. */
export const isTooNarrow = (incident: Incident, own: string): boolean =>
  incident.scope !== null && incident.scope !== own && covers(own, incident.scope)

function order(incident: Incident, around: Around): Act {
  const waiting = incident.order_asked?.to === around.own ? incident.order_asked : null
  return {
    word: waiting ? 'act.approve' : incident.over ? 'act.order.again' : 'act.order',
    path: `/incidents/${incident.id}/order`,
    fields: ['needs', 'order?'],
    ...(waiting ? { needs: waiting.needs } : {}),
    body: (form) => ({ needs: needsToSend(form.needs), screen_position: incident.changed_at, ...behind(form) }),
  }
}

function widen(incident: Incident, around: Around): Act {
  const facts = { from: around.nameOf(incident.scope ?? ''), to: around.nameOf(around.own), n: around.short }
  return {
    word: 'act.widen',
    path: `/incidents/${incident.id}/order`,
    fields: ['order?'],
    body: behind,
    says: () => t('says.widen', facts),
  }
}

function standDown(incident: Incident, around: Around): Act {
  return {
    word: 'act.stand_down',
    path: `/mobilizations/${incident.mobilization}/stand_down`,
    fields: ['why'],
    body: (form) => ({ reason: form.texts['why'] ?? 'over' }),
    says: () => t('says.stand_down', { n: around.teams }),
  }
}

function disposals(root: string): Act[] {
  const dispose = (as: string, word: Word, fields: readonly Field[]): Act => ({
    word,
    path: `${root}/dispose`,
    fields,
    body: ({ texts }) => ({ as, reason: texts['reason'] ?? '', to: texts['to'] ?? '' }),
    says: () => t('says.dispose'),
  })
  return [
    dispose('false_alarm', 'act.false_alarm', ['reason']),
    dispose('handed_over', 'act.handed_over', ['to', 'reason']),
    dispose('entered_in_error', 'act.entered_in_error', ['reason']),
    { word: 'act.merge', path: `${root}/merge`, fields: ['into'], body: ({ texts }) => ({ into: texts['into'] ?? '' }), says: () => t('says.merge') },
  ]
}

function leads(root: string, incident: Incident, post: Post): Act[] {
  const own = post.division
  const pass = (act: string, word: Word, to = ''): Act => ({
    word,
    path: `${root}/lead`,
    fields: ['order'],
    body: ({ order }) => ({ act, to, by_order: order }),
  })
  const found: Act[] = []
  if (incident.hand_back_offered_to === own) found.push(pass('accept_back', 'act.accept_back'))
  if (incident.lead.division === own) {
    if (post.tier !== 'city') found.push(pass('ask', 'act.ask'))
    const below = incident.path.find((step) => step.code.length > own.length)
    if (incident.hand_back_offered_to) found.push(pass('withdraw', 'act.withdraw'))
    else if (below && post.tier !== 'township') found.push(pass('offer_back', 'act.offer_back', below.code))
  } else if (covers(own, incident.lead.division)) found.push(pass('take_over', 'act.take_over'))
  return found
}

function start(incident: Incident, own: string): Act {
  return {
    word: 'act.level',
    path: '/responses',
    fields: ['level', 'item', 'term_h', 'measures', 'order'],
    body: ({ texts, order }) => ({
      division: own,
      category: incident.category,
      level: Number(texts['level']),
      item: texts['item'] ?? '',
      term_h: Number(texts['term_h']),
      measures: texts['measures'] ?? '',
      by_order: order,
    }),
  }
}
