/** The starting network for data of one kind: small, known to train, and a fair baseline for later ones. */
import { sampleKind, type DataFacts } from '../data/facts'
import { activation, convolution, dense, flattening, maxPool, tokenBag } from '../layers/building'
import { INPUT, OUTPUT } from './kinds'
import { graphSchema, type NetworkGraph, type TrainingSettings, type WrittenGraph } from './project'

type Layer = WrittenGraph['nodes'][number]

/** Canvas pixels between two layers of a chain. */
const STEP = 120
/** Minimum side left by pooling. */
const SMALLEST_SIDE = 5
const MOST_POOLINGS = 4
const CHANNELS = [16, 32, 64, 64, 64]

/** `shape` is that of one sample at the network's input. */
export function startingNetwork(facts: DataFacts, shape: readonly number[]): NetworkGraph {
  const outFeatures = facts.target.kind === 'classes' ? facts.target.classes.length : facts.target.size
  const before = body(facts, shape)
  const head = dense(outFeatures)
  const layers = before.filter(({ kind }) => kind === head.kind).length
  return chain([...before, { id: `fc${layers + 1}`, ...head }])
}

function body(facts: DataFacts, shape: readonly number[]): Layer[] {
  switch (sampleKind(facts.sample)) {
    case 'image':
      return convolutions(shape)
    case 'text':
      return [{ id: 'bag', ...tokenBag(facts.sample.vocabulary?.length ?? 10_000, 32) }]
    case 'table':
    case 'array':
      return [...(shape.length > 1 ? [{ id: 'flatten', ...flattening }] : []), ...hidden(1, 32), ...hidden(2, 32)]
  }
}

/** `relu` counts the activations of the whole network. */
function hidden(n: number, outFeatures: number, relu = n): Layer[] {
  return [
    { id: `fc${n}`, ...dense(outFeatures) },
    { id: `relu${relu}`, ...activation },
  ]
}

/** Convolutions with poolings between them as long as there is something left to pool. */
function convolutions([, height = 1, width = 1]: readonly number[]): Layer[] {
  const halvings = Math.floor(Math.log2(Math.min(height, width) / SMALLEST_SIDE))
  const poolings = Math.min(MOST_POOLINGS, Math.max(0, halvings))
  const stages = Array.from({ length: Math.max(1, poolings) }, (_, index): Layer[] => [
    { id: `conv${index + 1}`, ...convolution(CHANNELS[index]!, { kernelSize: 3, padding: 1 }) },
    { id: `relu${index + 1}`, ...activation },
    ...(index < poolings ? [{ id: `pool${index + 1}`, ...maxPool(2) }] : []),
  ])
  return [...stages.flat(), { id: 'flatten', ...flattening }, ...hidden(1, 64, stages.length + 1)]
}

/** The layers one after another, between Input and Output. */
function chain(layers: readonly Layer[]): NetworkGraph {
  const nodes = [{ id: INPUT, kind: INPUT }, ...layers, { id: OUTPUT, kind: OUTPUT }]
  return graphSchema.parse({
    nodes: nodes.map((node, index) => ({ ...node, position: [0, index * STEP] })),
    edges: nodes.slice(1).map(({ id }, index) => ({ from: nodes[index]!.id, to: id })),
  } satisfies WrittenGraph)
}

/** Number of steps that bring such a network close to its best. */
const STEPS = 1500
const BATCH = 32

/** `count` is the number of training samples. */
export function startingTraining(facts: DataFacts, count: number): Partial<TrainingSettings> {
  const kind = sampleKind(facts.sample)
  const stepsAnEpoch = Math.max(1, Math.ceil(count / BATCH))
  const [fewest, most] = kind === 'table' || kind === 'array' ? [10, 60] : [5, 20]
  return {
    loss: { kind: facts.target.kind === 'classes' ? 'cross-entropy' : 'mse' },
    optimizer: { kind: 'adam' },
    schedule: { kind: 'cosine' },
    learningRate: kind === 'text' ? 0.01 : kind === 'image' ? 0.001 : 0.003,
    batchSize: BATCH,
    epochs: Math.min(most, Math.max(fewest, Math.round(STEPS / stepsAnEpoch))),
  }
}
