/** The interface of a broken network, and the networks they are derived from. */
import type { DataFacts } from '#core/data/facts'
import type { GraphEdge, Project } from '#core/graph/project'
import type { ProblemCode } from '#core/problems/codes'
import { graphOf } from '../../graph/projects'
import { digits, digitsProject, soundLines, withBlock } from '../../compiler/networks'

export interface BrokenGraph {
  readonly name: string
  readonly project: Project
  readonly code: ProblemCode
  /** The layer the problem must name; null if it concerns the whole network. */
  readonly node: string | null
  /** The label of the first fix; null if none can exist. */
  readonly fix: string | null
  /** Data other than MNIST; null if no data is chosen. */
  readonly facts?: DataFacts | null
}

export const edge = (from: string, to: string, port = 'x'): GraphEdge => ({ from, to, port })

/** `project` with additional edges. */
export function withEdges(project: Project, ...edges: GraphEdge[]): Project {
  return { ...project, graph: { ...project.graph, edges: [...project.graph.edges, ...edges] } }
}

/** `project` without the edges between two layers. */
export function without(project: Project, from: string, to: string): Project {
  const edges = project.graph.edges.filter((other) => other.from !== from || other.to !== to)
  return { ...project, graph: { ...project.graph, edges } }
}

export const sound = digitsProject(soundLines)

/** The content of a block with a convolution and a ReLU. */
export const inner = graphOf('x:block-input', 'conv1:conv2d < x', 'relu1 < conv1', 'out:block-output < relu1')
export const blockLines = [
  'input',
  'block1:block < input',
  'flatten < block1',
  'fc:linear < flatten',
  'output < fc',
] as const
export const blocked = withBlock(digitsProject(blockLines), 'block1', inner)

/** A convolution with a skip connection. */
export const residualLines = [
  'input',
  'conv1:conv2d < input',
  'conv2:conv2d < conv1',
  'add1 < a=conv2 b=conv1',
  'flatten < add1',
  'fc:linear < flatten',
  'output < fc',
] as const

/** The facts of a broken graph's data, and the shape of its samples. */
export function dataOf({ facts }: BrokenGraph): { facts?: DataFacts; sample?: readonly number[] } {
  if (facts === null) return {}
  const known = facts ?? digits
  return { facts: known, sample: known.sample.shape }
}
