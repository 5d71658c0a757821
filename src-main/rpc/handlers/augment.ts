/** Handlers of `augment`: the engine applies the transforms as in training, and these return how the result looks. */
import type { AugmentPreview } from '#core/rpc/contract/augment'
import { evaluationOrder, trainingOrder } from '#core/transforms/order'
import type { TransformStep } from '#core/transforms/transformList'
import type { AugmentReport } from '../../engine/messages'
import { procedures } from '../procedures'
import { projectFolder } from './data'

const { augment } = procedures

export const augmentHandlers = augment.router({
  draw: augment.draw.handler(async ({ context, input }) => {
    const { data, task, file, transforms, indices, seed, epoch, row } = input
    const folder = await projectFolder(context, file)
    const about = { data, task, transforms, projectFolder: folder }
    return previewOf(await context.engine.augment({ kind: 'draws', ...about, indices, seed, epoch: epoch - 1, row }))
  }),

  corners: augment.corners.handler(async ({ context, input }) => {
    const { data, task, file, transforms, index, step } = input
    const about = { data, task, transforms, projectFolder: await projectFolder(context, file) }
    return previewOf(await context.engine.augment({ kind: 'corners', ...about, indices: [index], step }))
  }),

  replay: augment.replay.handler(async ({ context, input: { run, epoch, batch, row } }) => {
    const folder = context.library.path(run)
    const asked = { run: folder, epoch: epoch - 1, batch: batch - 1, row }
    return previewOf(await context.engine.augment({ kind: 'replay', ...asked }))
  }),
})

/** The engine's answer has its own buffers. */
type Sent<Numbers> = Numbers extends Float32Array ? Float32Array<ArrayBuffer> : Uint8Array<ArrayBuffer>

function previewOf(report: AugmentReport): AugmentPreview {
  const { indices, targets, row, stages, pictures, fed, shares, batch, list, cost } = report
  const { minimum, maximum, mean, shape, values } = fed
  return {
    indices: [...indices],
    targets: [...targets],
    row,
    stages: stages.map(({ step, shape, image, words }) => ({
      step,
      shape: [...shape],
      image: image as Sent<Uint8Array>,
      ...(words && { words: [...words] }),
    })),
    pictures: { shape: [...pictures.shape], images: pictures.images as Sent<Uint8Array> },
    fed: { shape: [...shape], values: values as Sent<Float32Array>, min: minimum, mean, max: maximum },
    ...(shares && { shares: shares.map((share) => share as Sent<Float32Array>) }),
    ...(batch && { batch: { epoch: batch.epoch + 1, step: batch.step + 1, batches: batch.batches } }),
    order: orderOf(list),
    cost,
  }
}

function orderOf(list: readonly TransformStep[]): AugmentPreview['order'] {
  return {
    training: trainingOrder(list).map(({ title }) => title),
    evaluation: evaluationOrder(list).map(({ title }) => title),
  }
}
