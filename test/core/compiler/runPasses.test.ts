/** Passes one after another, on records and on graphs. */
import { describe, expect, it } from 'vitest'
import { prune } from '#core/compiler/passes/prune'
import { onGraph, runPasses } from '#core/compiler/runPasses'
import { GraphBuilder } from '#core/onnx/builder'
import { standardTarget } from '#core/onnx/target'

describe('runPasses', () => {
  it('hands on what passes add and replace', () => {
    const passes = [({ a }: { a: number }) => ({ b: a + 1 }), ({ b }: { b: number }) => ({ a: b * 10 })] as const
    expect(runPasses({ a: 1, c: 'kept' }, passes)).toEqual({ a: 20, b: 2, c: 'kept' })
  })

  it('keeps everything where a pass returns nothing', () => {
    expect(runPasses({ a: 1 }, [() => undefined])).toEqual({ a: 1 })
  })
})

describe('a pass on the graph', () => {
  it('leaves a builder that continues in the rewritten graph', () => {
    const b = new GraphBuilder('test')
    const x = b.input('x', { dtype: 'float32', shape: [2] })
    b.Add(x, b.scalar(2))
    b.output(b.Relu(x), 'y')
    runPasses({ b, target: standardTarget }, [onGraph(prune)])
    expect(b.graph.nodes.map(({ op }) => op)).toEqual(['Relu', 'Identity'])
    expect(b.graph.initializers.size).toBe(0)
    const two = b.scalar(2)
    expect([...b.graph.initializers.keys()]).toEqual([two.name])
  })
})
