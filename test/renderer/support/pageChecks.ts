/** Invariants of every page of the interface: nothing overflows, every control has a name, all text is readable. */
import type { Page } from 'playwright-core'

/** Elements that extend beyond the window or beyond their scrolling panel, as short descriptions. */
export async function findOverflow(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const describe = (element: Element) =>
      `${element.tagName.toLowerCase()}.${[...element.classList].join('.')} "${(element.textContent ?? '').trim().slice(0, 40)}"`
    const found: string[] = []
    if (document.documentElement.scrollWidth > window.innerWidth)
      found.push(`page is ${document.documentElement.scrollWidth} wide`)
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      const box = element.getBoundingClientRect()
      if (box.width === 0 || box.height === 0 || element.closest('.visually-hidden, svg, canvas') !== null) continue
      const style = getComputedStyle(element)
      if (box.right > window.innerWidth + 1 || box.left < -1) found.push(`beyond the window: ${describe(element)}`)
      else if (['auto', 'scroll'].includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1)
        found.push(`scrolls sideways: ${describe(element)}`)
      else if (
        element.matches('button') &&
        element.textContent !== '' &&
        style.textOverflow !== 'ellipsis' &&
        element.scrollWidth > element.clientWidth + 1
      )
        found.push(`cut off: ${describe(element)}`)
    }
    return found
  })
}

const interactiveRoles = new Set([
  'button',
  'link',
  'textbox',
  'searchbox',
  'spinbutton',
  'combobox',
  'switch',
  'radio',
  'checkbox',
  'slider',
  'tab',
  'menuitem',
  'menuitemradio',
  'option',
  'dialog',
  'listbox',
  'menu',
  'tablist',
  'radiogroup',
  'grid',
  'table',
  'navigation',
  'splitter',
])

/** Interactive elements and landmarks without an accessible name, as the browser computes it. */
export async function findUnnamed(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  await session.detach()
  return nodes.flatMap((node) => {
    const role = String(node.role?.value ?? '')
    const name = String(node.name?.value ?? '').trim()
    return !node.ignored && interactiveRoles.has(role) && name === '' ? [`${role} (node ${node.backendDOMNodeId})`] : []
  })
}

/** Visible text with a contrast below 4.5:1 to its background. Disabled controls are exempt. */
export async function findFaintText(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const canvas = document.createElement('canvas')
    const context = canvas.getContext('2d', { willReadFrequently: true })!
    const parse = (colour: string): [number, number, number, number] => {
      context.clearRect(0, 0, 1, 1)
      context.fillStyle = colour
      context.fillRect(0, 0, 1, 1)
      const [r = 0, g = 0, b = 0, a = 0] = context.getImageData(0, 0, 1, 1).data
      return [r, g, b, a / 255]
    }
    const luminance = (rgb: readonly number[]) => {
      const [r = 0, g = 0, b = 0] = rgb.map((value) =>
        value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
      )
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const behind = (element: Element): number[] => {
      const layers: [number, number, number, number][] = []
      for (let current: Element | null = element; current !== null; current = current.parentElement) {
        const layer = parse(getComputedStyle(current).backgroundColor)
        if (layer[3] > 0) layers.push(layer)
        if (layer[3] === 1) break
      }
      return layers
        .reverse()
        .reduce<number[]>(
          (under, [r, g, b, a]) => [r, g, b].map((value, index) => value * a + (under[index] ?? 255) * (1 - a)),
          [255, 255, 255],
        )
    }
    const found = new Set<string>()
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement
      const text = node.textContent?.trim() ?? ''
      if (element === null || text === '' || !element.checkVisibility({ checkVisibilityCSS: true })) continue
      if (element.closest('.visually-hidden, [aria-disabled="true"], [data-disabled], [disabled], .off') !== null)
        continue
      const a = luminance(parse(getComputedStyle(element).color))
      const b = luminance(behind(element))
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
      if (ratio < 4.5)
        found.add(
          `${ratio.toFixed(2)} "${text.slice(0, 40)}" in ${element.tagName.toLowerCase()}.${[...element.classList].join('.')}`,
        )
    }
    return [...found]
  })
}
