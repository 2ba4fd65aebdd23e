import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** The guide's measured contrasts: text at least 4.5 to 1, marks and borders of controls at least 3. */
const css = readFileSync(new URL('../tokens.css', import.meta.url), 'utf-8')
const TEXT = 4.5
const MARK = 3

function theme(name: string): Record<string, string> {
  const block = css.slice(css.indexOf(`[data-theme="${name}"]`)).split('}')[0] ?? ''
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, token, value]) => [token, value]))
}

function light(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(a: string, b: string): number {
  const [high, low] = [light(a), light(b)].sort((x, y) => y - x) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

const pairs = (fronts: string[], grounds: string[]): [string, string][] => fronts.flatMap((front) => grounds.map((ground): [string, string] => [front, ground]))
const SEVERITIES = [1, 2, 3, 4]

describe.each(['night', 'day'])('by %s', (name) => {
  const tokens = theme(name)
  const of = (token: string): string => tokens[token] ?? expect.unreachable(`no token ${token}`)

  it.each([
    ...pairs(['ink', 'ink-2', 'ink-3', 'ok'], ['panel', 'raised', 'sunk']),
    ...pairs(['ink', 'ink-2', 'ok'], ['mark-bg', 'ground']),
    ...pairs(['ink', 'place'], ['land']),
    ['inverse', 'ink'], ['inverse', 'ink-2'], ['on-ok', 'ok'], ['on-sos', 'sos'], ['on-drill', 'drill'], ['drill-ink', 'drill-bg'],
    ...SEVERITIES.map((level): [string, string] => [`on-sev-${level}`, `sev-${level}`]),
  ])('text %s reads on %s', (front, ground) => {
    expect(contrast(of(front), of(ground))).toBeGreaterThanOrEqual(TEXT)
  })

  it.each([...pairs(['ctl'], ['panel', 'raised', 'sunk']), ...pairs(['focus'], ['panel', 'sunk', 'land']), ...pairs(['ok', 'edge-county'], ['land'])])(
    'mark %s stands out on %s',
    (front, ground) => {
      expect(contrast(of(front), of(ground))).toBeGreaterThanOrEqual(MARK)
    },
  )

  it.each(SEVERITIES)('severity %i stands out by its fill or its edge', (level) => {
    const edge = tokens[`sev-edge-${level}`]
    for (const ground of ['panel', 'land', 'raised', 'mark-bg'])
      expect(Math.max(contrast(of(`sev-${level}`), of(ground)), edge ? contrast(edge, of(ground)) : 0), ground).toBeGreaterThanOrEqual(MARK)
  })
})
