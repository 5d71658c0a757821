/** Builds one page of the renderer with the plugins and the target of the app. */
import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { build } from 'vite'

const root = resolve(import.meta.dirname, '../../../src-renderer')

/** `page` is an HTML file of src-renderer; the output goes to `folder`. */
export async function buildRenderer(page: string, folder: string): Promise<void> {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    base: './',
    plugins: [vue()],
    worker: { rolldownOptions: { output: { name: 'worker' } } },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'chrome120',
      minify: true,
      chunkSizeWarningLimit: 4000,
      rolldownOptions: { input: resolve(root, page) },
    },
  })
}
