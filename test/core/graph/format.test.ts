import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatProject } from '#core/graph/format'
import { parseProject } from '#core/graph/parse'
import { anyProject, graphOf, projectOf } from './projects'

test('a project is written in a fixed order with one line per plain layer and edge', () => {
  const graph = graphOf('input', 'conv1:conv2d < input', 'add1 < a=conv1 b=input', 'output < add1')
  graph.nodes[1] = {
    ...graph.nodes[1]!,
    params: { kernel: [3, 3], channels: 16 },
    trainable: false,
    initializers: { weight: { gain: 2, kind: 'xavier-uniform' } },
  }
  expect(formatProject(projectOf(graph))).toBe(`{
  "format": "layerloom",
  "version": 1,
  "name": "Digits",
  "task": "classification",
  "data": {
    "source": { "kind": "builtin", "name": "mnist" },
    "split": { "validation": 0.1, "test": 0, "stratify": true, "seed": 0 },
    "preprocess": []
  },
  "graph": {
    "nodes": [
      { "id": "input", "kind": "input", "position": [0, 0] },
      {
        "id": "conv1",
        "kind": "conv2d",
        "params": { "channels": 16, "kernel": [3, 3] },
        "trainable": false,
        "initializers": {
          "weight": { "kind": "xavier-uniform", "gain": 2 }
        },
        "position": [0, 88]
      },
      { "id": "add1", "kind": "add", "position": [0, 176] },
      { "id": "output", "kind": "output", "position": [0, 264] }
    ],
    "edges": [
      { "from": "input", "to": "conv1" },
      { "from": "conv1", "to": "add1", "port": "a" },
      { "from": "input", "to": "add1", "port": "b" },
      { "from": "add1", "to": "output" }
    ]
  },
  "training": {
    "loss": { "kind": "cross-entropy" },
    "optimizer": { "kind": "adam" },
    "schedule": { "kind": "constant" },
    "learningRate": 0.001,
    "batchSize": 64,
    "epochs": 5,
    "seed": 0,
    "earlyStopping": null,
    "device": "auto",
    "threads": null
  }
}
`)
})

test('no line with several values is longer than 100 characters', () => {
  const graph = graphOf('input')
  graph.nodes[0]!.params = { shape: Array.from({ length: 60 }, (_, index) => index) }
  const lines = formatProject(projectOf(graph)).split('\n')
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100)
})

test('the text does not depend on the order in which properties were set', () => {
  const project = projectOf(graphOf('input', 'conv1:conv2d < input'))
  const [input, conv] = project.graph.nodes
  const one = { ...project, graph: { ...project.graph, nodes: [input!, { ...conv!, params: { a: 1, b: 2 } }] } }
  const { id, params: _, ...rest } = conv!
  const other = { ...project, graph: { ...project.graph, nodes: [input!, { params: { b: 2, a: 1 }, ...rest, id }] } }
  expect(formatProject(other)).toBe(formatProject(one))
})

test('parsing the text of any project returns an equal project without problems', () => {
  fc.assert(
    fc.property(anyProject, (project) => {
      const text = formatProject(project)
      const parsed = parseProject(text)
      expect(parsed).toStrictEqual({ project, problems: [], readOnly: false })
      expect(formatProject(parsed.project!)).toBe(text)
    }),
    { numRuns: 300 },
  )
})
