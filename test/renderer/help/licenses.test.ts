/** Help → Licenses of third-party software, in the built app in real Chromium. */
import { resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { searchNotices, type LicenseNotice } from '../../../src-renderer/help/notices'
import { openChromium, PATIENCE } from '../support/openChromium'
import { findFaintText, findOverflow, findUnnamed } from '../support/pageChecks'
import { serveFolder, type ServedFolder } from '../support/serveFolder'

describe('searching notices', () => {
  const notice = (name: string, license: string): LicenseNotice => ({
    name,
    version: '1.0.0',
    license,
    source: null,
    text: '',
  })
  const notices = [notice('echarts', 'Apache-2.0'), notice('elkjs', 'EPL-2.0'), notice('sharp', 'Apache-2.0')]
  const names = (search: string) => searchNotices(notices, search).map(({ name }) => name)

  it('finds names, versions and licenses in any case, and requires every word', () => {
    expect([names(''), names('APACHE'), names(' epl  1.0'), names('apache sharp'), names('gpl')]).toEqual([
      ['echarts', 'elkjs', 'sharp'],
      ['echarts', 'sharp'],
      ['elkjs'],
      ['sharp'],
      [],
    ])
  })
})

describe('licenses in the help', () => {
  let served: ServedFolder
  let browser: Browser

  beforeAll(async () => {
    served = await serveFolder(resolve(import.meta.dirname, '../../../out/renderer'))
    browser = await openChromium()
  })

  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })

  async function open(locale: string, rest = ''): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1024, height: 700 }, locale })
    context.setDefaultTimeout(PATIENCE)
    const page = await context.newPage()
    await page.goto(`${served.origin}/index.html#/help${rest}`)
    await page.getByTestId('screen-help').waitFor()
    return page
  }
  const faults = async (page: Page) => [
    ...(await findOverflow(page)),
    ...(await findUnnamed(page)),
    ...(await findFaintText(page)),
  ]

  it('shows echarts, elkjs and libvips with their texts, and finds them', async () => {
    const page = await open('en')
    await page.getByRole('link', { name: 'Licenses of third-party software' }).click()
    for (const name of ['echarts', 'elkjs']) await page.locator(`details[data-package="${name}"]`).waitFor()
    const libvips = page.locator('details[data-package^="@img/sharp-libvips-"]')
    expect(await libvips.locator('summary').textContent()).toContain('LGPL-3.0-or-later')
    expect(await libvips.locator('pre').count()).toBe(0)
    await libvips.locator('summary').click()
    await libvips.getByText('GNU LESSER GENERAL PUBLIC LICENSE').first().waitFor()
    expect(await faults(page)).toEqual([])
    await page.getByRole('searchbox').fill('epl')
    await page.getByText('1 package', { exact: true }).waitFor()
    expect(await page.locator('details').getAttribute('data-package')).toBe('elkjs')
    await page.getByRole('searchbox').fill('no such package')
    await page.getByText('No package matches').waitFor()
    await page.context().close()
  })

  it('is in Chinese too', async () => {
    const page = await open('zh-CN', '/licenses')
    await page.getByPlaceholder('按名称或许可证搜索').waitFor()
    expect(await page.locator('details').count()).toBeGreaterThan(40)
    expect(await faults(page)).toEqual([])
    await page.context().close()
  })

  it('offers to try again where the list cannot be read', async () => {
    const page = await open('en')
    const list = '**/third-party-notices.json'
    await page.route(list, (route) => route.fulfill({ status: 404 }))
    await page.goto(`${served.origin}/index.html#/help/licenses`)
    await page.getByText('The licenses could not be loaded').waitFor()
    await page.unroute(list)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.locator('details[data-package="echarts"]').waitFor()
    await page.context().close()
  })
})
