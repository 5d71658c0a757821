/** The graph as text, one line per node: for snapshots, bug reports and reading. */
import { formatShape, type TensorType } from '../tensor/shape'
import type { Attribute, Graph } from './graph'

const shortType = (type: TensorType | undefined): string =>
  type ? `${type.dtype === 'float32' ? '' : `${type.dtype} `}${formatShape(type.shape)}` : '?'

function formatAttribute(value: Attribute): string {
  if (Array.isArray(value)) return `[${value.join(' ')}]`
  if (typeof value === 'object') return `graph ${(value as Graph).name}`
  return String(value)
}

/** Text form of a graph; nested graphs (Loop bodies) are indented below their node. */
export function printGraph(graph: Graph, indent = ''): string {
  const type = (name: string) => shortType(graph.types.get(name))
  const lines = [`${indent}${graph.name}(${graph.inputs.map((v) => `${v.name}: ${type(v.name)}`).join(', ')})`]
  for (const node of graph.nodes) {
    const attributes = Object.entries(node.attributes).map(([key, value]) => `${key}=${formatAttribute(value)}`)
    const outputs = node.outputs.map((name) => `${name}: ${type(name)}`).join(', ')
    const inputs = node.inputs.map((name) => {
      const data = graph.initializers.get(name)
      return data && data.data.length <= 8 ? `[${data.data.join(' ')}]` : name === '' ? '_' : name
    })
    lines.push(
      `${indent}  ${outputs} = ${node.op}(${inputs.join(', ')})${attributes.length ? ` {${attributes.join(', ')}}` : ''}`,
    )
    for (const value of Object.values(node.attributes))
      if (typeof value === 'object' && !Array.isArray(value)) lines.push(printGraph(value as Graph, `${indent}    `))
  }
  lines.push(`${indent}  return ${graph.outputs.map((v) => v.name).join(', ')}`)
  return lines.join('\n')
}
