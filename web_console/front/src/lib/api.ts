/** The HTTP interface (docs/api.md). A refusal arrives as a `Problem`, with its words in both languages. */
import { commandId } from './ids'
import { ROOT } from './root'
import type { Lang } from './wire'
import { textOf } from './spoken'
import type { Word } from './words'

const BASE = `${ROOT}/api/v1`
/** A network that swallows a request must not hold back everything behind it. */
const PATIENCE_MS = 30_000
const PATIENCE_BYTES_MS = 180_000
/** A little longer than the server itself works at anything. */
const PATIENCE_WORK_MS = 190_000

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly zh: string,
    readonly en: string,
  ) {
    super(code)
  }
  in(lang: Lang): string {
    return lang === 'zh' ? this.zh : this.en
  }
  /** Whether the server may have the command all the same: asking again must be the same command. */
  get isUncertain(): boolean {
    return this.status === 0 || this.status >= 500
  }
}

/** What the page itself has to say of a failure. */
function own(code: string, word: Word, what = '', status = 0): Problem {
  const [zh, en] = textOf(word).map((text) => text.replace(/\{\w+\}/, what))
  return new Problem(status, code, zh ?? '', en ?? '')
}

export async function get<T>(path: string): Promise<T> {
  return read<T>(await send(path, {}))
}

/** A change. Give the same `id` again to ask about the same command. */
export async function post<T>(path: string, body: unknown = {}, id: string = commandId()): Promise<T> {
  const headers = { 'content-type': 'application/json', 'command-id': id }
  return read<T>(await send(path, { method: 'POST', headers, body: JSON.stringify(body) }))
}

/** A whole thing in the place of another. */
export async function put<T>(path: string, body: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json' }
  return read<T>(await send(path, { method: 'PUT', headers, body: JSON.stringify(body) }))
}

export async function remove(path: string): Promise<void> {
  await read(await send(path, { method: 'DELETE' }))
}

/** A file that is looked through; nothing is kept of it. */
export async function postFile<T>(path: string, body: Blob): Promise<T> {
  return read<T>(await send(path, { method: 'POST', body, signal: within(PATIENCE_BYTES_MS) }))
}

/** Where a file is fetched from, for a link. */
export const addressOf = (path: string): string => BASE + path

/** A file to take away, where the server must record that it was: its bytes, and what it is called. */
export async function postForFile(path: string): Promise<{ bytes: Blob; name: string }> {
  const headers = { 'content-type': 'application/json', 'command-id': commandId() }
  const response = await send(path, { method: 'POST', headers, body: '{}', signal: within(PATIENCE_WORK_MS) })
  if (!response.ok) return read(response)
  const named = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')
  return { bytes: await response.blob(), name: decodeURIComponent(named?.[1] ?? '') }
}

/** A question the server has to work at. */
export async function ask<T>(path: string, body: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json', 'command-id': commandId() }
  return read<T>(await send(path, { method: 'POST', headers, body: JSON.stringify(body), signal: within(PATIENCE_WORK_MS) }))
}

/** A change that carries bytes: a photo. */
export async function postBytes<T>(path: string, body: Blob, id: string): Promise<T> {
  return read<T>(await send(path, { method: 'POST', headers: { 'command-id': id }, body, signal: within(PATIENCE_BYTES_MS) }))
}

/** Bytes behind a sign-in: a photo. */
export async function getBytes(path: string): Promise<Blob> {
  const response = await send(path, {})
  return response.ok ? response.blob() : read<Blob>(response)
}

export async function signOut(path: '/session' | '/me/session'): Promise<void> {
  await send(path, { method: 'DELETE' })
}

/** What went wrong, as a problem; anything unexpected is told as such and not hidden. */
export function problemOf(error: unknown): Problem {
  return error instanceof Problem ? error : own('page.fault', 'page.fault', String(error))
}

/** `AbortSignal.timeout`, which browsers inside other apps still lack. */
function within(ms: number): AbortSignal {
  const stop = new AbortController()
  setTimeout(() => stop.abort(), ms)
  return stop.signal
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(BASE + path, { credentials: 'same-origin', signal: within(PATIENCE_MS), ...init })
  } catch {
    throw own('net.lost', 'net.lost')
  }
}

async function read<T>(response: Response): Promise<T> {
  const body: unknown = response.status === 204 ? {} : await response.json().catch(() => ({}))
  if (response.ok) return body as T
  const told = body as { code?: string; title?: string; title_en?: string }
  if (told.title === undefined || told.title_en === undefined)
    throw own('http', 'page.status', String(response.status), response.status)
  throw new Problem(response.status, told.code ?? 'http', told.title, told.title_en)
}
