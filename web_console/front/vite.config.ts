import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import type { Plugin, Rolldown } from 'vite'
import { defineConfig } from 'vitest/config'

const server = `http://127.0.0.1:${process.env['MUSTER_PORT'] ?? '8000'}`

const HEAD = `
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
    <meta name="theme-color" content="#12171a" />
    <title>集结 Muster</title>
    <link rel="icon" href="/src/icon.svg" />`

/** What every page has at its head. */
function pageHead(): Plugin {
  return { name: 'page-head', transformIndexHtml: { order: 'pre', handler: (html) => html.replace('<head>', `<head>${HEAD}`) } }
}

/** The phone's service worker: its text, behind the list of all that the phone page is made of, now or later, and a version of that list. */
function phoneWorker(): Plugin {
  return {
    name: 'phone-worker',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const page = bundle['phone.html']
      if (page?.type !== 'asset') throw new Error('no phone.html')
      const html = String(page.source)
      const assets = new Set(html.match(/assets\/[\w.-]+/g))
      for (const name of assets) for (const next of neededBy(bundle[name])) assets.add(next) // a set is walked to its end as it grows
      const files = ['/phone', '/phone.webmanifest', '/icon-192.png', ...[...assets].map((name) => `/${name}`)]
      const text = readFileSync(new URL('src/phone/worker.js', import.meta.url), 'utf-8')
      const version = createHash('sha256').update(html + files.join() + text).digest('hex').slice(0, 12)
      this.emitFile({ type: 'asset', fileName: 'sw.js', source: `const VERSION = '${version}', FILES = ${JSON.stringify(files)}\n${text}` })
    },
  }
}

const neededBy = (file: Rolldown.OutputChunk | Rolldown.OutputAsset | undefined): string[] =>
  file?.type === 'chunk' ? [...file.imports, ...file.dynamicImports, ...(file.viteMetadata?.importedCss ?? [])] : []

const PHONE = fileURLToPath(new URL('src/phone/', import.meta.url))

/** What the phone shows first and other pages have too, in one file: each file of its own costs a bad line another way there and back. */
const shared = {
  debugName: 'shared',
  name: (id: string, build: Rolldown.ChunkingContext): string | null => {
    const first = new Set([`${PHONE}main.ts`])
    for (const each of first) for (const next of build.getModuleInfo(each)?.importedIds ?? []) first.add(next)
    return first.has(id) && !id.startsWith(PHONE) ? 'shared' : null
  },
}

export default defineConfig({
  plugins: [svelte(), pageHead(), phoneWorker()],
  build: {
    outDir: '../built',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false }, // it would run once everything is loaded anyway, and be a file more
    chunkSizeWarningLimit: 1500, // the map is one lazy chunk of about 1.2 MB
    rolldownOptions: {
      input: { index: 'index.html', phone: 'phone.html', wall: 'wall.html', link: 'link.html', trainer: 'trainer.html' },
      output: { codeSplitting: { groups: [shared] } },
    },
  },
  server: { proxy: { '/api': { target: server, ws: true }, '/healthz': server } },
  test: { environment: 'node', include: ['src/**/*.test.ts'], setupFiles: ['src/desk/words.ts'] },
})
