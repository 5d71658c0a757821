/** Handlers of `data`. */
import { dirname } from 'node:path'
import { elementCount } from '#core/tensor/shape'
import type { FileId } from '#core/rpc/contract/file'
import type { Dataset } from '../../data/openDataset'
import { pickTargets } from '../../data/samples'
import type { HandlerContext } from '../context'
import { procedures } from '../procedures'

const { data } = procedures

/** The folder that relative paths of a project start at; one without a file has absolute paths only. */
export async function projectFolder({ files, dataFolder }: HandlerContext, file: FileId | null): Promise<string> {
  return file === null ? dataFolder : dirname(await files.path(file))
}

export const dataHandlers = data.router({
  inspect: data.inspect.handler(async ({ context, input }) => {
    const folder = await projectFolder(context, input.file)
    const { facts, splits, statistics, preprocess, fingerprint, notes } = await context.datasets.open(
      input.data,
      input.task,
      folder,
    )
    return {
      facts,
      shape: [...preprocess.shape],
      columns: preprocess.columns === undefined ? null : [...preprocess.columns],
      acceptsMissing: preprocess.acceptsMissing === undefined ? null : [...preprocess.acceptsMissing],
      counts: { train: splits.train.length, validation: splits.validation.length, test: splits.test.length },
      statistics,
      fingerprint,
      notes: [...notes],
    }
  }),

  samples: data.samples.handler(async ({ context, input }) => {
    const dataset = await context.datasets.open(input.data, input.task, await projectFolder(context, input.file))
    const indices = dataset.splits[input.split]
    const shown = indices.subarray(input.start, input.start + input.count)
    return { total: indices.length, samples: readSamples(dataset, shown) }
  }),
})

/** Samples by their index in the whole data set, as models take them, each in arrays of its own. */
export function readSamples({ raw, targets }: Dataset, indices: Int32Array) {
  const samples = raw.gather(indices)
  const size = elementCount(raw.form.shape)
  const targetSize = targets.length / raw.count
  return Array.from(indices, (index, i) => ({
    index,
    raw: samples.slice(i * size, (i + 1) * size),
    target: [...pickTargets(targets, Int32Array.of(index), targetSize)],
  }))
}
