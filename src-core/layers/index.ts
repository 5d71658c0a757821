/** The catalogue of layers: the list is the order of the palette. */
import { adaptiveAvgPool2d } from './adaptiveAvgPool2d'
import { add } from './add'
import { avgPool2d } from './avgPool2d'
import { batchNorm1d } from './batchNorm1d'
import { batchNorm2d } from './batchNorm2d'
import { concat } from './concat'
import { conv2d } from './conv2d'
import { dropout } from './dropout'
import { elu } from './elu'
import { embedding } from './embedding'
import { embeddingBag } from './embeddingBag'
import { flatten } from './flatten'
import { gelu } from './gelu'
import { input } from './input'
import { layerNorm } from './layerNorm'
import { leakyRelu } from './leakyRelu'
import { linear } from './linear'
import { maxPool2d } from './maxPool2d'
import { output } from './output'
import { relu } from './relu'
import { reshape } from './reshape'
import { sigmoid } from './sigmoid'
import { silu } from './silu'
import { softmax } from './softmax'
import { tanh } from './tanh'
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

const byKind = new Map<string, LayerDefinition>(
  layers.map((layer) => [layer.kind, layer as unknown as LayerDefinition]),
)

export function findLayer(kind: string): LayerDefinition | undefined {
  return byKind.get(kind)
}
