/** CIFAR-10 from its published archive. */
import { cacheKey } from '../prepare/cacheStore'
import { SampleWriter } from '../prepare/sampleWriter'
import { cifarClasses, readCifarBatches } from '../readers/cifar'
import { fileStamp } from './fileStamp'
import { givenSplits, type SourceReader } from './source'

const SHAPE = [3, 32, 32]
const SIZE = 3072
const TOTAL = 60_000

export async function openCifar(archive: string, title: string): Promise<SourceReader> {
  return {
    title,
    kind: 'image',
    fingerprint: cacheKey('cifar', await fileStamp(archive)),
    async read(writer, work) {
      const samples = await SampleWriter.open(writer, SIZE)
      const labels: number[] = []
      const given: number[] = []
      for await (const batch of readCifarBatches(archive)) {
        await samples.append(batch.images)
        for (const label of batch.labels) {
          labels.push(label)
          given.push(batch.split === 'test' ? givenSplits.test : givenSplits.none)
        }
        await work.advance({ step: 'read', done: samples.count, total: TOTAL })
      }
      await samples.finish()
      await writer.write('targets.bin', Int32Array.from(labels))
      await writer.write('given.bin', Uint8Array.from(given))
      return {
        count: samples.count,
        sample: { dtype: 'uint8', shape: SHAPE },
        target: { kind: 'classes', classes: [...cifarClasses] },
        splits: true,
        notes: [],
      }
    },
  }
}
