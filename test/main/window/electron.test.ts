/** The real app in real Electron, if its binary is present. REQUIRE_ELECTRON=1 makes it mandatory. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron } from 'playwright-core'
import { expect, it } from 'vitest'
import { electronBinary, whyNoElectron } from './electronBinary'

const reason = whyNoElectron()
const root = join(import.meta.dirname, '../../..')

it('is tested with the real Electron if that is required', () => {
  if (process.env['REQUIRE_ELECTRON'] === '1') expect(reason).toBeUndefined()
})

it('starts the real app', { timeout: 300_000 }, async (context) => {
  if (reason !== undefined) context.skip(reason)
  const userData = mkdtempSync(join(tmpdir(), 'layerloom-electron-'))
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const app = await _electron.launch({
    executablePath: electronBinary()!,
    cwd: root,
    args: [root, `--user-data-dir=${userData}`, ...asRoot],
  })
  try {
    const page = await app.firstWindow()
    await page.waitForLoadState('load')
    expect(page.url()).toMatch(/^app:\/\/bundle\//)
    const seen = await page.evaluate(async () => ({
      bridge: Object.keys((window as unknown as { layerloom: object }).layerloom),
      node: 'process' in window || 'require' in window,
      inline: (() => {
        const script = document.createElement('script')
        script.textContent = 'window.inline = true'
        document.head.append(script)
        return 'inline' in window
      })(),
      network: await fetch('https://example.com/').then(
        () => 'reached',
        () => 'refused',
      ),
    }))
    expect(seen).toEqual({ bridge: ['connect', 'dropped'], node: false, inline: false, network: 'refused' })
    const port = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          window.addEventListener('message', (event) => {
            const [received] = event.ports
            if (event.data !== 'layerloom:port' || received === undefined) return
            received.onmessage = (message) => resolve(JSON.stringify(message.data))
            received.postMessage({ i: '1', p: { u: '/app/info', b: {} } })
          })
          ;(window as unknown as { layerloom: { connect(): void } }).layerloom.connect()
        }),
    )
    expect(port).toContain('"shell":"electron"')
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      return (window!.webContents as unknown as { getLastWebPreferences(): object }).getLastWebPreferences()
    })
    expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false })
  } finally {
    await app.close()
    rmSync(userData, { recursive: true, force: true })
  }
})
