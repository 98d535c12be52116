import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import tailwind from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const hash = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex').slice(0, 12)
/** The desk and the scanner's wasm are not precached: a phone on a slow line fetches them when it uses them. */
const ofTheDesk = (file: string) => /\/src\/(desk|layouts\/Desk|locales\/desk)/.test(file)
/** A page by its own file; what several pages share by all that is in it. */
const onlyForTheDesk = (chunk: { facadeModuleId: string | null; moduleIds: string[] }) =>
  chunk.facadeModuleId ? ofTheDesk(chunk.facadeModuleId) : chunk.moduleIds.length > 0 && chunk.moduleIds.every(ofTheDesk)
const named = (file: string) => /-[\w-]{8}\.\w+$/.test(file)

/** Fills sw.js with the list of built files, so that the shell opens without a network. */
function precacheList(): Plugin {
  return {
    name: 'precache-list',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const worker = bundle['sw.js']
      if (worker?.type !== 'chunk') return
      const built = Object.values(bundle)
        .filter(file => file.fileName !== 'sw.js' && !/\.(map|wasm)$|^assets\/desk/.test(file.fileName))
        .map(file => ({ file: file.fileName, content: file.type === 'chunk' ? file.code : file.source }))
      const kept = readdirSync('public')
        .filter(file => file !== 'committee.json')
        .map(file => ({ file, content: readFileSync(`public/${file}`) }))
      const list = [...built, ...kept].map(({ file, content }) => ({ url: `/${file}`, revision: named(file) ? null : hash(content) }))
      worker.code = worker.code.replace('self.__WB_MANIFEST', JSON.stringify(list))
    },
  }
}

/** Libraries name foreign hosts as a default we never use (the scanner's CDN): none may stay in what we serve. */
function noForeignHosts(): Plugin {
  return {
    name: 'no-foreign-hosts',
    renderChunk(code) {
      return code.replace(/https:\/\/(fastly\.jsdelivr\.net|cdn\.jsdelivr\.net|unpkg\.com)\/[^`"'\s]*/g, '/')
    },
  }
}

export default defineConfig({
  plugins: [vue(), tailwind(), noForeignHosts(), precacheList()],
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8000', '^/(board|come|kiosk|tonight|week)(/|$)': 'http://127.0.0.1:8000' } },
  build: {
    target: ['chrome87', 'safari15'],
    rollupOptions: {
      input: { index: 'index.html', sw: 'src/sw.ts' },
      output: {
        entryFileNames: chunk => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
        chunkFileNames: chunk => `assets/${onlyForTheDesk(chunk) ? 'desk-' : ''}[name]-[hash].js`,
      },
    },
  },
  test: { include: ['test/**/*.test.ts'] },
})
