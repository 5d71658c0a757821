/** The engine's side of the channel: receives requests, runs them, and sends back answers and events. */
import { ProblemError } from '#core/problems/problem'
import { limitReading } from '../../data/readers/readingLimits'
import { augment } from '../calls/augment'
import { evaluate } from '../calls/evaluator'
import { exportRun } from '../calls/exportRun'
import { inspectData } from '../calls/inspectData'
import type { CallName, EngineCalls, FromEngine, ToEngine } from '../messages'
import { predict } from '../calls/predictor'
import { reportDevices } from '../device/providers'
import { RunControl } from '../training/runControl'
import type { Emit } from '../training/openTraining'
import { runTraining } from '../training/runTraining'

interface Channel {
  send(message: FromEngine): void
  onMessage(listener: (message: ToEngine) => void): void
  onClose(listener: () => void): void
}

/** Everything a request handler needs. */
interface CallContext {
  readonly emit: Emit
  readonly control: RunControl
}

const calls: {
  [N in CallName]: (input: EngineCalls[N]['input'], context: CallContext) => Promise<EngineCalls[N]['output']>
} = {
  train: (job, { control, emit }) => runTraining(job, control, emit),
  evaluate,
  predict,
  export: exportRun,
  inspectData,
  augment,
  devices: reportDevices,
}

/** Listens on the channel to the parent process until it closes. */
export function serveParent(): void {
  const channel = parentChannel()
  const controls = new Map<number, RunControl>()
  channel.onClose(() => process.exit(0))
  channel.onMessage((message) => {
    if (message.call === 'control') controls.get(message.id)?.apply(message.control)
    else void answer(message, channel, controls)
  })
}

async function answer(
  message: Exclude<ToEngine, { call: 'control' }>,
  channel: Channel,
  controls: Map<number, RunControl>,
): Promise<void> {
  const { id, call, input, limits } = message
  limitReading(limits)
  const control = new RunControl()
  controls.set(id, control)
  const emit: Emit = (event) => channel.send({ reply: 'event', id, event })
  try {
    const run = calls[call] as (input: unknown, context: CallContext) => Promise<EngineCalls[CallName]['output']>
    const output = await run(input, { control, emit })
    channel.send({ reply: 'result', id, output })
  } catch (error) {
    if (error instanceof ProblemError) channel.send({ reply: 'problems', id, problems: error.problems })
    else {
      const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
      channel.send({ reply: 'fault', id, message, stack })
    }
  } finally {
    controls.delete(id)
  }
}

/** A port in Electron's utility process, otherwise the channel of a forked process. */
function parentChannel(): Channel {
  const port = (process as { parentPort?: Electron.ParentPort }).parentPort
  if (port)
    return {
      send: (message) => port.postMessage(message),
      onMessage: (listener) => void port.on('message', ({ data }) => listener(data as ToEngine)),
      // Electron ends its utility processes itself.
      onClose: () => undefined,
    }
  return {
    send: (message) => void process.send?.(message),
    onMessage: (listener) => void process.on('message', (message) => listener(message as ToEngine)),
    onClose: (listener) => void process.on('disconnect', listener),
  }
}
