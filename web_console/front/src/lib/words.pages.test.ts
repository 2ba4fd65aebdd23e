/** Every page speaks the areas of the words it can say: of what it is made of, file by file from its `main.ts`. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { AREAS, WORDS } from './words'

const SRC = fileURLToPath(new URL('../', import.meta.url))
const IMPORTED = /^\s*(?:import|export)\s(?!type\b)(?:[^'"]*?\sfrom\s)?['"](\.[^'"]+)['"]|(?<!typeof )import\(['"](\.[^'"]+)['"]\)/gm
const SPEAKS = /words\.ts$/
const read = (file: string): string => readFileSync(file, 'utf-8')

type Part = { files: string[]; lazy: string[]; areas: string[] }

/** What is loaded with this file, what it asks for later, and the areas of words that come along. */
function partOf(root: string): Part {
  const [files, lazy, areas] = [new Set<string>(), new Set<string>(), new Set<string>()]
  const walk = (file: string): void => {
    if (files.has(file) || file.startsWith(join(SRC, 'lib/words'))) return
    if (SPEAKS.test(file)) for (const [, name] of read(file).matchAll(/lib\/words\/(\w+)'/g)) areas.add(name!)
    else files.add(file)
    for (const [, plain, later] of SPEAKS.test(file) ? [] : read(file).matchAll(IMPORTED)) {
      const base = normalize(join(dirname(file), (plain ?? later)!))
      const next = ['', '.ts'].map((end) => base + end).find((each) => /\.(ts|svelte)$/.test(each) && existsSync(each))
      if (next && later) lazy.add(next)
      else if (next) walk(next)
    }
  }
  walk(root)
  return { files: [...files], lazy: [...lazy], areas: [...areas] }
}

const wordsOf = (areas: string[]): Set<string> => {
  const found = AREAS.filter((area) => areas.some((name) => read(join(SRC, 'lib/words', `${name}.ts`)).includes(`'${Object.keys(area)[0]}':`)))
  expect(found).toHaveLength(areas.length)
  return new Set(found.flatMap((area) => Object.keys(area)))
}

/** Keys a file names, and the whole of each family it computes keys of. */
function saidBy(source: string): string[] {
  const families = [...source.matchAll(/`([a-z_.]+)\.\$\{|coded\('([a-z_.]+)'/g)].map((each) => `${each[1] ?? each[2]}.`)
  const literals = new Set([...source.matchAll(/['"`]([\w.]+)['"`]/g)].map((each) => each[1]))
  return Object.keys(WORDS).filter((key) => literals.has(key) || families.some((family) => key.startsWith(family)))
}

const dumb = (part: Part, known: Set<string>): string[] =>
  part.files.flatMap((file) => saidBy(read(file)).filter((key) => !known.has(key)).map((key) => `${file.slice(SRC.length)}: ${key}`))

describe.each(['phone', 'link', 'wall', 'desk'])('the page of %s', (page) => {
  const first = partOf(join(SRC, page, 'main.ts'))
  it('can say every word it may have to', () => {
    expect(dumb(first, wordsOf(first.areas))).toEqual([])
    expect(first.files.length).toBeGreaterThan(8)
  })
  it('can say every word of what it loads later', () => {
    for (const later of first.lazy.map(partOf)) expect(dumb(later, wordsOf([...new Set([...first.areas, ...later.areas])]))).toEqual([])
    expect(first.lazy.length > 0).toBe(page !== 'link')
  })
})
