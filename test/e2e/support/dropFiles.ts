/** Drops real files and folders on the page, like a file manager: the page gets their contents but no paths. */
import type { Page } from 'playwright-core'

export async function dropFiles(page: Page, ...files: readonly string[]): Promise<void> {
  const { width, height } = page.viewportSize()!
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [...files], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: width / 2, y: height / 2, data })
  await session.detach()
}
