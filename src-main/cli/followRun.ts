/**
 * A run started from a command: shows its progress, stops on the first interruption, and maps the outcome to an exit
 * code.
 */
import type { Problem } from '#core/problems/problem'
import type { FinishedEvent, RunEvent } from '#core/runs/events'
import type { EngineHost } from '../engine/host/host'
import type { TrainJob } from '../engine/messages'
import type { CommandContext } from './command'
import { withEngine } from './engine'
import { DONE, exitCodeFor, INTERRUPTED, WRONG_INPUT } from '../machine/exitCode'
import { printJsonLines } from './view/jsonLines'
import { shellWord, shortPath } from './view/paths'
import { describeProblems } from './view/problems'
import { createRunView, type SuggestedCommand } from './view/runView'

/** Runs the job to its end and shows it as JSON lines or as text. Resolves to the exit code. */
export function followRun(job: TrainJob, context: CommandContext, json: boolean): Promise<number> {
  const view = json
    ? printJsonLines(context.terminal)
    : createRunView(context.terminal, { suggest: (end) => suggestionsFor(end, context.program) })
  return withEngine((engine) => follow(engine, job, view, { ...context, json }))
}

interface Following extends CommandContext {
  readonly json: boolean
}

/**
 * Forwards every event until the run ends. The first interruption stops the run, with everything a finished run has.
 */
async function follow(
  engine: EngineHost,
  job: TrainJob,
  view: (event: RunEvent) => void,
  { terminal, interruption, json }: Following,
): Promise<number> {
  const handle = engine.train(job)
  const stop = (): void => handle.stop()
  if (interruption.aborted) stop()
  interruption.addEventListener('abort', stop, { once: true })
  let begun = false
  for await (const event of handle.events) {
    begun ||= event.event === 'start'
    view(event)
    if (event.event === 'finished') return event.reason === 'stopped' ? INTERRUPTED : DONE
    if (event.event === 'error') {
      if (!json) terminal.writeError(describeProblems(event.problems, terminal.columns, terminal.errorPaint))
      if (event.code === 'run-interrupted') return INTERRUPTED
      return begun ? exitCodeFor(event.problems) : codeBeforeStart(event.problems)
    }
  }
  return INTERRUPTED
}

/** If the run folder cannot be written before the run starts, --out is wrong; later, the disk is full. */
function codeBeforeStart(problems: readonly Problem[]): number {
  return problems.some(({ code }) => code === 'run-write') ? WRONG_INPUT : exitCodeFor(problems)
}

function suggestionsFor({ run, reason, epochs }: FinishedEvent, program: string): SuggestedCommand[] {
  const folder = shellWord(shortPath(run))
  return [
    reason === 'stopped'
      ? { command: `${program} resume ${folder}`, doc: 'resume from here' }
      : { command: `${program} resume ${folder} --epochs ${2 * epochs}`, doc: 'train for more epochs' },
    { command: `${program} evaluate ${folder} --split validation`, doc: 'evaluate the best weights again' },
    { command: `${program} predict ${folder} <file…>`, doc: 'predict on your own samples' },
    { command: `${program} export ${folder} --to onnx -o model.onnx`, doc: 'export the model' },
  ]
}
