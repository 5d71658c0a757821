/**
 * Networks on MNIST for the tests of the analysis: written line by line, with the relevant parameters next to the
 * names.
 */
import type { DataFacts } from '#core/data/facts'
import type { Choice, ParamValue } from '#core/graph/choice'
import type { GraphNode, NetworkGraph, Project } from '#core/graph/project'
import { graphOf, projectOf } from '../graph/projects'

/** Ten classes of gray 28×28 images. */
export const digits: DataFacts = {
  sample: { dtype: 'uint8', shape: [1, 28, 28] },
  target: { kind: 'classes', classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] },
}
/** Two classes of rows with four numbers. */
export const yesOrNo: DataFacts = {
  sample: { dtype: 'float32', shape: [4] },
  target: { kind: 'classes', classes: ['no', 'yes'] },
}
/** A regression target for rows with four numbers. */
export const mileage: DataFacts = {
  sample: { dtype: 'float32', shape: [4] },
  target: { kind: 'numbers', size: 1, names: ['mpg'] },
}

/** Two classes of texts of 20 tokens from a vocabulary of 500. */
export const mails: DataFacts = {
  sample: { dtype: 'int32', shape: [20], vocabulary: Array.from({ length: 500 }, (_, i) => `word${i}`) },
  target: { kind: 'classes', classes: ['ham', 'spam'] },
}

type Params = Readonly<Record<string, ParamValue>>

/** `graph` with the parameters of the named layers set. */
export function withParams(graph: NetworkGraph, params: Readonly<Record<string, Params>>): NetworkGraph {
  const nodes = graph.nodes.map((node) => ({ ...node, params: { ...node.params, ...params[node.id] } }))
  return { ...graph, nodes }
}

/** A final layer for ten classes: the end of most networks here. */
export const tenUnits = { fc: { outFeatures: 10 } } as const

/** A project on MNIST from lines as in `graphOf`, parameters by layer, and other settings. */
export function digitsProject(
  lines: readonly string[],
  params: Readonly<Record<string, Params>> = {},
  training: Partial<Project['training']> = {},
): Project {
  const project = projectOf(withParams(graphOf(...lines), { ...tenUnits, ...params }))
  return { ...project, training: { ...project.training, ...training } }
}

/** `project` with a change in one layer. */
export function withNode(project: Project, id: string, change: Partial<GraphNode>): Project {
  const nodes = project.graph.nodes.map((node) => (node.id === id ? { ...node, ...change } : node))
  return { ...project, graph: { ...project.graph, nodes } }
}

/** `project` with the initializer of one weight set. */
export function withInitializer(project: Project, id: string, weight: string, choice: Choice): Project {
  return withNode(project, id, { initializers: { [weight]: choice } })
}

/** `project` with layer `id` containing `inner` as a block. */
export function withBlock(project: Project, id: string, inner: NetworkGraph, repeat = 1): Project {
  return withNode(project, id, { kind: 'block', graph: inner, repeat })
}

/** input → conv1 → relu1 → flatten → fc → output; the sound network that most broken ones are derived from. */
export const soundLines = [
  'input',
  'conv1:conv2d < input',
  'relu1 < conv1',
  'flatten < relu1',
  'fc:linear < flatten',
  'output < fc',
] as const

/** `soundLines` with the lines of some layers replaced, or left out if null. */
export function soundWith(replaced: Readonly<Record<string, string | null>>): string[] {
  return soundLines.flatMap((line) => {
    const id = line.split(/[\s:]/)[0]!
    const other = replaced[id]
    return other === undefined ? [line] : other === null ? [] : [other]
  })
}
