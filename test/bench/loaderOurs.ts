/**
 * Our side of the loader benchmark: shuffled batches of prepared samples, read from disk as in a training whose samples
 * do not
 * fit in memory. Responds to every line `N` on stdin with the milliseconds of N batches.
 */
import { createInterface } from 'node:readline'
import { SampleStream } from '../../src-main/data/loader/sampleStream'
import { openDataset, type Dataset } from '../../src-main/data/openDataset'
import { planTraining } from '../../src-main/engine/training/plan'
import { loaderData, type LoaderKind } from './loaderData'

const [kind, path] = process.argv.slice(2, 4) as [LoaderKind, string]
const [workers, batch, size] = process.argv.slice(4, 7).map(Number) as [number, number, number]

/** Batches per call of the trainer. */
const AT_ONCE = 10

process.env['LAYERLOOM_SAMPLE_MEMORY'] = '0'
const dataset: Dataset = await openDataset(loaderData(kind, path, size), 'classification', '/')
const plan = planTraining(dataset.splits.train, 1, { batchSize: batch, seed: 0 })
const stream = workers > 0 ? new SampleStream(dataset.samples.stored, { workers, prefetch: 2, batch }) : undefined

let epoch = 0
let at = 0
let order = plan.order(epoch)
stream?.follow(order)

/** The next samples of the run, epoch after epoch. */
async function next(count: number): Promise<number> {
  if (at + count > order.length) {
    order = plan.order(++epoch)
    at = 0
    stream?.follow(order)
  }
  const indices = order.subarray(at, at + count)
  at += count
  const samples = stream ? await stream.take(count) : dataset.samples.gather(indices)
  return samples[0]!
}

console.log(JSON.stringify({ ready: true, version: 'cpu' }))
for await (const line of createInterface({ input: process.stdin })) {
  const start = performance.now()
  let number = 0
  for (let left = Number(line); left > 0; left -= AT_ONCE) number = await next(batch * Math.min(AT_ONCE, left))
  const milliseconds = performance.now() - start
  console.log(JSON.stringify({ milliseconds, loss: number, peakBytes: process.resourceUsage().maxRSS * 1024 }))
}
