/**
 * The interface of a transform: a step applied to an image every time it is read, as ONNX operators over the batch. Its
 * randomness
 * is drawn outside the graph, from a seeded generator, as a few numbers per sample; the graph only computes.
 */
import type { Text } from '../base/text'
import type { ColumnStatistics } from '../data/facts'
import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/graph'
import type { Target } from '../onnx/target'
import { real, text, type ParamSpecs, type ParamValues } from '../params/params'
import type { CaseOf, CaseValues } from '../problems/sentences/index'
import type { Dim } from '../tensor/shape'
import type { DrawStream } from './draws/drawStream'
import type { Image } from './pixels/image'

export const transformGroups = ['geometry', 'color', 'noise', 'mixing', 'scale'] as const
export type TransformGroup = (typeof transformGroups)[number]

/** Channels, height, width of an image. */
export type ImageShape = readonly [channels: number, height: number, width: number]

/** The numbers of one draw, as drawn or as fed. */
export type Drawn = ArrayLike<number> & Iterable<number>

/** Plain JSON that a step fitted on the training split; stored in the run. */
export type FittedNumbers = Readonly<Record<string, readonly number[]>>

/** Says that a step cannot be done on these images, and stops; `{step}` is the title of the transform. */
export type Refuse = <K extends CaseOf<'data-transform'>>(
  problemCase: K,
  values: Omit<CaseValues<'data-transform', K>, 'step'>,
  param?: string,
) => never

export interface TransformContext<V> {
  readonly b: GraphBuilder
  readonly image: Image
  readonly params: V
  readonly shape: ImageShape
  readonly target: Target
  /** Samples per batch; `N` only if nothing is random. */
  readonly batch: Dim
  readonly fitted: FittedNumbers
  /** The drawn numbers [batch, width] of random steps. */
  readonly draws: Value
  /**
   * Reports that each sample now consists of `share` [batch, 1, 1, 1] of itself and otherwise of the previous sample in
   * the batch.
   */
  readonly mixTargets: (share: Value) => void
}

/** What matters of a data set for whether a step makes sense on it. */
export interface ImagesShown {
  readonly channels: number
  /** Whether the classes are named like digits or letters. */
  readonly signs: boolean
}

/** It mirrors signs, turns them until they are others, or does nothing to gray images. */
export type TransformCaution = 'mirror' | 'turn' | 'grey'

export interface ChannelScale {
  readonly factor: number
  readonly offset: number
}

/** The random part of a step. Drawn numbers are float64 here and float32 in the graph. */
export interface RandomPart<V> {
  /** Drawn once for the whole batch instead of for every sample. */
  readonly perBatch?: true
  /** Numbers per draw. */
  width(params: V, shape: ImageShape): number
  draw(stream: DrawStream, params: V, shape: ImageShape): readonly number[]
  /** The numbers that leave an image unchanged; if the step changes the size, those at the middle of its range. */
  identity(params: V, shape: ImageShape): readonly number[]
  /** A short description of drawn numbers, such as `−7.3°`. */
  describe(drawn: Drawn, params: V, shape: ImageShape): Text
  /** Draws at the ends of the range: the worst case for an image. */
  corners(params: V, shape: ImageShape): readonly (readonly number[])[]
}

export interface TransformDefinition<P extends ParamSpecs = ParamSpecs> {
  /** Lowercase with dashes; stored in project files. */
  readonly kind: string
  /** torchvision's name. */
  readonly title: string
  readonly group: TransformGroup
  readonly doc: Text
  readonly params: P
  /** Whether it passes over the pixels so few times that splitting large batches gains nothing. */
  light?(params: ParamValues<P>): boolean
  /** Whether the step needs pixels in 0 … 1, which a step with a `scale` ends. */
  unitPixels?(params: ParamValues<P>): boolean
  /** Checks the parameters against the images; returns the shape after the step if it changes. */
  check?(shape: ImageShape, params: ParamValues<P>, refuse: Refuse): ImageShape | undefined
  /** Why the step is likely a mistake on such images, although it is allowed. */
  caution?(params: ParamValues<P>, images: ImagesShown): TransformCaution | undefined
  /** Of steps after which pixels are no longer in 0 … 1: how a channel of before is `x · factor + offset`. */
  scale?(fitted: FittedNumbers): readonly ChannelScale[]
  /** Fits on the channels of the training split, on the scale of the pixels: 0 … 1 for stored bytes. */
  fit?(channels: readonly ColumnStatistics[], params: ParamValues<P>, shape: ImageShape): FittedNumbers
  /** Absent if every image is treated the same. */
  readonly random?: RandomPart<ParamValues<P>>
  lower(context: TransformContext<ParamValues<P>>): Image
  /** What a random step that changes the size does in evaluation, where other random steps are left out. */
  readonly evaluation?: { readonly title: string; lower(context: TransformContext<ParamValues<P>>): Image }
}

/** Checks the definition's types against its own parameters. */
export function defineTransform<const Kind extends string, const P extends ParamSpecs>(
  definition: TransformDefinition<P> & { readonly kind: Kind },
) {
  return definition
}

/** How often a random step is applied. */
export const probability = (value: number) =>
  real(text('Probability', '概率'), {
    default: value,
    min: 0,
    max: 1,
    doc: text('Share of the images that the step applies to.', '施加此步骤的图像所占的比例。'),
  })
