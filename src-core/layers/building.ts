/** The layers that repairs, suggestions and starting networks put into a network, by what they do. */
import { adaptiveAvgPool2d } from './kinds/adaptiveAvgPool2d'
import { conv2d } from './kinds/conv2d'
import { embeddingBag } from './kinds/embeddingBag'
import { flatten } from './kinds/flatten'
import { linear } from './kinds/linear'
import { maxPool2d } from './kinds/maxPool2d'
import { relu } from './kinds/relu'
import { reshape } from './kinds/reshape'

/** A layer to put in: its kind, and the parameters that differ from their defaults. */
export interface NewLayer {
  readonly kind: string
  readonly params?: Readonly<Record<string, number | number[]>>
}

export const activation: NewLayer = { kind: relu.kind }
/** [N, …] → [N, features] */
export const flattening: NewLayer = { kind: flatten.kind }
/** [N, C, H, W] → [N, C, 1, 1] */
export const globalPool: NewLayer = { kind: adaptiveAvgPool2d.kind }

export const dense = (outFeatures: number): NewLayer => ({ kind: linear.kind, params: { outFeatures } })

export const convolution = (outChannels: number, params: NewLayer['params'] = {}): NewLayer => ({
  kind: conv2d.kind,
  params: { outChannels, ...params },
})

export const maxPool = (kernelSize: number): NewLayer => ({ kind: maxPool2d.kind, params: { kernelSize } })

export const poolTo = (size: readonly number[]): NewLayer => ({
  kind: adaptiveAvgPool2d.kind,
  params: { outputSize: [...size] },
})

export const reshapeTo = (shape: readonly number[]): NewLayer => ({ kind: reshape.kind, params: { shape: [...shape] } })

/** [N, length] of token ids → [N, embeddingDim] */
export const tokenBag = (numEmbeddings: number, embeddingDim: number): NewLayer => ({
  kind: embeddingBag.kind,
  params: { numEmbeddings, embeddingDim },
})

export const isFlattening = (kind: string): boolean => kind === flatten.kind
