/** Projects on new data: the network keeps what fits, and is replaced if nothing does. */
import { describe, expect, it } from 'vitest'
import { analyze, portsOf } from '#core/compiler/analyze'
import { fitNetwork, type NewData } from '#core/advice/fitNetwork'
import type { DataFacts, TargetFacts } from '#core/data/facts'
import { applyCommand } from '#core/graph/apply'
import { projectSchema, type Project } from '#core/graph/project'

const flowers: TargetFacts = { kind: 'classes', classes: ['daisy', 'rose', 'tulip'] }
const price: TargetFacts = { kind: 'numbers', size: 1, names: ['price'] }

function imagesOf(shape: readonly number[], target: TargetFacts = flowers): NewData {
  return { facts: { sample: { dtype: 'uint8', shape }, target }, shape, count: 200 }
}

const rows = (target: TargetFacts): NewData => ({
  facts: {
    sample: { dtype: 'float32', shape: [2], columns: ['a', 'b'].map((name) => ({ name, type: 'numeric' })) },
    target,
  },
  shape: [2],
  count: 1000,
})

const texts: NewData = {
  facts: { sample: { dtype: 'int32', shape: [20], vocabulary: ['', '?', 'free', 'hello'] }, target: flowers },
  shape: [20],
  count: 90,
}

function projectOf(task: Project['task'], layers: readonly object[], transforms: readonly object[] = []): Project {
  const nodes = [{ id: 'input', kind: 'input' }, ...layers, { id: 'output', kind: 'output' }] as { id: string }[]
  return projectSchema.parse({
    format: 'layerloom',
    version: 1,
    name: 'test',
    task,
    data: { source: { kind: 'none' } },
    transforms,
    graph:
      layers.length === 0
        ? { nodes: [], edges: [] }
        : { nodes, edges: nodes.slice(1).map(({ id }, i) => ({ from: nodes[i]!.id, to: id })) },
  })
}

function fitted(project: Project, data: NewData) {
  const { keeps, commands } = fitNetwork(project, data)
  const after = applyCommand(project, { type: 'batch', label: 'fit', commands }, portsOf)
  const errors = analyze(after, data.shape, data.facts).problems.filter(({ severity }) => severity === 'error')
  return { keeps, after, errors, kinds: after.graph.nodes.map(({ kind }) => kind) }
}

const perceptron = [
  { id: 'flatten', kind: 'flatten' },
  { id: 'fc1', kind: 'linear', params: { outFeatures: 32 } },
  { id: 'relu', kind: 'relu' },
  { id: 'fc2', kind: 'linear', params: { outFeatures: 10 } },
]

describe('a network on new data', () => {
  it('keeps its layers if its output can be adapted to the classes', () => {
    const { keeps, after, errors } = fitted(projectOf('classification', perceptron), imagesOf([3, 32, 32]))
    expect({ keeps, errors }).toEqual({ keeps: true, errors: [] })
    expect(after.graph.nodes.map(({ params }) => params.outFeatures)).toEqual([
      undefined,
      undefined,
      32,
      undefined,
      3,
      undefined,
    ])
  })

  it('gets a regression loss with one output', () => {
    const layers = [{ id: 'fc', kind: 'linear', params: { outFeatures: 10 } }]
    const { keeps, after, errors } = fitted(projectOf('regression', layers), rows(price))
    expect({ keeps, errors, loss: after.training.loss.kind }).toEqual({ keeps: true, errors: [], loss: 'mse' })
  })

  it('is replaced if convolutions meet a table', () => {
    const layers = [{ id: 'conv', kind: 'conv2d' }, ...perceptron]
    const { keeps, errors, kinds } = fitted(projectOf('classification', layers), rows(flowers))
    expect({ keeps, errors }).toEqual({ keeps: false, errors: [] })
    expect(kinds).toEqual(['input', 'linear', 'relu', 'linear', 'relu', 'linear', 'output'])
  })
})

describe('the initial network', () => {
  const sizes = [
    [1, 4, 4],
    [1, 28, 28],
    [3, 96, 96],
    [3, 300, 17],
  ] as const
  it.each(sizes)('fits images of %i×%i×%i', (...shape) => {
    const project = projectOf('classification', [], [{ kind: 'normalize' }])
    const { errors, kinds } = fitted(project, imagesOf(shape))
    expect([errors, kinds.includes('conv2d')]).toEqual([[], true])
  })

  it('reads texts through an EmbeddingBag as large as the vocabulary', () => {
    const { errors, after } = fitted(projectOf('classification', []), texts)
    expect(errors).toEqual([])
    expect(after.graph.nodes[1]).toMatchObject({ kind: 'embedding-bag', params: { numEmbeddings: 4 } })
  })

  it('predicts numbers from arrays of any rank', () => {
    const facts: DataFacts = { sample: { dtype: 'float32', shape: [6, 5] }, target: price }
    const { errors, after } = fitted(projectOf('regression', []), { facts, shape: [6, 5], count: 64 })
    expect([errors, after.training.loss.kind, after.training.epochs]).toEqual([[], 'mse', 60])
  })
})
