/** What may be done with an incident next. The first is the solid button; the rest lies under "more". */
import type { Word } from '../lib/words'
import type { DeskSession, Incident } from '../lib/wire'

export type Field = 'reason' | 'to' | 'body' | 'document' | 'oral' | 'level' | 'item' | 'term_h' | 'measures' | 'into'
export type Act = { word: Word; path: string; body: (form: Record<string, string>) => unknown; fields: readonly Field[] }
const ORDER_FIELDS = ['body', 'document', 'oral', 'reason'] as const

const byOrder = (form: Record<string, string>) => ({
  body: form['body'] ?? '',
  document: form['document'] ?? '',
  oral: form['oral'] === 'yes',
  reason: form['reason'] ?? '',
})

const plain = (word: Word, path: string, body: unknown = {}): Act => ({ word, path, body: () => body, fields: [] })

/** In the order an officer would look for them. Refusals stay with the server: it knows the authority. */
export function actsFor(incident: Incident, session: DeskSession): Act[] {
  const root = `/incidents/${incident.id}`
  const call = `/mobilizations/${incident.mobilization ?? ''}`
  const stage = (to: string, word: Word): Act => plain(word, `${root}/stage`, { stage: to, screen_position: incident.changed_at })
  const found: Act[] = []
  const isRunning = incident.mobilization !== null && !incident.over
  if (incident.stage === 'reported') found.push(plain('act.verify', `${root}/verify`))
  if (['reported', 'verified', 'acting', 'stabilised'].includes(incident.stage)) {
    found.push(isRunning ? plain('act.wave', `${call}/wave`) : plain('act.order', `${root}/order`))
  }
  if (incident.stage === 'acting') found.push(stage('stabilised', 'act.stabilised'))
  if (isRunning) found.push(plain('act.stand_down', `${call}/stand_down`, { reason: 'over' }))
  if (incident.stage === 'stabilised' || incident.stage === 'acting') found.push(stage('demobilising', 'act.demobilising'))
  if (['verified', 'stabilised', 'demobilising'].includes(incident.stage)) found.push(plain('act.close', `${root}/close`))
  if (incident.stage === 'closed') found.push(plain('act.review', `${root}/review`))
  if (['false_alarm', 'handed_over', 'entered_in_error', 'merged'].includes(incident.stage)) found.push(plain('act.reverse', `${root}/reverse`))
  else if (!['closed', 'reviewed'].includes(incident.stage)) found.push(...disposals(root), ...leads(root, incident, session.officer.post.division))
  return found
}

function disposals(root: string): Act[] {
  const dispose = (as: string, word: Word, fields: readonly Field[]): Act => ({
    word,
    path: `${root}/dispose`,
    fields,
    body: (form) => ({ as, reason: form['reason'] ?? '', to: form['to'] ?? '' }),
  })
  return [
    dispose('false_alarm', 'act.false_alarm', ['reason']),
    dispose('handed_over', 'act.handed_over', ['to', 'reason']),
    dispose('entered_in_error', 'act.entered_in_error', ['reason']),
    { word: 'act.merge', path: `${root}/merge`, fields: ['into'], body: (form) => ({ into: form['into'] ?? '' }) },
  ]
}

function leads(root: string, incident: Incident, post: string): Act[] {
  const pass = (act: string, word: Word, to = ''): Act => ({
    word,
    path: `${root}/lead`,
    fields: ORDER_FIELDS,
    body: (form) => ({ act, to, by_order: byOrder(form) }),
  })
  const found: Act[] = []
  if (incident.hand_back_offered_to === post) found.push(pass('accept_back', 'act.accept_back'))
  if (incident.lead.division === post) {
    if (post.length > 4) found.push(pass('ask', 'act.ask'))
    const below = incident.path.find((step) => step.code.length > post.length)
    if (below) found.push(pass('offer_back', 'act.offer_back', below.code))
  } else if (incident.lead.division.startsWith(post)) found.push(pass('take_over', 'act.take_over'))
  found.push({
    word: 'act.level',
    path: '/responses',
    fields: ['level', 'item', 'term_h', 'measures', ...ORDER_FIELDS],
    body: (form) => ({
      division: post,
      category: incident.category,
      level: Number(form['level'] ?? 4),
      item: form['item'] ?? '',
      term_h: Number(form['term_h'] ?? 24),
      measures: form['measures'] ?? '',
      by_order: byOrder(form),
    }),
  })
  return found
}
