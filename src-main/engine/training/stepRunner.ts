/**
 * Runs compiled training steps on a device: many in a loop, one at a time, or some unrolled, as the device requires.
 */
import type { StepProgram } from '#core/compiler/packing'
import { asLoop, asSingle, asUnrolled, stateNames } from '#core/compiler/wrappers'
import type { Device } from '../device/device'
import { indexTensor, numbersOf, type Feeds, type RuntimeTensor, type Session } from '../device/session'

/** The buffers passed from step to step: `parameters`, `slot.<name>`, `statistics`. */
export type State = Readonly<Record<string, RuntimeTensor>>

export interface StepCall {
  readonly steps: number
  /** [steps, batch], into `samples` and `targets`. */
  readonly indices: Int32Array
  /** [steps, width]: the optimizer's scalars and the keys of the random draws. */
  readonly scalars: Float32Array
  /** [steps, batch, width]: the random numbers of the transforms; empty if they draw none. */
  readonly draws: Float32Array
  /** `samples`, `targets`, and `frozen` if there are frozen weights. */
  readonly data: Feeds
}

export interface StepResult {
  readonly state: State
  /** [steps] */
  readonly losses: Float32Array
  /** [steps, batch, outputs] */
  readonly predictions: Float32Array
}

export interface StepRunner {
  readonly batchSize: number
  readonly program: StepProgram
  /** Does not consume the given state; its owner discards it. */
  run(state: State, call: StepCall): Promise<StepResult>
  release(): Promise<void>
}

/** Steps unrolled in one graph. More would only slow down session creation. */
const UNROLLED = 16

export async function openStepRunner(device: Device, program: StepProgram): Promise<StepRunner> {
  switch (device.form) {
    case 'loop':
      return loopRunner(device, program)
    case 'single':
      return singleRunner(device, program)
    case 'unrolled':
      return unrolledRunner(device, program)
  }
}

const nextOf = (program: StepProgram, results: Feeds): State =>
  Object.fromEntries(stateNames(program).map((name) => [name, results[`next.${name}`]!]))

async function loopRunner(device: Device, program: StepProgram): Promise<StepRunner> {
  const session = await device.open(asLoop(program))
  const width = scalarWidth(program)
  return {
    batchSize: program.batchSize,
    program,
    async run(state, { steps, indices, scalars, draws, data }) {
      const results = await session.run({
        ...state,
        ...data,
        ...drawFeed(device, program, [steps], draws),
        trips: device.tensor('int64', [], BigInt64Array.of(BigInt(steps))),
        indices: indexTensor(device.tensor, 'int64', [steps, program.batchSize], indices),
        scalars: device.tensor('float32', [steps, width], scalars),
      })
      return {
        state: nextOf(program, results),
        losses: numbersOf(results.loss),
        predictions: numbersOf(results.prediction),
      }
    },
    release: () => session.release(),
  }
}

async function singleRunner(device: Device, program: StepProgram): Promise<StepRunner> {
  const kept = stateNames(program).map((name) => `next.${name}`)
  const session = await device.open(asSingle(program), kept)
  const step = stepOf(device, program, session, '1')
  return { batchSize: program.batchSize, program, run: inSteps(device, [step]), release: () => session.release() }
}

async function unrolledRunner(device: Device, program: StepProgram): Promise<StepRunner> {
  const many = await device.open(asUnrolled(program, UNROLLED))
  let one: Session | undefined
  const single = async () => (one ??= await device.open(asSingle(program)))
  const part: Part = { steps: UNROLLED, run: (call) => stepOf(device, program, many, 'rows').run(call) }
  const rest: Part = { steps: 1, run: async (call) => stepOf(device, program, await single(), '1').run(call) }
  return {
    batchSize: program.batchSize,
    program,
    run: inSteps(device, [part, rest]),
    async release() {
      await many.release()
      await one?.release()
    },
  }
}

/** A graph with a fixed number of steps. */
interface Part {
  readonly steps: number
  run(call: StepCall & { state: State }): Promise<StepResult>
}

/** A session call whose inputs have one row per step, or no such axis for a single step. */
function stepOf(device: Device, program: StepProgram, session: Session, form: '1' | 'rows'): Part {
  const dtype = program.target.portable ? 'int32' : 'int64'
  const width = scalarWidth(program)
  return {
    steps: form === '1' ? 1 : UNROLLED,
    async run({ state, steps, indices, scalars, draws, data }) {
      const rows = form === '1' ? [] : [steps]
      const results = await session.run({
        ...state,
        ...data,
        ...drawFeed(device, program, rows, draws),
        indices: indexTensor(device.tensor, dtype, [...rows, program.batchSize], indices),
        scalars: device.tensor('float32', [...rows, width], scalars),
      })
      return {
        state: nextOf(program, results),
        losses: numbersOf(results.loss),
        predictions: numbersOf(results.prediction),
      }
    },
  }
}

/** Any number of steps, composed of parts of fixed size, largest first. */
function inSteps(device: Device, parts: readonly Part[]): StepRunner['run'] {
  return async (start, call) => {
    let state = start
    const losses = new Float32Array(call.steps)
    let predictions = new Float32Array(0)
    for (let done = 0; done < call.steps;) {
      const part = parts.find(({ steps }) => steps <= call.steps - done)!
      const result = await part.run({ state, ...slice(call, done, part.steps) })
      if (state !== start) device.discard(Object.values(state))
      state = result.state
      losses.set(result.losses, done)
      const each = result.predictions.length / part.steps
      if (done === 0) predictions = new Float32Array(each * call.steps)
      predictions.set(result.predictions, done * each)
      done += part.steps
    }
    return { state, losses, predictions }
  }
}

function slice({ steps, indices, scalars, draws, data }: StepCall, from: number, count: number): StepCall {
  const rows = <A extends Int32Array | Float32Array>(array: A) =>
    array.subarray((from * array.length) / steps, ((from + count) * array.length) / steps) as A
  return { steps: count, indices: rows(indices), scalars: rows(scalars), draws: rows(draws), data }
}

function drawFeed(
  device: Device,
  { draws: { width }, batchSize }: StepProgram,
  rows: readonly number[],
  draws: Float32Array,
): Feeds {
  return width === 0 ? {} : { draws: device.tensor('float32', [...rows, batchSize, width], draws) }
}

/** Floats per row of scalars. */
export function scalarWidth(program: StepProgram): number {
  return program.graph.inputs.find(({ name }) => name === 'scalars')!.type.shape[0] as number
}
