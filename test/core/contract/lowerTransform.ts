/** Lowers a single transform: images and drawn numbers become graph inputs, in any mode and target. */
import { GraphBuilder } from '#core/onnx/builder'
import type { Graph } from '#core/onnx/graph'
import type { Target } from '#core/onnx/target'
import { tensor, type Tensor } from '#core/tensor/dtype'
import { planDraws, type DrawPlan } from '#core/transforms/draws/draws'
import { lowerTransforms } from '#core/transforms/lowerTransforms'
import { fitTransforms, type FittedTransforms, type TransformStep } from '#core/transforms/transformList'
import type { GoldenCase } from '../../support/goldens'
import { runOnnx } from '../../support/runOnnx'

/** Nothing needs fitting: the steps of these tests have all their numbers given. */
const noStatistics = { sample: [], target: [] }

/** Steps on images of a shape; those that are fitted need explicit numbers. */
export function fittedSteps(
  steps: readonly Omit<TransformStep, 'enabled'>[],
  shape: readonly number[],
): FittedTransforms {
  const list = steps.map((step): TransformStep => ({ ...step, kind: step.kind as string, enabled: true }))
  return fitTransforms(list, { dtype: 'uint8', shape }, noStatistics)
}

export interface LoweredTransform {
  readonly graph: Graph
  readonly plan: DrawPlan
}

/** A graph from `images` and, in training, `draws` to `y` and the shares of the targets. */
export function lowerSteps(
  fitted: FittedTransforms,
  images: Pick<Tensor, 'dtype' | 'shape'>,
  { training, target }: { readonly training: boolean; readonly target: Target },
): LoweredTransform {
  const b = new GraphBuilder('transforms')
  const plan = planDraws(fitted)
  const batch = images.shape[0]!
  const x = b.input('images', { dtype: images.dtype, shape: images.shape })
  const draws =
    training && plan.width > 0 ? b.input('draws', { dtype: 'float32', shape: [batch, plan.width] }) : undefined
  const { fed, shares } = lowerTransforms(b, x, fitted, {
    target,
    batch,
    ...(training && { drawing: { plan, draws } }),
  })
  b.output(fed, 'y')
  shares?.forEach((share, i) => b.output(share, `share${i}`))
  return { graph: b.graph, plan }
}

/** Stored bytes as pixels in 0 … 1, as torchvision's functions expect. */
export function unitPixels({ shape, data }: Tensor): Tensor<'float32'> {
  return tensor(
    'float32',
    shape,
    Float32Array.from(data as Uint8Array, (byte) => byte / 255),
  )
}

/** Images and draws of a golden case under the names of the graph's inputs. */
export function feedsOf(item: GoldenCase, images: Tensor): Record<string, Tensor> {
  return { images, ...(item.has('draws') && { draws: item.get('draws') }) }
}

/** Runs steps on images with the given rows of draws. */
export async function applySteps(
  fitted: FittedTransforms,
  images: Tensor,
  rows: Float32Array,
  target: Target,
): Promise<Record<string, Tensor>> {
  const { graph, plan } = lowerSteps(fitted, images, { training: true, target })
  return runOnnx(graph, { images, draws: tensor('float32', [images.shape[0]!, plan.width], rows) })
}
