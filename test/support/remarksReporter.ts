/**
 * Reports at the end of a test run which tests were skipped and why, and which passed only on retry: a skip that is not
 * noticed
 * is as good as no test.
 */
import type { Reporter, TestCase, TestModule } from 'vitest/node'

export default class RemarksReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    tellSkipped(modules)
    tellFlaky(modules)
  }
}

function tellSkipped(modules: readonly TestModule[]): void {
  const byReason = new Map<string, string[]>()
  for (const module of modules) {
    for (const test of module.children.allTests('skipped')) {
      const reason = reasonOf(test)
      byReason.set(reason, [...(byReason.get(reason) ?? []), `${module.relativeModuleId} > ${test.fullName}`])
    }
  }
  if (byReason.size === 0) return
  console.log('Skipped tests:')
  for (const [reason, tests] of byReason) {
    console.log(`  ${reason}`)
    for (const test of tests) console.log(`    ${test}`)
  }
}

function tellFlaky(modules: readonly TestModule[]): void {
  const flaky = modules.flatMap((module) =>
    [...module.children.allTests('passed')]
      .filter((test) => test.diagnostic()?.flaky)
      .map((test) => `  ${module.relativeModuleId} > ${test.fullName}`),
  )
  if (flaky.length > 0) console.log(['Passed only when tried again:', ...flaky].join('\n'))
}

/** The note of `context.skip(note)`; a skipped describe block has the reason in its title. */
function reasonOf(test: TestCase): string {
  const result = test.result()
  if (result.state === 'skipped' && result.note !== undefined) return result.note
  for (let suite = test.parent; suite.type === 'suite'; suite = suite.parent) {
    if (suite.options.mode === 'skip') return suite.name
  }
  return 'no reason given'
}
