/** The catalog of layers, in palette order. */
import { adaptiveAvgPool2d } from './kinds/adaptiveAvgPool2d'
import { add } from './kinds/add'
import { avgPool2d } from './kinds/avgPool2d'
import { batchNorm1d } from './kinds/batchNorm1d'
import { batchNorm2d } from './kinds/batchNorm2d'
import { concat } from './kinds/concat'
import { conv2d } from './kinds/conv2d'
import { dropout } from './kinds/dropout'
import { elu } from './kinds/elu'
import { embedding } from './kinds/embedding'
import { embeddingBag } from './kinds/embeddingBag'
import { flatten } from './kinds/flatten'
import { gelu } from './kinds/gelu'
import { input } from './kinds/input'
import { layerNorm } from './kinds/layerNorm'
import { leakyRelu } from './kinds/leakyRelu'
import { linear } from './kinds/linear'
import { maxPool2d } from './kinds/maxPool2d'
import { output } from './kinds/output'
import { relu } from './kinds/relu'
import { reshape } from './kinds/reshape'
import { sigmoid } from './kinds/sigmoid'
import { silu } from './kinds/silu'
import { softmax } from './kinds/softmax'
import { tanh } from './kinds/tanh'
import type { LayerDefinition } from './layer'

export const layers = [
  input,
  linear,
  embedding,
  embeddingBag,
  conv2d,
  maxPool2d,
  avgPool2d,
  adaptiveAvgPool2d,
  relu,
  leakyRelu,
  elu,
  gelu,
  silu,
  sigmoid,
  tanh,
  softmax,
  batchNorm1d,
  batchNorm2d,
  layerNorm,
  dropout,
  flatten,
  reshape,
  add,
  concat,
  output,
] as const

const byKind = new Map<string, LayerDefinition>(layers.map((layer) => [layer.kind, layer]))

/** The layer that does for inputs of this rank what `kind` does for others. */
export function layerForRank(kind: string, rank: number): LayerDefinition | undefined {
  const family = byKind.get(kind)?.family
  return family === undefined
    ? undefined
    : [...byKind.values()].find((layer) => layer.family === family && layer.ranks?.includes(rank))
}

export function findLayer(kind: string): LayerDefinition | undefined {
  return byKind.get(kind)
}
