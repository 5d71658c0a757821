/** One JSON object a line: what scripts read. The form of every line is documented in docs/cli.md. */
import type { Problem } from '#core/problems/problem'
import type { ErrorEvent, RunEvent } from '#core/runs/events'
import type { Terminal } from '../terminal'

/** Everything that a run tells but its states, which say nothing that the other events do not. */
export function printJsonLines({ write }: Terminal): (event: RunEvent) => void {
  return (event) => {
    if (event.event !== 'state') write(`${JSON.stringify(event)}\n`)
  }
}

/** Problems that stopped a command before or beside a run; `more` says e.g. which of several files they are about. */
export function printErrorLine({ write }: Terminal, problems: readonly Problem[], more: object = {}): void {
  const first = problems.find(({ severity }) => severity === 'error') ?? problems[0]!
  const line: ErrorEvent = { event: 'error', code: first.code, message: first.message, fix: first.fix, problems }
  write(`${JSON.stringify({ ...line, ...more })}\n`)
}
