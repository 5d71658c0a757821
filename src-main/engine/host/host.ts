/**
 * The parent's side of the engine: starts engine processes when there is something to do, passes requests on, and tells
 * what happened where a process dies. A process does one thing at a time, so a long run never keeps a prediction waiting.
 */
import { ProblemError, type Problem } from '#core/problems/problem'
import { InternalError } from '#core/base/assert'
import type { DeviceReport } from '#core/rpc/contract/run'
import type { ErrorEvent, FinishedEvent, RunEvent } from '#core/runs/events'
import { readingLimits } from '../../data/readers/readingLimits'
import { isInterruption, markDead } from '../../runs/markDead'
import { checkpointOf } from '../../runs/store'
import { EventQueue } from './eventQueue'
import { forkLauncher, type EngineChild, type EngineExit, type Launcher } from './launcher'
import type {
  AugmentReport,
  AugmentRequest,
  CallName,
  Control,
  DataReport,
  DataRequest,
  EngineCalls,
  EvaluateReport,
  EvaluateRequest,
  ExportReport,
  ExportRequest,
  FromEngine,
  PredictReport,
  PredictRequest,
  ToEngine,
  TrainJob,
} from '../messages'

export interface TrainHandle {
  /**
   * Everything that happens, from `state`/`start` to `finished` or `error`, which is the last. One reader; events wait for
   * it. Never throws.
   */
  readonly events: AsyncIterable<RunEvent>
  /** Settles with the last event: rejects with a ProblemError where the run failed. */
  readonly finished: Promise<FinishedEvent>
  /** Holds the run after the current steps; answered by a `state` event. */
  pause(): void
  resume(): void
  /** Ends the run after the current steps, with everything that a finished run has. */
  stop(): void
  /** Sets the base rate that the schedule scales, from the next steps on. */
  setLearningRate(rate: number): void
  /** Ends the engine process at once; what was learned since the last checkpoint is lost. */
  kill(): void
}

/** A process that has nothing to do is kept this long. */
const IDLE_MILLISECONDS = 60_000
/** Processes that are kept waiting for work. */
const IDLE_LIMIT = 2

interface Worker {
  readonly child: EngineChild
  /** Receives everything that belongs to the request at work. */
  receive: ((message: FromEngine) => void) | undefined
  died: ((exit: EngineExit) => void) | undefined
  idleTimer?: NodeJS.Timeout
}

export class EngineHost {
  readonly #launcher: Launcher
  readonly #idle: Worker[] = []
  readonly #all = new Set<Worker>()
  #lastId = 0

  constructor(launcher: Launcher = forkLauncher()) {
    this.#launcher = launcher
  }

  train(job: TrainJob): TrainHandle {
    const queue = new EventQueue<RunEvent>()
    let run = 'resume' in job ? job.resume : undefined
    const call = this.#call('train', job, (event) => {
      if (event.event === 'start') run = event.run
      if (event.event !== 'finished') queue.push(event)
    })
    const finished = call.answer.then(
      (event) => {
        queue.push(event)
        queue.end()
        return event
      },
      async (error: unknown) => {
        const failure = await this.#runFailed(error, run)
        queue.push(failure)
        queue.end()
        throw error instanceof ProblemError ? new ProblemError(failure.problems) : error
      },
    )
    // Whoever reads the events has heard of the failure; it must not end the process of those who do not await this.
    finished.catch(() => undefined)
    const control = (control: Control) => call.send({ call: 'control', id: call.id, control })
    return {
      events: queue,
      finished,
      pause: () => control({ action: 'pause' }),
      resume: () => control({ action: 'resume' }),
      stop: () => control({ action: 'stop' }),
      setLearningRate: (value) => control({ action: 'learning-rate', value }),
      kill: call.kill,
    }
  }

  /** @throws ProblemError as all requests */
  evaluate(request: EvaluateRequest): Promise<EvaluateReport> {
    return this.#call('evaluate', request).answer
  }

  predict(request: PredictRequest): Promise<PredictReport> {
    return this.#call('predict', request).answer
  }

  export(request: ExportRequest): Promise<ExportReport> {
    return this.#call('export', request).answer
  }

  /** Opens the data of a project, as training would. */
  inspectData(request: DataRequest): Promise<DataReport> {
    return this.#call('inspectData', request).answer
  }

  /** What the transforms make of samples, exactly as training does. */
  augment(request: AugmentRequest): Promise<AugmentReport> {
    return this.#call('augment', request).answer
  }

  /** Every device that a project can name, and whether this machine has it. */
  devices(): Promise<readonly DeviceReport[]> {
    return this.#call('devices', null).answer
  }

  /** Ends all engine processes at once. Stop runs first: a run that is cut off has only its last checkpoint. */
  close(): void {
    for (const worker of this.#all) worker.child.kill()
  }

  #call<N extends CallName>(name: N, input: EngineCalls[N]['input'], onEvent?: (event: RunEvent) => void) {
    const id = ++this.#lastId
    /** What the process was asked; undefined once it has said something. */
    let asked: ToEngine[] | undefined = []
    const send = (message: ToEngine): void => {
      asked?.push(message)
      worker.child.send(message)
    }
    let worker = this.#take()
    const answer = new Promise<EngineCalls[N]['output']>((resolve, reject) => {
      const receive = (message: FromEngine): void => {
        if (message.id !== id) return
        asked = undefined
        if (message.reply === 'event') return onEvent?.(message.event)
        if (isSpent(name, message)) this.#end(worker)
        else this.#give(worker)
        if (message.reply === 'result') resolve(message.output)
        else if (message.reply === 'problems') reject(new ProblemError(message.problems))
        else reject(Object.assign(new InternalError(message.message), { stack: message.stack }))
      }
      const died = (exit: EngineExit): void => {
        if (asked === undefined || !isGroupSignal(exit.signal))
          return reject(new ProblemError([engineDied(name, exit)]))
        const again = asked
        asked = []
        worker = this.#take()
        listen()
        again.forEach(send)
      }
      const listen = () => Object.assign(worker, { receive, died })
      listen()
    })
    const limits = readingLimits()
    send({ call: name, id, input, ...(limits && { limits }) } as ToEngine)
    return { id, answer, send, kill: () => worker.child.kill() }
  }

  #take(): Worker {
    const idle = this.#idle.pop()
    if (idle) {
      clearTimeout(idle.idleTimer)
      idle.child.hold(true)
      return idle
    }
    const worker: Worker = { child: this.#launcher.start(), receive: undefined, died: undefined }
    this.#all.add(worker)
    worker.child.onMessage((message) => worker.receive?.(message))
    worker.child.onExit((exit) => {
      clearTimeout(worker.idleTimer)
      this.#all.delete(worker)
      const at = this.#idle.indexOf(worker)
      if (at >= 0) this.#idle.splice(at, 1)
      worker.died?.(exit)
    })
    return worker
  }

  #end(worker: Worker): void {
    worker.receive = undefined
    worker.died = undefined
    worker.child.kill()
  }

  /** The request is answered: keeps the process for the next one, but not for ever. */
  #give(worker: Worker): void {
    worker.receive = undefined
    worker.died = undefined
    if (this.#idle.length >= IDLE_LIMIT) return worker.child.kill()
    this.#idle.push(worker)
    worker.child.hold(false)
    worker.idleTimer = setTimeout(() => worker.child.kill(), IDLE_MILLISECONDS)
    worker.idleTimer.unref()
  }

  /** The event that ends a failed run. Where the process died nobody else could write down that the run has failed. */
  async #runFailed(error: unknown, run: string | undefined): Promise<ErrorEvent> {
    const known = error instanceof ProblemError ? error.problems : [fault(error)]
    const died = error instanceof ProblemError && known.some(({ code }) => code === 'engine-died')
    const problems = died && run !== undefined ? await markDead(run, known) : known
    const checkpoint = run === undefined ? undefined : await checkpointOf(run)
    const first = problems[0]!
    return {
      event: 'error',
      code: first.code,
      message: first.message,
      fix: first.fix,
      problems,
      ...(run !== undefined && { run }),
      ...(run !== undefined && (died || isInterruption(known)) && { interrupted: true as const }),
      ...(checkpoint && { checkpoint }),
    }
  }
}

/**
 * Signals that terminals, shells and `timeout` send to whole groups of processes, which the engine leaves to its parent. While it
 * starts it cannot yet; it has done nothing then, so another one can be started in its place.
 */
function isGroupSignal(signal: string | null): boolean {
  return signal === 'SIGINT' || signal === 'SIGTERM' || signal === 'SIGHUP'
}

/** A run whose end could not be written down counts as going on until its process is gone. */
function isSpent(name: CallName, message: FromEngine): boolean {
  return name === 'train' && message.reply === 'problems' && isInterruption(message.problems)
}

function engineDied(request: string, { code, signal, lastWords }: EngineExit): Problem {
  const how = signal !== null ? `signal ${signal}` : code === null ? 'it could not be started' : `exit code ${code}`
  return {
    code: 'engine-died',
    severity: 'error',
    place: {},
    message: `The engine process ended unexpectedly while it was asked to ${request}.`,
    expected: 'an answer',
    received: lastWords ? `${how}; its last words: ${lastWords}` : how,
    fix:
      signal === 'SIGKILL'
        ? 'If nobody ended it, memory ran out: use a smaller batch size or close other programs, then try again.'
        : 'Try again; if it happens again, report it with the text above.',
    data: { signal, exitCode: code, ...(signal === 'SIGKILL' && { case: 'killed' }) },
  }
}

/** A defect of ours, as a problem that a window can show. */
function fault(error: unknown): Problem {
  return {
    code: 'engine-died',
    severity: 'error',
    place: {},
    message: 'The engine failed because of a defect in Layerloom.',
    received: error instanceof Error ? error.message : String(error),
    fix: 'Report it with the text above.',
  }
}
