import { expect, test } from 'vitest'
import { freeName, freshId, idPrefix } from '#core/graph/freshId'
import { nodeIdPattern } from '#core/graph/project'

test.each([
  ['conv2d', 'conv'],
  ['conv-transpose2d', 'conv'],
  ['max-pool2d', 'pool'],
  ['adaptive-avg-pool2d', 'pool'],
  ['batch-norm1d', 'norm'],
  ['layer-norm', 'norm'],
  ['leaky-relu', 'relu'],
  ['linear', 'linear'],
  ['flatten', 'flatten'],
  ['dropout2d', 'dropout'],
  ['zero-pad2d', 'pad'],
  ['multihead-attention', 'attention'],
  ['transformer-encoder-layer', 'encoder'],
  ['3d', 'layer'],
  ['…', 'layer'],
  ['toString', 'toString'],
])('layers of kind %s are called %s1', (kind, prefix) => {
  expect(idPrefix(kind)).toBe(prefix)
  expect(freshId(kind, new Set())).toBe(`${prefix}1`)
  expect(freshId(kind, new Set())).toMatch(nodeIdPattern)
})

test('numbers count up from the first free one', () => {
  expect(freshId('conv2d', new Set(['conv1', 'conv2', 'conv4']))).toBe('conv3')
})

test('the first Input and Output need no number', () => {
  expect(freshId('input', new Set())).toBe('input')
  expect(freshId('output', new Set(['output']))).toBe('output1')
})

test('a name that is taken keeps its stem', () => {
  expect(freeName('stem', new Set())).toBe('stem')
  expect(freeName('stem', new Set(['stem']))).toBe('stem1')
  expect(freeName('conv7', new Set(['conv7', 'conv1']))).toBe('conv2')
})
