/** The HTTP interface (docs/api.md). A refusal arrives as a `Problem`, with its words in both languages. */
import { commandId } from './ids'
import type { Lang } from './wire'

const BASE = '/api/v1'

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
}

const OFFLINE = new Problem(0, 'net.lost', '网络断开，未送出', 'No connection; not sent')

export async function get<T>(path: string): Promise<T> {
  return read<T>(await send(path, {}))
}

/** A change. Give the same `id` again to ask about the same command. */
export async function post<T>(path: string, body: unknown = {}, id: string = commandId()): Promise<T> {
  const headers = { 'content-type': 'application/json', 'command-id': id }
  return read<T>(await send(path, { method: 'POST', headers, body: JSON.stringify(body) }))
}

export async function signOut(path: '/session' | '/me/session'): Promise<void> {
  await send(path, { method: 'DELETE' })
}

/** What went wrong, as a problem; anything unexpected is told as such and not hidden. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  return new Problem(0, 'page.fault', `页面出错：${String(error)}`, `The page failed: ${String(error)}`)
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(BASE + path, { credentials: 'same-origin', ...init })
  } catch {
    throw OFFLINE
  }
}

async function read<T>(response: Response): Promise<T> {
  const body: unknown = response.status === 204 ? {} : await response.json().catch(() => ({}))
  if (response.ok) return body as T
  const told = body as { code?: string; title?: string; title_en?: string }
  const fallback = `HTTP ${response.status}`
  throw new Problem(response.status, told.code ?? 'http', told.title ?? fallback, told.title_en ?? fallback)
}
