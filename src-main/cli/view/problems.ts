/** Problems as text: what, where, the computation, expected, received, and the fix. */
import { formatPlace, type Problem } from '#core/problems/problem'
import type { Paint } from '../terminal'
import { printable, twoColumns, wrap } from './text'

/** Each problem as a block of lines, separated by empty lines. */
export function describeProblems(problems: readonly Problem[], columns: number, paint: Paint): string {
  return problems.map((problem) => describeProblem(problem, columns, paint)).join('\n')
}

function describeProblem(problem: Problem, columns: number, paint: Paint): string {
  const head = `${problem.severity}: ${printable(problem.message)}`
  const [first, ...others] = wrap(head, columns)
  const style = problem.severity === 'error' ? 'red' : 'yellow'
  const title = [first!.replace(problem.severity, (word) => paint(['bold', style], word)), ...others].join('\n')
  const rows: [string, string | undefined][] = [
    ['where', formatPlace(problem.place) || undefined],
    ['because', problem.arithmetic],
    ['expected', problem.expected],
    ['received', problem.received],
    ['fix', problem.fix],
    ['code', problem.code],
  ]
  const shown = rows.flatMap(([label, text]) =>
    text === undefined ? [] : [[label, text.trim().split('\n').map(printable).join('\n')] as const],
  )
  return `${title}\n${twoColumns(shown, { indent: 2, columns }, (label) => paint('dim', label))}`
}
