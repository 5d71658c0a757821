/**
 * What training makes of a few samples before the network sees them: the image after every transform, and the tensor as it is
 * fed. The graph of the fed tensor is the one inside a training step, so that the preview cannot differ from training.
 */
import type { Graph } from '../onnx/graph'
import { GraphBuilder } from '../onnx/builder'
import { standardTarget } from '../onnx/target'
import type { DrawPlan } from '../transforms/draws/draws'
import { concrete } from '../tensor/shape'
import { floatPixels, settledPixels } from '../transforms/pixels/image'
import { buildFed, type NetworkSource } from './network'
import { prune, shareDuplicates } from './passes/prune'

export interface PreviewProgram {
  /**
   * Inputs: `samples` [batch, …stored shape] and, where anything is drawn, `draws` [batch, draws.width]. Outputs: `stage.0`, the
   * samples as they are prepared, and `stage.<i>` after the step before it, all float32 [batch or 1, …]; `fed`; and `share.<places>`
   * [batch, 1, 1, 1] where samples are mixed.
   */
  readonly graph: Graph
  readonly draws: DrawPlan
  /** Shape of one image of every stage, bytes on the scale 0 … 1. */
  readonly stages: readonly (readonly number[])[]
  /** How many shares there are; 0 where nothing is mixed. */
  readonly shares: number
}

/** The stages that are wanted of one row alone: all but the one that is wanted `whole`. */
export interface OneRow {
  readonly row: number
  readonly whole: number
}

export function compilePreview(
  source: Pick<NetworkSource, 'facts' | 'preprocess' | 'transforms'>,
  batch: number,
  one?: OneRow,
): PreviewProgram {
  const b = new GraphBuilder('preview')
  const {
    prepared,
    fed,
    stages,
    shares = [],
    draws,
  } = buildFed(b, source, {
    training: true,
    target: standardTarget,
    batch,
    whole: true,
  })
  const images = [{ pixels: prepared }, ...stages].map((image, i) =>
    b.within('stages', () => {
      if (one === undefined || i === one.whole) return floatPixels(b, image)
      return floatPixels(b, { pixels: b.Slice(settledPixels(b, image), [one.row], [one.row + 1], [0]) })
    }),
  )
  images.forEach((pixels, i) => b.output(pixels, `stage.${i}`))
  b.output(fed, 'fed')
  shares.forEach((share, places) => b.output(share, `share.${places}`))
  const graph = prune(shareDuplicates(prune(b.graph)))
  return { graph, draws, stages: images.map(({ type }) => type.shape.slice(1).map(concrete)), shares: shares.length }
}
