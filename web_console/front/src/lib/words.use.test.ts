/**
 * Where words stand: every word of the catalogues is used, every text of a page is of a catalogue, and each fits its place.
 *
 * A key is used where code names it, or where code names its family: `coded('call', …)` and t(`tier.${…}`) use all of `call.` and `tier.`.
 * The place of a word is the element of the markup around t(…); its width counts Chinese twice and a fact as FACT says.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'svelte/compiler'
import ts from 'typescript'
import { expect, it } from 'vitest'
import { WORDS } from './words'

type Node = { type?: string; start?: number; [part: string]: unknown }
type Found = { file: string; line: number }

const SRC = new URL('../', import.meta.url)
/** Catalogues, and a table of signs that nobody reads. */
const CATALOGUES = /^lib\/(words(\/|\.ts)|initials\.ts)/
/** Half-width units a place has for one text, in Chinese and in English; the desk at 1440 px and the phone at 360 px were looked at with these. */
const ROOM: Record<string, [zh: number, en: number]> = {
  button: [36, 44], option: [32, 44], dt: [16, 24], th: [16, 20], legend: [36, 44], summary: [40, 48], label: [52, 72],
  h1: [40, 48], h2: [40, 48], h3: [40, 48], kbd: [8, 8], placeholder: [44, 52],
}
/** Words that reach their place through a table in code. */
const ROOM_OF_FAMILY: Record<string, string> = { act: 'button', tier: 'dt', sev: 'dt', stage: 'dt', team: 'dt', role: 'option' }
const SENTENCE: [zh: number, en: number] = [160, 200]
const FACT: Record<string, number> = { n: 2, m: 2, a: 2, b: 2, c: 2, i: 2, no: 1, t: 5, at: 5, d: 6, level: 3 }
const FACT_ELSE = 8

/** Attributes are read apart; a key cap shows the name of its key. */
const UNSPOKEN = new Set(['attribute', 'placeholder', 'kbd'])
const LETTERS = /\p{L}/u
const HAN = /\p{Script=Han}/u
const CHINESE = /[\u2E80-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF]/
const STOPS = /[：；，。？！（）]/
const KEY_NAME = /^(Esc|Ctrl|Enter|Ctrl Enter|[A-Z])$/
const PROSE = /^[A-Z][a-z’']+,?( [A-Za-z’'-]+,?){1,}[.!?]?$/
const SPOKEN_ATTRIBUTES = new Set(['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'title', 'placeholder', 'alt', 'label'])

const keys = new Set<string>()
const families = new Set<string>()
const literal: string[] = []
const places = new Map<string, Set<string>>()

function readCode(file: string, source: string): void {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true)
  const visit = (node: ts.Node): void => {
    const at = (): Found => ({ file, line: tree.getLineAndCharacterOfPosition(node.getStart()).line + 1 })
    if (ts.isStringLiteralLike(node)) readString(node.text, at(), isThrown(node))
    if (ts.isTemplateExpression(node)) {
      readTemplate(node.head.text)
      for (const part of [node.head, ...node.templateSpans.map((span) => span.literal)]) readString(part.text, at(), isThrown(node))
    }
    if (ts.isCallExpression(node) && node.expression.getText() === 'coded' && node.arguments[0] && ts.isStringLiteral(node.arguments[0]))
      families.add(node.arguments[0].text)
    ts.forEachChild(node, visit)
  }
  visit(tree)
}

/** What a fault says to whoever mends it. */
function isThrown(node: ts.Node): boolean {
  return ts.isNewExpression(node.parent) && node.parent.expression.getText().endsWith('Error')
}

function readPage(file: string, source: string): void {
  const tree = parse(source, { modern: true }) as unknown as { instance: Node | null; module: Node | null; fragment: Node }
  const line = (node: Node): Found => ({ file, line: source.slice(0, node.start).split('\n').length })
  const visit = (node: unknown, place: string): void => {
    if (Array.isArray(node)) for (const each of node) visit(each, place)
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return
    const each = node as Node
    const inside = placeIn(each, place)
    if (each.type === 'Text') keys.add(String(each['data']))
    if (each.type === 'Text' && isSaid(String(each['data'])) && !UNSPOKEN.has(place)) say(line(each), `text “${String(each['data']).trim()}” stands in the page`)
    if (each.type === 'Attribute' && SPOKEN_ATTRIBUTES.has(String(each['name']))) readSpoken(each, line(each))
    if (each.type === 'ExpressionTag' && place !== 'attribute') for (const text of shownBy(each['expression'] as Node)) if (LETTERS.test(text)) say(line(each), `“${text}” is shown as it is`)
    if (each.type === 'Literal' && typeof each['value'] === 'string') readString(each['value'], line(each), false)
    if (each.type === 'TemplateLiteral') readTemplate(cooked((each['quasis'] as Node[])[0]!))
    if (each.type === 'TemplateElement') readString(cooked(each), line(each), false)
    if (each.type === 'CallExpression') readCall(each, inside)
    for (const [part, value] of Object.entries(each)) if (!['type', 'loc', 'name_loc', 'metadata', 'start', 'end'].includes(part)) visit(value, inside)
  }
  visit([tree.instance, tree.module, tree.fragment], '')
}

/** Of some language; the name of a key is of none. */
function isSaid(text: string): boolean {
  return (LETTERS.test(text) || STOPS.test(text)) && !KEY_NAME.test(text.trim())
}

function cooked(quasi: Node): string {
  return (quasi['value'] as { cooked: string }).cooked
}

function placeIn(node: Node, place: string): string {
  if (node.type === 'Attribute') return node['name'] === 'placeholder' ? 'placeholder' : 'attribute'
  return node.type === 'RegularElement' ? String(node['name']) : place
}

/** `aria-label="Close"`, as against `aria-label={t(…)}`. */
function readSpoken(attribute: Node, at: Found): void {
  const value = attribute['value']
  const parts = (Array.isArray(value) ? value : [value]) as Node[]
  const texts = parts.flatMap((part) => (part.type === 'Text' ? [String(part['data'])] : part.type === 'ExpressionTag' ? shownBy(part['expression'] as Node) : []))
  for (const text of texts) if (LETTERS.test(text)) say(at, `${String(attribute['name'])} “${text}” is spoken as it is`)
}

/** Literals that come out of an expression as they are: the arms of a choice, the parts of a sum; never what a call is given. */
function shownBy(node: Node): string[] {
  if (node.type === 'Literal' && typeof node['value'] === 'string') return [node['value']]
  if (node.type === 'TemplateLiteral') return (node['quasis'] as Node[]).map(cooked)
  if (node.type === 'ConditionalExpression') return [...shownBy(node['consequent'] as Node), ...shownBy(node['alternate'] as Node)]
  if (node.type === 'LogicalExpression' || (node.type === 'BinaryExpression' && node['operator'] === '+'))
    return [...shownBy(node['left'] as Node), ...shownBy(node['right'] as Node)]
  return []
}

function readCall(call: Node, place: string): void {
  const [first] = call['arguments'] as Node[]
  const name = (call['callee'] as Node)['name']
  if (!first) return
  if (name === 'coded' && typeof first['value'] === 'string') families.add(first['value'])
  if (name === 't') for (const key of shownBy(first)) places.set(key, (places.get(key) ?? new Set()).add(place))
}

function readString(text: string, at: Found, thrown: boolean): void {
  keys.add(text)
  if (HAN.test(text) || (PROSE.test(text) && !thrown)) say(at, `“${text}” is written in code`)
}

function readTemplate(head: string): void {
  const family = /^([a-z_.]+)\.$/.exec(head)?.[1]
  if (family) families.add(family)
}

function say(at: Found, what: string): void {
  literal.push(`web_console/front/src/${at.file}:${at.line}: ${what}. Give it a key in lib/words/*.ts (Chinese first) and say t('key').`)
}

for (const file of readdirSync(SRC, { recursive: true, encoding: 'utf-8' })) {
  if (CATALOGUES.test(file) || file.endsWith('.test.ts')) continue
  const source = (): string => readFileSync(new URL(file, SRC), 'utf-8')
  if (file.endsWith('.ts')) readCode(file, source())
  if (file.endsWith('.svelte')) readPage(file, source())
}

const every = Object.entries(WORDS as Record<string, readonly [string, string]>)
const familyOf = (key: string): string => key.slice(0, key.indexOf('.'))
const isOfFamily = (key: string): boolean => [...families].some((family) => key.startsWith(`${family}.`))

const width = (text: string): number => {
  const facts = [...text.matchAll(/\{(\w+)\}/g)].reduce((sum, found) => sum + (FACT[found[1]!] ?? FACT_ELSE), 0)
  return facts + [...text.replace(/\{\w+\}/g, '')].reduce((sum, sign) => sum + (CHINESE.test(sign) ? 2 : 1), 0)
}

it('finds the words it looks for', () => {
  expect([keys.has('board.title'), families.has('sev'), families.has('tier'), places.get('act.cancel')?.has('button')]).toEqual([true, true, true, true])
})
it('has no text outside the catalogues', () => {
  expect(literal).toEqual([])
})
it('keeps no word that nobody says', () => {
  const unused = every.map(([key]) => key).filter((key) => !keys.has(key) && !isOfFamily(key))
  expect(unused.map((key) => `“${key}” is in a catalogue but nothing says it: delete it, or say it with t('${key}')`)).toEqual([])
})
it('has words for every family of codes that is spoken', () => {
  const empty = [...families].filter((family) => !every.some(([key]) => key.startsWith(`${family}.`)))
  expect(empty.map((family) => `coded('${family}', …) finds no word: add '${family}.<code>' to a catalogue`)).toEqual([])
})
it('fits every word into its place', () => {
  const tight = every.flatMap(([key, texts]) => {
    const found = [...(places.get(key) ?? []), ROOM_OF_FAMILY[familyOf(key)] ?? ''].filter((place) => place in ROOM)
    return (['zh', 'en'] as const).flatMap((lang, i) => {
      const [place, room] = found.map((each) => [each, ROOM[each]![i]!] as const).sort((x, y) => x[1] - y[1])[0] ?? ['a sentence', SENTENCE[i]!]
      const is = width(texts[i]!)
      return is > room ? [`“${key}” (${lang}) is ${is} wide where ${place} has ${room}: shorten “${texts[i]!}”`] : []
    })
  })
  expect(tight).toEqual([])
})
