/**
 * Definition of a layer: parameters, ports and its lowering to ONNX operators. Shapes, counts and costs follow from the
 * lowering.
 */
import type { Text } from '../base/text'
import type { InitializerKind } from '../initializers/index'
import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/graph'
import type { Target } from '../onnx/target'
import type { ParamSpecs, ParamValues } from '../params/params'
import type { CaseOf, CaseValues, WordedCode } from '../problems/sentences/index'
import type { Details } from '../problems/wording'
import type { Shape } from '../tensor/shape'
import type { SlidingWindow } from './window'

export const categories = [
  'io',
  'convolution',
  'linear',
  'embedding',
  'pooling',
  'activation',
  'normalization',
  'regularization',
  'shape',
  'combine',
] as const
export type Category = (typeof categories)[number]

/**
 * Which places of an image one value of the output depends on: the one at its own place in all channels (`pointwise`), those
 * under a window, the whole sample (`global`), or others (`mixed`).
 */
export type Spatial = 'pointwise' | 'window' | 'global' | 'mixed'

/** Where the number of units or channels comes from: a parameter, by its name, the input (`kept`), or a rule of its own. */
export type Width<Name extends string = string> = { readonly param: Name } | 'kept' | 'own'

/** How a size comes about, with its numbers. */
export interface SizeFigure {
  readonly kind: 'features' | 'channels' | 'elements' | 'shape'
  readonly arithmetic: string
  readonly value: number | string
}

/**
 * Initialization of a weight: a catalog initializer, with the fan-in to use if the shape does not determine it
 * (biases).
 */
export interface WeightStart {
  readonly kind: InitializerKind
  /** Parameters of the initializer that differ from its defaults, such as the value of `constant`. */
  readonly params?: Readonly<Record<string, number>>
  readonly fanIn?: number
  /** Index along the first axis whose elements start at 0 with any initializer. */
  readonly zeroRow?: number
}

export interface LowerContext<V> {
  readonly b: GraphBuilder
  /** The id of the layer, for messages. */
  readonly id: string
  /** The first input. */
  readonly x: Value
  readonly inputs: readonly Value[]
  readonly params: V
  /** True inside a training step: dropout drops, batch norm uses the batch's statistics. */
  readonly training: boolean
  /** False if the layer, or a block around it, is frozen. */
  readonly trainable: boolean
  readonly target: Target
  /** Shape of one data sample, for Input layers. */
  readonly sample: Shape
  /** The network's input: the first input of a layer directly after Input. */
  readonly fed: Value
  /** Number of token ids if the data is text, `none` if it is not; absent if the data is unknown. */
  readonly vocabulary?: number | 'none'
  /** A trainable tensor, named as in PyTorch's state_dict (`weight`, `bias`). */
  weight(name: string, shape: readonly number[], start: WeightStart): Value
  /** A tensor that training updates without gradients (running mean, running variance). */
  statistic(name: string, shape: readonly number[], initial: number): { value: Value; update(next: Value): void }
  /** Declares that a training step needs at least `samples` samples in its batch. */
  needsBatch(samples: number): void
  /** Uniform numbers in [0, 1), new in every step, reproducible from the run's seed. */
  uniform(shape: readonly number[]): Value
  /** Reports a user problem on this layer, worded by the table of sentences, and stops lowering it. */
  problem<C extends WordedCode, K extends CaseOf<C>>(
    code: C,
    problemCase: K,
    values: CaseValues<C, K>,
    details?: Details & { readonly param?: string },
  ): never
}

export interface LayerDefinition<P extends ParamSpecs = ParamSpecs> {
  /** Lowercase with dashes; stored in project files. */
  readonly kind: string
  /** PyTorch's name. */
  readonly title: string
  readonly category: Category
  readonly doc: Text
  /** The computation on one line. */
  readonly formula: string
  readonly params: P
  /** Names of the input ports, or `variadic` for two or more inputs `a`, `b`, `c`, … */
  readonly ports: readonly string[] | 'variadic'
  /** Where its values come from; a function where that depends on the shape of the output. */
  readonly spatial: Spatial | ((output: Shape) => Spatial)
  /** What decides the number of units or channels; a function where that depends on the shape of the input. */
  readonly width: Width | ((input: Shape) => Width)
  /**
   * The linear map, with or without a constant, that the layer is when it predicts; absent where it is none. `fixed` maps have no
   * learned matrix: a mean, another order, a normalization.
   */
  readonly linearMap?: 'dense' | 'convolution' | 'fixed'
  /** Whether training subtracts the mean of every channel, and with it any constant that was added before. */
  readonly centersChannels?: true
  /** How a layer with several inputs joins them: value by value, all of one shape, or one after another along an axis. */
  readonly combines?: 'elementwise' | 'along-axis'
  /** Numbers of axes, the batch included, that the input may have; absent where the rule is another. */
  readonly ranks?: readonly number[]
  /** Layers of one family do the same for inputs of different ranks. */
  readonly family?: string
  /** What ids of such layers begin with, where it is not the last word of the kind. */
  readonly idPrefix?: string
  /** The window of layers that slide one. */
  window?(params: ParamValues<P>): SlidingWindow
  /** How the size of the output comes about, where neither a window nor the shape alone says it. */
  size?(inputs: readonly Shape[], output: Shape, params: ParamValues<P>): SizeFigure | undefined
  lower(context: LowerContext<ParamValues<P>>): Value
  /** The two or three most important parameters, for the node card: `16 filters · 3×3 · pad 1`. */
  summary?(params: ParamValues<P>): string
}

/** Widths name parameters of the layer itself. */
interface OwnWidth<P> {
  readonly width: Width<keyof P & string> | ((input: Shape) => Width<keyof P & string>)
}

/** Checks the definition's types against its own parameters. */
export function defineLayer<const P extends ParamSpecs>(
  definition: LayerDefinition<P> & OwnWidth<P>,
): LayerDefinition<P> {
  return definition
}

/** Name of variadic port `index`: a, b, …, z, aa, ab, … */
export function portName(index: number): string {
  const letter = String.fromCharCode(97 + (index % 26))
  return index < 26 ? letter : portName(Math.floor(index / 26) - 1) + letter
}
