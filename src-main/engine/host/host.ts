/**
 * The parent's side of the engine: starts engine processes on demand, forwards requests, and reports why a process
 * died. A process handles one request at a time, so a long run never delays a prediction.
 */
import { ProblemError, type Problem } from '#core/problems/problem'
import { makeProblem } from '#core/problems/wording'
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
   * All events, from `state`/`start` to `finished` or `error`, which is last. Single reader; events are queued for it.
   * Never throws.
   */
  readonly events: AsyncIterable<RunEvent>
  /** Settles with the last event; rejects with a ProblemError if the run failed. */
  readonly finished: Promise<FinishedEvent>
  /** Pauses the run after the current steps; answered by a `state` event. */
  pause(): void
  resume(): void
  /** Ends the run after the current steps, with everything a finished run has. */
  stop(): void
  /** Sets the base rate that the schedule scales, effective from the next steps. */
  setLearningRate(rate: number): void
  /** Kills the engine process immediately; what was learned since the last checkpoint is lost. */
  kill(): void
}

/** How long an idle process is kept. */
const IDLE_MILLISECONDS = 60_000
/** Maximum number of idle processes. */
const IDLE_LIMIT = 2

interface Worker {
  readonly child: EngineChild
  /** Receives all messages of the current request. */
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
    // The failure is already reported as an event; handle the rejection so that callers that ignore `finished` do not
    // crash.
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

  /** @throws ProblemError like all requests */
  evaluate(request: EvaluateRequest): Promise<EvaluateReport> {
    return this.#call('evaluate', request).answer
  }

  predict(request: PredictRequest): Promise<PredictReport> {
    return this.#call('predict', request).answer
  }

  export(request: ExportRequest): Promise<ExportReport> {
    return this.#call('export', request).answer
  }

  /** Opens the data of a project, as training does. */
  inspectData(request: DataRequest): Promise<DataReport> {
    return this.#call('inspectData', request).answer
  }

  /** Applies the transforms to samples, exactly as training does. */
  augment(request: AugmentRequest): Promise<AugmentReport> {
    return this.#call('augment', request).answer
  }

  /** Every device a project can name, and whether this machine has it. */
  devices(): Promise<readonly DeviceReport[]> {
    return this.#call('devices', null).answer
  }

  /** Kills all engine processes immediately. Stop runs first: a killed run has only its last checkpoint. */
  close(): void {
    for (const worker of this.#all) worker.child.kill()
  }

  #call<N extends CallName>(name: N, input: EngineCalls[N]['input'], onEvent?: (event: RunEvent) => void) {
    const id = ++this.#lastId
    /** Messages sent so far; undefined once the process has replied. */
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

  /** The request is answered: keeps the process for the next one, up to a time limit. */
  #give(worker: Worker): void {
    worker.receive = undefined
    worker.died = undefined
    if (this.#idle.length >= IDLE_LIMIT) return worker.child.kill()
    this.#idle.push(worker)
    worker.child.hold(false)
    worker.idleTimer = setTimeout(() => worker.child.kill(), IDLE_MILLISECONDS)
    worker.idleTimer.unref()
  }

  /** The final event of a failed run. If the process died, this is the only place that can record the failure. */
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
 * Signals that terminals, shells and `timeout` send to whole process groups; the engine leaves them to its parent.
 * During startup it cannot yet, but it has done nothing by then, so another one can replace it.
 */
function isGroupSignal(signal: string | null): boolean {
  return signal === 'SIGINT' || signal === 'SIGTERM' || signal === 'SIGHUP'
}

/** A run whose end could not be recorded counts as in progress until its process is gone. */
function isSpent(name: CallName, message: FromEngine): boolean {
  return name === 'train' && message.reply === 'problems' && isInterruption(message.problems)
}

function engineDied(request: string, { code, signal, lastWords }: EngineExit): Problem {
  const how = signal !== null ? `signal ${signal}` : code === null ? 'it could not be started' : `exit code ${code}`
  return makeProblem(
    'engine-died',
    signal === 'SIGKILL' ? 'killed' : 'ended',
    { call: request, received: lastWords ? `${how}; its last words: ${lastWords}` : how },
    { data: { signal, exitCode: code } },
  )
}

/** Turns an internal error into a problem that a window can show. */
function fault(error: unknown): Problem {
  return makeProblem('engine-died', 'engine-defect', {
    received: error instanceof Error ? error.message : String(error),
  })
}
