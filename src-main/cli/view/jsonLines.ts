/** One JSON object per line, for scripts. docs/cli.md documents every line. */
import type { Problem } from '#core/problems/problem'
import type { ErrorEvent, RunEvent } from '#core/runs/events'
import type { Terminal } from '../terminal'

/** All run events except states, which add nothing to the others. */
export function printJsonLines({ write }: Terminal): (event: RunEvent) => void {
  return (event) => {
    if (event.event !== 'state') write(`${JSON.stringify(event)}\n`)
  }
}

/**
 * Problems that stopped a command before or outside a run; `more` adds context, e.g. which of several files they are
 * about.
 */
export function printErrorLine({ write }: Terminal, problems: readonly Problem[], more: object = {}): void {
  const first = problems.find(({ severity }) => severity === 'error') ?? problems[0]!
  const line: ErrorEvent = { event: 'error', code: first.code, message: first.message, fix: first.fix, problems }
  write(`${JSON.stringify({ ...line, ...more })}\n`)
}
