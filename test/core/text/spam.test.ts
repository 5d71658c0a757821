/**
 * The whole path of a text: 3,000 real mails as tokens, ids and an EmbeddingBag, trained like in the engine and
 * exported.
 */
import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { permutation } from '#core/base/random'
import { compileInference, compileStep } from '#core/compiler/compile'
import type { NetworkSource } from '#core/compiler/network'
import { initialBuffers, initialSlots, unpackBuffers } from '#core/compiler/weights'
import { asLoop } from '#core/compiler/wrappers'
import { standardTarget } from '#core/onnx/target'
import { tensor, type Tensor } from '#core/tensor/dtype'
import { lowerCase } from '#core/text/lowerCase'
import { padOrCut } from '#core/text/padOrCut'
import { tokenize } from '#core/text/tokenize'
import { buildVocabulary, countTokens, encode, indexVocabulary } from '#core/text/vocabulary'
import { noTransforms } from '#core/transforms/transformList'
import { graphOf } from '../graph/projects'
import { withParams } from '../compiler/networks'
import { openModel } from '../../support/runOnnx'

const LENGTH = 200
const BATCH = 32
const EPOCHS = 5
const LEARNING_RATE = 0.01

interface Mails {
  readonly ids: Tensor
  readonly labels: Int32Array
}

/** Every fifth mail is held out; the vocabulary comes only from the others. */
function readMails(): { train: Mails; heldOut: Mails; vocabulary: readonly string[] } {
  const file = readFileSync(new URL('../../../resources/data/spam.csv', import.meta.url), 'utf8')
  const rows = parse<{ text: string; label: string }>(file, { columns: true })
  expect(rows).toHaveLength(3000)
  const tokens = rows.map(({ text }) => tokenize(lowerCase(text), 'word'))
  const isHeldOut = (i: number) => i % 5 === 0
  const counts = new Map<string, number>()
  tokens.forEach((words, i) => isHeldOut(i) || countTokens(counts, words))
  const vocabulary = buildVocabulary(counts, { size: 10_000, minCount: 2 })
  const index = indexVocabulary(vocabulary)
  const pick = (heldOut: boolean): Mails => {
    const members = [...rows.keys()].filter((i) => isHeldOut(i) === heldOut)
    const ids = new Int32Array(members.length * LENGTH)
    members.forEach((i, at) => ids.set(padOrCut(encode(tokens[i]!, index), LENGTH, 'end'), at * LENGTH))
    return {
      ids: { dtype: 'int32', shape: [members.length, LENGTH], data: ids },
      labels: Int32Array.from(members, (i) => (rows[i]!.label === 'spam' ? 1 : 0)),
    }
  }
  return { train: pick(false), heldOut: pick(true), vocabulary }
}

function sourceOf(vocabulary: readonly string[]): NetworkSource {
  const graph = graphOf('input', 'bag:embedding-bag < input', 'fc:linear < bag', 'output < fc')
  return {
    graph: withParams(graph, { bag: { numEmbeddings: vocabulary.length, embeddingDim: 32 }, fc: { outFeatures: 2 } }),
    facts: {
      sample: { dtype: 'int32', shape: [LENGTH], vocabulary },
      target: { kind: 'classes', classes: ['ham', 'spam'] },
    },
    preprocess: { sample: [], target: [], files: [], dtype: 'int32', shape: [LENGTH] },
    transforms: noTransforms([LENGTH]),
    loss: { kind: 'cross-entropy' },
  }
}

async function train(source: NetworkSource, { ids, labels }: Mails) {
  const program = compileStep(source, { kind: 'adam' }, BATCH, standardTarget)
  const model = await openModel(asLoop(program), { threads: 2 })
  const buffers = initialBuffers(program.state, 1)
  const vector = (data: Float32Array) => tensor('float32', [data.length], data)
  const slots = Object.entries(initialSlots(program)).map(([name, data]) => [`slot.${name}`, vector(data)])
  let state: Record<string, Tensor> = { parameters: vector(buffers.parameters), ...Object.fromEntries(slots) }
  const steps = Math.floor(labels.length / BATCH)
  const { definition, params } = program.optimizer
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const numbers = Array.from({ length: steps }, (_, k) => {
      const values = definition.scalars(params, epoch * steps + k + 1, LEARNING_RATE)
      return program.scalarNames.map((name) => values[name]!)
    })
    const order = permutation(labels.length, 1, epoch).subarray(0, steps * BATCH)
    const results = await model.run({
      ...state,
      samples: ids,
      targets: tensor('int32', [labels.length], labels),
      indices: tensor('int64', [steps, BATCH], order),
      scalars: tensor('float32', [steps, program.scalarNames.length], numbers.flat()),
      trips: tensor('int64', [], [steps]),
    })
    state = Object.fromEntries(Object.keys(state).map((name) => [name, results[`next.${name}`]!]))
  }
  await model.release()
  return unpackBuffers(program.state, { ...buffers, parameters: state.parameters!.data as Float32Array })
}

it('distinguishes spam from ham in at least 95 % of the held-out mails', async () => {
  const { train: mails, heldOut, vocabulary } = readMails()
  const source = sourceOf(vocabulary)
  const weights = await train(source, mails)
  // The row of padding is never updated.
  expect([...weights.get('bag.weight')!.data.subarray(0, 32)]).toEqual(new Array(32).fill(0))
  const model = await openModel(compileInference(source, weights, standardTarget))
  const { probabilities } = await model.run({ samples: heldOut.ids })
  await model.release()
  const p = probabilities!.data as Float32Array

  const right = heldOut.labels.filter((label, i) => (p[2 * i + 1]! > 0.5 ? 1 : 0) === label).length
  expect(heldOut.labels.filter((label) => label === 1).length / heldOut.labels.length).toBeCloseTo(0.31, 1)
  expect(right / heldOut.labels.length).toBeGreaterThanOrEqual(0.95)
})
