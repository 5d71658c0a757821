/** Packs a training step: picks the batch, and takes parameters, slots, statistics and scalars from a few flat inputs. */
import { GraphBuilder } from '../../onnx/builder'
import type { Value } from '../../onnx/graph'
import { RANDOM_ROUNDS } from '../../onnx/randomNumbers'
import type { Target } from '../../onnx/target'
import type { DrawPlan } from '../../transforms/draws/draws'
import type { RandomSlot } from '../lowerNetwork'
import {
  inlineComputed,
  pickBatch,
  splitVector,
  unpackState,
  vector,
  type Packing,
  type StepOptimizer,
} from '../packing'
import { layoutState, type NetworkState } from '../stateLayout'

interface ComputedStep extends Packing {
  readonly draws: DrawPlan
  readonly optimizer: StepOptimizer
}

export interface PackedStep {
  readonly b: GraphBuilder
  readonly state: NetworkState
  /** What the optimizer works with; `parameters` are absent where nothing is trained. */
  readonly packed: {
    readonly parameters: Value | undefined
    readonly slots: Readonly<Record<string, Value>>
    readonly scalars: Readonly<Record<string, Value>>
    /** An output of the graph before it was packed. */
    readonly result: (name: string) => Value
  }
}

export function packStep(step: ComputedStep): PackedStep & { readonly loss: Value; readonly prediction: Value } {
  const { network, draws, batchSize, target } = step
  const { definition, params } = step.optimizer
  const state = layoutState(network.weights, network.statistics)
  const b = new GraphBuilder('step')
  const { flat, tensors } = unpackState(b, state, target)
  const slots = Object.keys(definition.slots(params)).map((name): [string, Value] => [
    name,
    b.input(`slot.${name}`, vector(state.parameters.total)),
  ])
  const batch = [...pickBatch(b, step), ...takeDraws(b, draws, batchSize)]
  const { scalars, keys } = readScalars(b, Object.keys(definition.scalars(params, 1, 1)), network.randoms, target)
  const result = inlineComputed(b, step.b.graph, new Map([...tensors, ...batch, ...keys]))
  const packed = { parameters: flat, slots: Object.fromEntries(slots), scalars, result }
  return { b, state, packed, loss: result('loss'), prediction: result('prediction') }
}

function takeDraws(b: GraphBuilder, { width }: DrawPlan, batchSize: number): [string, Value][] {
  return width === 0 ? [] : [['draws', b.input('draws', { dtype: 'float32', shape: [batchSize, width] })]]
}

/** Splits the vector of per-step numbers: one per optimizer scalar, then the keys of every random draw. */
function readScalars(b: GraphBuilder, names: readonly string[], randoms: readonly RandomSlot[], target: Target) {
  const sizes = [...names.map(() => 1), ...randoms.map(() => RANDOM_ROUNDS)]
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const all = b.input('scalars', vector(total))
  return b.within('scalars', () => {
    const parts = splitVector(b, all, sizes, target)
    return {
      scalars: Object.fromEntries(names.map((name, i) => [name, parts[i]!])),
      keys: randoms.map((slot, i): [string, Value] => [slot.keys.name, parts[names.length + i]!]),
    }
  })
}
