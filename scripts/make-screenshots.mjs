/** Takes the screenshots in the READMEs from the built app in real Chromium: `node scripts/make-screenshots.mjs`. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const root = fileURLToPath(new URL('..', import.meta.url))
const browser = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/microsoft-edge'].find(existsSync)
if (!browser) throw new Error('No Chromium, Chrome or Edge found to take pictures with.')

const home = mkdtempSync(join(tmpdir(), 'layerloom-pictures-'))
const server = spawn(process.execPath, [join(root, 'out/main/server.js'), '--no-open'], {
  env: { ...process.env, LAYERLOOM_HOME: home },
  stdio: ['ignore', 'pipe', 'inherit'],
})

/** The link that the server prints when it is listening. */
const link = await new Promise((resolve) => {
  let printed = ''
  server.stdout.on('data', (data) => {
    printed += data
    const found = /http:\/\/\S+/.exec(printed)
    if (found) resolve(found[0])
  })
})

const flags = ['--no-sandbox', '--headless=new', '--disable-gpu', '--disable-quic', '--no-first-run']
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync']
const chrome = await chromium.launch({ executablePath: browser, args: [...flags, ...quiet] })
try {
  const page = await chrome.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark', locale: 'en-US' })
  const picture = async (name) => {
    await page.mouse.move(720, 898)
    await page.waitForTimeout(600)
    await page.screenshot({ path: join(root, 'docs/pictures', `${name}.png`) })
  }
  await page.goto(link)
  await page.getByTestId('template-mnist-cnn').click()
  await page.locator('.status-bar-problems').waitFor()
  await page.getByTestId('node-conv2').click()
  await page.getByTestId('problems').locator('.problem-line').first().waitFor()
  await picture('model-dark')
  await page.getByTestId('rail-data').click()
  await page.getByText('No duplicates across splits').waitFor()
  await picture('data-dark')
  await page.getByTestId('rail-augment').click()
  await page.getByRole('button', { name: /Digits and letters/ }).click()
  await page.getByText('RandomCrop').first().waitFor()
  await page.locator('[data-testid=draw-sheet][aria-busy=false]').waitFor()
  await picture('augment-dark')
  await page.keyboard.press('Control+z')
  await page.getByTestId('rail-train').click()
  await page.getByTestId('train-start').click()
  await page.getByTestId('train-log').getByText('3/5').waitFor({ timeout: 300_000 })
  await picture('train-dark')
  await page.getByTestId('train-stop').click()
  await page.getByTestId('train-status').and(page.locator('[data-state=stopped]')).waitFor({ timeout: 60_000 })
  await page.getByTestId('rail-model').click()
  await page.getByTestId('node-conv2').click()
  const choose = async (menu, name) => {
    await page.getByTestId(menu).click()
    await page.getByRole('menuitemradio', { name }).click()
  }
  await choose('language', /中文/)
  await picture('model-zh')
  await page.getByTestId('rail-data').click()
  await picture('data-zh')
} finally {
  await chrome.close()
  server.kill()
  rmSync(home, { recursive: true, force: true })
}
