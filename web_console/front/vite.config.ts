import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

const server = `http://127.0.0.1:${process.env['MUSTER_PORT'] ?? '8000'}`

export default defineConfig({
  plugins: [svelte()],
  build: {
    outDir: '../built',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500, // the map is one lazy chunk of about 1.2 MB
    rolldownOptions: { input: { index: 'index.html', phone: 'phone.html', wall: 'wall.html' } },
  },
  server: { proxy: { '/api': { target: server, ws: true }, '/healthz': server } },
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
})
