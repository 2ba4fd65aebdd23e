/**
 * What a browser keeps through a reload, a crash and a power cut: half-typed forms, answers that wait for the network.
 *
 * One shelf per purpose (an IndexedDB store of plain values by key), written with strict durability. Where storage is full or
 * forbidden things are kept in memory and `isSafe` says so: the page must tell its user.
 */
import { ROOT } from './root'

const DATABASE = 'muster'

export class Shelf<T> {
  /** Whether the last write will survive the page. */
  isSafe = true
  #memory = new Map<string, T>()
  #open: Promise<IDBDatabase | null> | null = null

  constructor(readonly name: string) {}

  /** Everything on the shelf, in the order of its keys. */
  async all(): Promise<[string, T][]> {
    const found = await this.#run<[string, T][]>('readonly', (shelf, done) => {
      const rows: [string, T][] = []
      shelf.openCursor().onsuccess = (event) => {
        const cursor = (event.target as IDBRequest<IDBCursorWithValue | null>).result
        if (!cursor) return done(rows)
        rows.push([String(cursor.key), cursor.value as T])
        cursor.continue()
      }
    })
    const rows = new Map([...(found ?? []), ...this.#memory])
    return [...rows].sort(([a], [b]) => (a < b ? -1 : 1))
  }

  async get(key: string): Promise<T | null> {
    if (this.#memory.has(key)) return this.#memory.get(key)!
    return (await this.#run<T>('readonly', (shelf, done) => {
      shelf.get(key).onsuccess = (event) => done((event.target as IDBRequest<T>).result)
    })) ?? null
  }

  /** Answers whether it will survive the page. */
  async put(key: string, value: T): Promise<boolean> {
    const held = await this.#run<true>('readwrite', (shelf, done) => {
      shelf.put(value, key)
      done(true)
    })
    this.isSafe = held === true
    if (this.isSafe) this.#memory.delete(key)
    else this.#memory.set(key, value)
    return this.isSafe
  }

  async drop(key: string): Promise<void> {
    this.#memory.delete(key)
    await this.#run<true>('readwrite', (shelf, done) => {
      shelf.delete(key)
      done(true)
    })
  }

  /** What `work` gave to `done`, once the transaction is on the disk; null where there is no storage. */
  async #run<R>(mode: IDBTransactionMode, work: (shelf: IDBObjectStore, done: (found: R) => void) => void): Promise<R | null> {
    this.#open ??= openShelf(this.name)
    const base = await this.#open
    if (base === null) {
      this.isSafe = false
      return null
    }
    return new Promise((resolve) => {
      let found: R | null = null
      try {
        const change = base.transaction(this.name, mode, { durability: 'strict' })
        change.oncomplete = () => resolve(found)
        change.onabort = change.onerror = () => resolve(null)
        work(change.objectStore(this.name), (value) => (found = value))
      } catch {
        resolve(null)
      }
    })
  }
}

/** Each shelf is a database of its own, so that a new one never has to wait for another tab's version. */
function openShelf(name: string): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    try {
      const asked = indexedDB.open(`${DATABASE}${ROOT}.${name}`, 1)
      asked.onupgradeneeded = () => asked.result.createObjectStore(name)
      asked.onsuccess = () => resolve(asked.result)
      asked.onerror = asked.onblocked = () => resolve(null)
    } catch {
      resolve(null)
    }
  })
}
