/** Runs axe-core, every rule it has, on what is on screen now. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * Rules that do not apply to us.
 * `color-contrast-enhanced` wants 7:1 (level AAA): our palette promises 4.5:1 and more to those who ask the system for it.
 * `focus-order-semantics` is experimental and takes a splitter that can be moved with the keyboard for a line: the ARIA
 * specification makes a focusable separator with a value a widget.
 */
const notOurs = ['color-contrast-enhanced', 'focus-order-semantics']

interface Finding {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}
interface Axe {
  getRules(): readonly { readonly ruleId: string }[]
  run(context: unknown, options: object): Promise<{ readonly violations: readonly Finding[] }>
}

/** What violates a rule, one line an element. */
export async function findViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate(`window.axe === undefined && (() => { ${source} })()`)
  return page.evaluate(async (left) => {
    const { axe } = window as unknown as { axe: Axe }
    const rules = axe.getRules().map(({ ruleId }) => [ruleId, { enabled: !left.includes(ruleId) }] as const)
    const { violations } = await axe.run(document, { rules: Object.fromEntries(rules), resultTypes: ['violations'] })
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 160)} ${failureSummary.slice(0, 300)}`),
    )
  }, notOurs)
}
