/** Every page speaks the areas of the words it can say: of what it is made of, file by file from its `main.ts`. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { AREAS, WORDS } from './words'

const SRC = fileURLToPath(new URL('../', import.meta.url))
const IMPORTED = /^\s*(?:import|export)\s(?!type\b)(?:[^'"]*?\sfrom\s)?['"](\.[^'"]+)['"]|import\(['"](\.[^'"]+)['"]\)/gm

function filesOf(page: string): string[] {
  const found = new Set<string>()
  const walk = (file: string): void => {
    if (found.has(file) || /words(\/|\.ts$)/.test(file)) return
    found.add(file)
    for (const [, plain, lazy] of readFileSync(file, 'utf-8').matchAll(IMPORTED)) {
      const base = normalize(join(dirname(file), (plain ?? lazy)!))
      const next = ['', '.ts'].map((end) => base + end).find((each) => /\.(ts|svelte)$/.test(each) && existsSync(each))
      if (next) walk(next)
    }
  }
  walk(join(SRC, page, 'main.ts'))
  return [...found]
}

/** Keys a file names, and the whole of each family it computes keys of. */
function saidBy(source: string): string[] {
  const families = [...source.matchAll(/`([a-z_.]+)\.\$\{|coded\('([a-z_.]+)'/g)].map((each) => `${each[1] ?? each[2]}.`)
  const literals = new Set([...source.matchAll(/['"`]([\w.]+)['"`]/g)].map((each) => each[1]))
  return Object.keys(WORDS).filter((key) => literals.has(key) || families.some((family) => key.startsWith(family)))
}

describe.each(['phone', 'link', 'wall'])('the page of %s', (page) => {
  it('can say every word it may have to', () => {
    const files = filesOf(page)
    const own = readFileSync(join(SRC, page, 'words.ts'), 'utf-8')
    const spoken = new Set([...own.matchAll(/lib\/words\/(\w+)'/g)].map((each) => each[1]))
    const areas = AREAS.filter((area) => [...spoken].some((name) => readFileSync(join(SRC, 'lib/words', `${name}.ts`), 'utf-8').includes(`'${Object.keys(area)[0]}':`)))
    expect(areas).toHaveLength(spoken.size)
    const known = new Set(areas.flatMap((area) => Object.keys(area)))
    const dumb = files.flatMap((file) => saidBy(readFileSync(file, 'utf-8')).filter((key) => !known.has(key)).map((key) => `${file.slice(SRC.length)}: ${key}`))
    expect(dumb).toEqual([])
    expect(files.length).toBeGreaterThan(8)
  })
})
