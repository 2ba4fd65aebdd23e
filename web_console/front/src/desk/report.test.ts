import { describe, expect, it, vi } from 'vitest'
import type { Located, Proposal } from '../lib/answers'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
vi.stubGlobal('document', { documentElement: { dataset: {} } })
const located: Located = { lon: 112, lat: 30, path: [{ code: '9901', name: '云江市', tier: 'city' }], township_chosen: 'by_fence', stations: [], outside_circles: true, only: null }
const proposal: Proposal = {
  needs: [{ speciality: 'FIRST_AID', minimum: 2, maximum: 4, by_min: 30 }], severity: 4, people: 4, most_people: 10, plan_above: 10, similar: [],
  authority: { allowed: true, rule: null, who_may: null },
}
const hit = { kind: 'village', id: '990101', name: '江滨街道', path: [], lon: 112, lat: 30 }
const answers = (path: string): unknown => (path.includes('/locate') ? located : path.includes('/places') ? [hit] : proposal)
vi.stubGlobal('fetch', (path: string) => Promise.resolve(new Response(JSON.stringify(answers(path)))))
const { Report } = await import('./report.svelte')

const MINUTE = 60_000
const opened = 1_000 * MINUTE
async function taken(): Promise<InstanceType<typeof Report>> {
  const report = new Report(opened)
  await report.pick(112, 30)
  await report.choose('M0002')
  return report
}

describe('a report', () => {
  it('counts what is due from when the desk learned it, not from when it was entered', async () => {
    const report = await taken()
    expect(report.needs[0]?.by_ms).toBe(opened + 30 * MINUTE)
    report.setLearned(opened - 10 * MINUTE)
    expect(report.body(true)).toMatchObject({
      learned_at_ms: opened - 10 * MINUTE, happened_at_ms: opened - 10 * MINUTE, needs: [{ by_ms: opened + 20 * MINUTE }], verify: true, order: true,
    })
  })
  it('says when its seats are more than the post may order', async () => {
    const report = await taken()
    expect(report.isBeyond).toBe(false)
    report.needs[0]!.maximum = 11
    expect([report.most, report.isBeyond]).toEqual([11, true])
  })
  it('takes an area by clicks, and lets its middle stand for the place', async () => {
    const report = new Report(opened)
    report.startDrawing()
    const clicks: [number, number][] = [[112, 30], [112.3, 30], [112.3, 30.3], [9, 9]]
    for (const at of clicks) report.addCorner(...at)
    report.dropCorner()
    expect(report.isReady).toBe(false)
    await report.finishDrawing()
    expect([report.coordinates, report.drawing]).toEqual(['112.200000, 30.100000', false])
    expect(report.body(false)).toMatchObject({ place: { area: [[112, 30], [112.3, 30], [112.3, 30.3]] } })
  })
  it('holds a name that was taken, though the box is left before the answer is there', async () => {
    const report = new Report(opened)
    report.coordinates = 'jbjd'
    const taking = report.takeTyped()
    for (let step = 0; step < 40; step++) {
      await Promise.resolve()
      void report.settle()
    }
    expect(await taking).toBe(true)
    expect([report.coordinates, report.located, report.badPair]).toEqual(['江滨街道', located, false])
  })
  it('sends a typed area with its point, in the datum both were typed in', async () => {
    const report = new Report(opened)
    report.crs = 'gcj02'
    expect(await report.typeCorners('112, 30\nnorth')).toBe(2)
    expect(await report.typeCorners('112, 30\n112.3, 30\n112.3, 30.3')).toBeNull()
    expect(report.body(false)).toMatchObject({ place: { lon: 112.2, lat: 30.1, crs: 'gcj02' } })
    await report.pick(112, 30)
    expect(report.isMixed).toBe(true)
  })
})
