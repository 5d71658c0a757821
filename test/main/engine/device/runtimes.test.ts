/** What the engine expects of every runtime, and that every device has one. */
import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '#core/onnx/builder'
import { reportDevices } from '../../../../src-main/engine/device/providers'
import { runtimes } from '../../../../src-main/engine/device/runtimes'
import { numbersOf, RuntimeFailure } from '../../../../src-main/engine/device/session'

const settings = { device: 'cpu', threads: 1 } as const

/** y = x + z, of any number of rows. */
function sumGraph() {
  const b = new GraphBuilder('sum')
  const [x, z] = (['x', 'z'] as const).map((name) => b.input(name, { dtype: 'float32', shape: ['N', 2] }))
  b.output(b.Add(x!, z!), 'y')
  b.output(b.Mul(x!, z!), 'product')
  return b.graph
}

describe.each(runtimes)('a runtime', (library) => {
  it('answers in memory with the outputs that are named', async () => {
    const runtime = await library.load()
    const session = await runtime.open(sumGraph(), settings)
    expect([session.inputNames, session.outputNames]).toEqual([
      ['x', 'z'],
      ['y', 'product'],
    ])
    const x = runtime.tensor('float32', [2, 2], Float32Array.of(1, 2, 3, 4))
    const z = runtime.tensor('float32', [2, 2], Float32Array.of(10, 20, 30, 40))
    // What the model does not ask for is left out.
    const results = await session.run({ x, z, other: x }, ['y'])
    await session.release()
    expect(Object.keys(results)).toEqual(['y'])
    expect(results.y).toMatchObject({ dtype: 'float32', shape: [2, 2] })
    expect(numbersOf(results.y)).toEqual(Float32Array.of(11, 22, 33, 44))
  })

  it('fails in its own words on a feed that is missing or misshapen, and on a model that is none', async () => {
    const runtime = await library.load()
    const session = await runtime.open(sumGraph(), settings)
    const x = runtime.tensor('float32', [1, 2], Float32Array.of(1, 2))
    await expect(session.run({ x })).rejects.toThrow(new RuntimeFailure('the model asks for z; given are x'))
    const narrow = runtime.tensor('float32', [1, 3], new Float32Array(3))
    await expect(session.run({ x, z: narrow })).rejects.toThrow(RuntimeFailure)
    await expect(runtime.open(Uint8Array.of(1, 2, 3), settings)).rejects.toThrow(RuntimeFailure)
  })

  it('takes no tensors that it has not made', async () => {
    const session = await (await library.load()).open(sumGraph(), settings)
    const foreign = { dtype: 'float32', shape: [1, 2], data: new Float32Array(2) }
    await expect(session.run({ x: foreign, z: foreign })).rejects.toThrow('a tensor of another runtime')
  })

  it('is named and has a version', async () => {
    const runtime = await library.load()
    expect(runtime.title).not.toBe('')
    expect(runtime.version).toMatch(/^\d+\.\d+\.\d+/)
    expect(library.devices.filter((device) => runtime.offers(device))).not.toEqual([])
  })
})

it('every device that a project can name belongs to a runtime', async () => {
  const listed = runtimes.flatMap(({ devices }) => devices)
  const reported = (await reportDevices()).map(({ device }) => device)
  expect(reported.toSorted()).toEqual([...new Set(listed)].toSorted())
})
