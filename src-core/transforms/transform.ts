/**
 * What a transform is: a step done with an image every time it is read, as ONNX operators over the batch. What is random about
 * it is drawn outside the graph, from a seeded generator, as a few numbers a sample; the graph only computes.
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

/** Channels, height, width of one image. */
export type ImageShape = readonly [channels: number, height: number, width: number]

/** The numbers of one draw, as they were drawn or as they were fed. */
export type Drawn = ArrayLike<number> & Iterable<number>

/** Plain JSON that a step learnt from the training split; it is stored in the run. */
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
  /** Samples in a batch; `N` only where nothing random is done. */
  readonly batch: Dim
  readonly fitted: FittedNumbers
  /** The drawn numbers [batch, width] of random steps. */
  readonly draws: Value
  /** Tells that each sample is now `share` [batch, 1, 1, 1] itself, and the rest is the sample before it in the batch. */
  readonly mixTargets: (share: Value) => void
}

/** What matters of a data set for whether a step makes sense on it. */
export interface ImagesShown {
  readonly channels: number
  /** Whether the classes are named like digits or letters. */
  readonly signs: boolean
}

/** It mirrors signs, turns them until they are others, or does nothing to grey images. */
export type TransformCaution = 'mirror' | 'turn' | 'grey'

export interface ChannelScale {
  readonly factor: number
  readonly offset: number
}

/** What is random about a step. Drawn numbers are float64 here and float32 in the graph. */
export interface RandomPart<V> {
  /** Drawn once for the whole batch instead of for every sample. */
  readonly perBatch?: true
  /** Numbers in a draw. */
  width(params: V, shape: ImageShape): number
  draw(stream: DrawStream, params: V, shape: ImageShape): readonly number[]
  /** The numbers that leave an image as it is; where the step changes the size, those of the middle of its range. */
  identity(params: V, shape: ImageShape): readonly number[]
  /** A few words on drawn numbers, such as `−7.3°`. */
  describe(drawn: Drawn, params: V, shape: ImageShape): Text
  /** Draws at the ends of the range: the worst that can happen to an image. */
  corners(params: V, shape: ImageShape): readonly (readonly number[])[]
}

export interface TransformDefinition<P extends ParamSpecs = ParamSpecs> {
  /** Lower-case with dashes; what project files store. */
  readonly kind: string
  /** torchvision's name. */
  readonly title: string
  readonly group: TransformGroup
  readonly doc: Text
  readonly params: P
  /** Whether it goes over the pixels so few times that large batches gain nothing by being done in parts. */
  light?(params: ParamValues<P>): boolean
  /** Whether the step needs pixels in 0 … 1, which a step with a `scale` ends. */
  unitPixels?(params: ParamValues<P>): boolean
  /** Checks the parameters against the images, and tells the shape after the step where it changes. */
  check?(shape: ImageShape, params: ParamValues<P>, refuse: Refuse): ImageShape | undefined
  /** Why the step is likely a mistake on such images, although it is allowed. */
  caution?(params: ParamValues<P>, images: ImagesShown): TransformCaution | undefined
  /** Of steps after which pixels are no longer in 0 … 1: how a channel of before is `x · factor + offset`. */
  scale?(fitted: FittedNumbers): readonly ChannelScale[]
  /** Learns from the channels of the training split, on the scale of the pixels: 0 … 1 for stored bytes. */
  fit?(channels: readonly ColumnStatistics[], params: ParamValues<P>, shape: ImageShape): FittedNumbers
  /** Absent where the same is done to every image. */
  readonly random?: RandomPart<ParamValues<P>>
  lower(context: TransformContext<ParamValues<P>>): Image
  /** What a random step that changes the size does in evaluation; other random steps are left out there. */
  readonly evaluation?: { readonly title: string; lower(context: TransformContext<ParamValues<P>>): Image }
}

/** Checks the definition's types against its own parameters. */
export function defineTransform<const Kind extends string, const P extends ParamSpecs>(
  definition: TransformDefinition<P> & { readonly kind: Kind },
) {
  return definition
}

/** How often a random step is done. */
export const probability = (value: number) =>
  real(text('Probability', '概率'), {
    default: value,
    min: 0,
    max: 1,
    doc: text('Share of the images that the step applies to.', '施加此步骤的图像所占的比例。'),
  })
