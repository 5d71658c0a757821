// Independent of Layerloom: runs a model with onnxruntime-node on the raw MNIST test files and prints the number of
// correct answers.
import { readFileSync } from 'node:fs'
import { InferenceSession, Tensor } from 'onnxruntime-node'

const [model, imageFile, labelFile] = process.argv.slice(2)
const images = readFileSync(imageFile).subarray(16)
const labels = readFileSync(labelFile).subarray(8)
const session = await InferenceSession.create(model)
const [input] = session.inputNames
const BATCH = 1000
let right = 0
for (let start = 0; start < labels.length; start += BATCH) {
  const pixels = Uint8Array.from(images.subarray(start * 784, (start + BATCH) * 784))
  const { logits } = await session.run({ [input]: new Tensor('uint8', pixels, [BATCH, 1, 28, 28]) })
  const scores = await logits.getData()
  for (let i = 0; i < BATCH; i++) {
    let best = 0
    for (let k = 1; k < 10; k++) if (scores[i * 10 + k] > scores[i * 10 + best]) best = k
    if (best === labels[start + i]) right++
  }
}
console.log(JSON.stringify({ right, samples: labels.length, inputs: session.inputNames, outputs: session.outputNames }))
