import { chmodSync, existsSync } from 'node:fs'
import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import { thirdPartyNotices } from './scripts/notices/thirdPartyNotices'

const at = (path: string) => resolve(import.meta.dirname, path)

/** Entries of the main side. Each is a composition root: CLI, engine process, browser-mode server, Electron. */
const mainEntries = Object.fromEntries(
  Object.entries({
    cli: 'src-main/cli.ts',
    engine: 'src-main/engine/process/process.ts',
    loader: 'src-main/data/loader/worker.ts',
    decoder: 'src-main/data/prepare/decodeWorker.ts',
    watchdog: 'src-main/engine/watchdog/watchdogThread.ts',
    server: 'src-main/server.ts',
    index: 'src-main/electron.ts',
  })
    .map(([name, path]) => [name, at(path)] as const)
    .filter(([, path]) => existsSync(path)),
)

/** Makes the command line executable: `npx layerloom` and `./out/main/cli.js` start it directly. */
const executableCli: Plugin = {
  name: 'executable-cli',
  renderChunk: (code, chunk) => (chunk.name === 'cli' && chunk.isEntry ? `#!/usr/bin/env node\n${code}` : null),
  writeBundle: () => chmodSync(at('out/main/cli.js'), 0o755),
}

const notices = thirdPartyNotices(import.meta.dirname)

export default defineConfig({
  main: {
    plugins: [executableCli, notices.collect],
    build: {
      outDir: 'out/main',
      // The server, engine and CLI also run under plain Node 20, not only under Electron's Node.
      target: 'node20.19',
      // Bundle all JavaScript dependencies; only native code and data packages stay external.
      externalizeDeps: false,
      rolldownOptions: {
        input: mainEntries,
        external: ['onnxruntime-node', 'sharp', 'bufferutil', 'utf-8-validate'],
        output: { format: 'es' },
      },
    },
  },
  ...(existsSync(at('src-preload/index.ts')) && {
    preload: {
      plugins: [notices.collect],
      build: {
        outDir: 'out/preload',
        externalizeDeps: false,
        // A sandboxed preload must be one CommonJS file.
        rolldownOptions: {
          input: { index: at('src-preload/index.ts') },
          output: { format: 'cjs', entryFileNames: '[name].cjs' },
        },
      },
    },
  }),
  ...(existsSync(at('src-renderer/index.html')) && {
    renderer: {
      root: at('src-renderer'),
      plugins: [vue(), notices.collect, notices.write],
      // Without a name, the bundler warns that its exports are unreachable; a worker has none.
      worker: { plugins: () => [notices.collect], rolldownOptions: { output: { name: 'worker' } } },
      build: {
        outDir: at('out/renderer'),
        target: 'chrome120',
        emptyOutDir: true,
        minify: true,
        // elkjs is a single chunk in a separate worker; a test checks what the first screen loads against a budget.
        chunkSizeWarningLimit: 1500,
        rolldownOptions: { input: at('src-renderer/index.html') },
      },
    },
  }),
})
