/** Runs axe-core, with all its rules, on the current screen. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * Rules that do not apply here.
 * `color-contrast-enhanced` requires 7:1 (level AAA): our palette promises 4.5:1, and more if the system requests more
 * contrast.
 * `focus-order-semantics` is experimental and treats a splitter that can be moved with the keyboard as a line: the ARIA
 * specification defines a focusable separator with a value as a widget.
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

/** Violations of the rules, one line per element. */
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
