import { expect, it, vi } from 'vitest'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
vi.stubGlobal('document', { documentElement: { dataset: {} } })
vi.stubGlobal('Notification', { permission: 'granted' })
vi.stubGlobal('window', { Notification })
const shown = new Set<string>()
const soon = (): Promise<void> => new Promise((done) => setTimeout(done, 1))
const registration = {
  /** A browser shows at once, and takes longer to say what it shows. */
  showNotification: (_title: string, { tag }: { tag: string }) => Promise.resolve(void shown.add(tag)),
  getNotifications: async ({ tag }: { tag: string }) => {
    await soon()
    return shown.has(tag) ? [{ close: () => shown.delete(tag) }] : []
  },
}
vi.doMock('./keeper.svelte', () => ({ keeper: { registration } }))
const { notify, takeBack } = await import('./notices')

it('shows again what was taken back a moment before', async () => {
  await Promise.all([notify('c-1'), takeBack('c-1'), notify('c-1')])
  expect([...shown]).toEqual(['c-1'])
  await takeBack('c-1')
  expect([...shown]).toEqual([])
})
