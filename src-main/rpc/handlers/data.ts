/** Handlers of `data`. */
import { dirname } from 'node:path'
import type { FileId } from '#core/rpc/contract/file'
import type { Dataset } from '../../data/openDataset'
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
    return { total: indices.length, samples: await readSamples(dataset, shown) }
  }),
})

/** Samples by their index in the whole data set, each in arrays of its own. */
export async function readSamples({ samples }: Dataset, indices: Int32Array) {
  const { samples: raw, targets } = samples.allocate(indices.length)
  await samples.gather(indices, raw, targets)
  const { sampleSize, targetSize } = samples
  return Array.from(indices, (index, i) => ({
    index,
    raw: raw.slice(i * sampleSize, (i + 1) * sampleSize),
    target: [...targets.subarray(i * targetSize, (i + 1) * targetSize)],
  }))
}
