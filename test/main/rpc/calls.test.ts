/**
 * The calls themselves, on in-memory ports with a separate contract: arrays, streams, flow control, cancellation,
 * hostile messages.
 */
import { eventIterator, oc } from '@orpc/contract'
import { implement } from '@orpc/server'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import * as z from 'zod'
import { ConnectionClosedError, createContractClient } from '#core/rpc/client'
import { anyNumber, float32Array, uint8Array } from '#core/rpc/contract/numbers'
import { WINDOW } from '#core/rpc/flow'
import { portServer } from '../../../src-main/rpc/portServer'
import { portPair } from './portPair'
import { eventually } from '../../support/eventually'

const countInput = z.object({ steps: z.int(), floats: z.int().default(0) })
const contract = {
  sum: oc
    .input(z.object({ values: float32Array, bytes: uint8Array }))
    .output(z.object({ sum: z.number(), bytes: uint8Array })),
  count: oc.input(countInput).output(eventIterator(z.object({ step: z.int(), values: float32Array, loss: anyNumber }))),
  now: oc.input(z.void()).output(z.int()),
  wait: oc.input(z.void()).output(z.void()),
  break: oc.input(z.void()).output(z.void()),
  badAnswer: oc.input(z.void()).output(z.object({ n: z.number() })),
  failingStream: oc.input(z.void()).output(eventIterator(z.number())),
}

interface Seen {
  produced: number
  cancelled: number
  waiting: number
}

function start() {
  const seen: Seen = { produced: 0, cancelled: 0, waiting: 0 }
  const os = implement(contract).$context<Seen>()
  const router = os.router({
    sum: os.sum.handler(({ input }) => ({ sum: input.values.reduce((a, b) => a + b, 0), bytes: input.bytes })),
    count: os.count.handler(async function* ({ input, context }) {
      let step = 0
      try {
        for (; step < input.steps; step++) {
          context.produced++
          yield { step, values: new Float32Array(input.floats).fill(step), loss: step === 0 ? NaN : 1 / step }
        }
      } finally {
        if (step < input.steps) context.cancelled++
      }
    }),
    now: os.now.handler(({ context }) => context.produced),
    wait: os.wait.handler(async ({ signal, context }) => {
      context.waiting++
      await new Promise((resolve) => signal?.addEventListener('abort', resolve))
      context.cancelled++
    }),
    break: os.break.handler(() => {
      throw new TypeError('secret detail')
    }),
    badAnswer: os.badAnswer.handler(() => ({ n: 'three' as unknown as number })),
    failingStream: os.failingStream.handler(async function* () {
      yield 1
      throw new TypeError('secret detail')
    }),
  })
  const [near, far] = portPair()
  portServer(router)(far, seen)
  onTestFinished(() => near.close())
  return { seen, near, far, client: createContractClient<typeof contract>(near) }
}

describe('a call', () => {
  it('carries typed arrays both ways unchanged', async () => {
    const { client } = start()
    const answer = await client.sum({ values: new Float32Array([1, 2.5]), bytes: new Uint8Array([7, 8]) })
    expect(answer).toStrictEqual({ sum: 3.5, bytes: new Uint8Array([7, 8]) })
  })

  it('with input that does not match the schema is rejected with the path of each error', async () => {
    const { client } = start()
    await expect(client.sum({ values: [1] as never, bytes: 'x' as never })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      data: { issues: [{ path: ['values'] }, { path: ['bytes'] }] },
    })
  })

  it('that hits a bug returns no details, and the host logs it', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    onTestFinished(() => log.mockRestore())
    const { client } = start()
    await expect(client.break()).rejects.toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
      message: 'Internal server error',
    })
    await expect(client.badAnswer()).rejects.toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
    expect(String(log.mock.calls[0]?.[0])).toContain('secret detail')
  })

  it('that is aborted ends on the host', async () => {
    const { client, seen } = start()
    const abort = new AbortController()
    const call = client.wait(undefined, { signal: abort.signal })
    await eventually(() => expect(seen.waiting).toBe(1))
    abort.abort()
    await expect(call).rejects.toThrow()
    await eventually(() => expect(seen.cancelled).toBe(1))
  })

  it('rejects when the connection ends, before and after', async () => {
    const { client, near, seen } = start()
    const pending = client.wait()
    await eventually(() => expect(seen.waiting).toBe(1))
    near.close()
    await expect(pending).rejects.toBeInstanceOf(ConnectionClosedError)
    await expect(client.wait()).rejects.toBeInstanceOf(ConnectionClosedError)
  })
})

describe('a stream', () => {
  it('delivers 1000 events with their arrays in order', async () => {
    const { client } = start()
    let next = 0
    for await (const event of await client.count({ steps: 1000, floats: 256 })) {
      expect(event.step).toBe(next)
      if (next === 0) expect(event.loss).toBeNaN()
      if (event.values.length !== 256 || event.values[255] !== next) expect.unreachable('wrong array')
      next++
    }
    expect(next).toBe(1000)
  })

  it('that is not read stops the host after one window', async () => {
    const { client, seen } = start()
    const events = await client.count({ steps: 1_000_000, floats: 16 })
    await eventually(() => expect(seen.produced).toBeGreaterThanOrEqual(WINDOW))
    // Anything else would have been produced during a hundred round trips to the host.
    for (let i = 0; i < 100; i++) await client.now()
    expect(seen.produced).toBeLessThanOrEqual(WINDOW + 1)
    for (let i = 0; i < 100; i++) await events.next()
    await eventually(() => expect(seen.produced).toBeGreaterThanOrEqual(100))
    for (let i = 0; i < 100; i++) await client.now()
    expect(seen.produced).toBeLessThanOrEqual(100 + WINDOW + 1)
    await events.return()
  })

  it('that is not read does not block calls or other streams', async () => {
    const { client } = start()
    const stalled = await client.count({ steps: 1_000_000 })
    let events = 0
    for await (const _ of await client.count({ steps: 500 })) events++
    expect(events).toBe(500)
    expect(await client.sum({ values: new Float32Array([1]), bytes: new Uint8Array() })).toMatchObject({ sum: 1 })
    await stalled.return()
  })

  it('ends on the host when it is left, aborted, or its connection closes', async () => {
    const { client, seen, near } = start()
    for await (const event of await client.count({ steps: 1_000_000 })) if (event.step === 5) break
    await eventually(() => expect(seen.cancelled).toBe(1))

    const abort = new AbortController()
    const aborted = (async () => {
      for await (const event of await client.count({ steps: 1_000_000 }, { signal: abort.signal }))
        if (event.step === 5) abort.abort()
    })()
    await expect(aborted).rejects.toThrow()
    await eventually(() => expect(seen.cancelled).toBe(2))

    const dropped = (async () => {
      for await (const event of await client.count({ steps: 1_000_000 })) if (event.step === 5) near.close()
    })()
    await expect(dropped).rejects.toBeInstanceOf(ConnectionClosedError)
    await eventually(() => expect(seen.cancelled).toBe(3))
  })

  it('that fails midway fails for the reader, without details', async () => {
    const { client } = start()
    const events = await client.failingStream()
    expect(await events.next()).toEqual({ done: false, value: 1 })
    await expect(events.next()).rejects.toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
      message: 'Internal server error',
    })
  })
})

describe('a message that none of our clients sends', () => {
  const call = { u: '/sum', b: { json: {} } }
  it.each<[string, unknown]>([
    ['a text', '{"i":"1","p":{"u":"/sum"}}'],
    ['bytes', new Uint8Array([1, 2, 3])],
    ['a number', 7],
    ['null', null],
    ['no id', { p: call }],
    ['an id that is a number', { i: 1, p: call }],
    ['no payload', { i: '1' }],
    ['a path that is a number', { i: '1', p: { u: 5 } }],
    ['a path out of the tree', { i: '1', p: { u: '/../sum' } }],
    ['another origin', { i: '1', p: { u: 'https://evil.example/sum' } }],
    ['headers that make the input a stream', { i: '1', p: { ...call, h: { 'content-type': 'text/event-stream' } } }],
    ['another method', { i: '1', p: { ...call, m: 'GET' } }],
    ['an event', { i: '1', t: 3, p: { e: 'message', d: {} } }],
    ['meta that cannot be walked', { i: '1', p: { u: '/sum', b: { json: {}, meta: 5 } } }],
    ['an acknowledgement of nothing', { a: '1', n: 0 }],
    ['an acknowledgement that is negative', { a: '1', n: -1000 }],
    ['an acknowledgement without end', { a: '1', n: Infinity }],
  ])('ends the connection: %s', async (_what, message) => {
    const { near } = start()
    const closed = new Promise<void>((resolve) => near.onClose(resolve))
    near.send(message)
    await closed
  })

  it('is rejected with an error if only its input is invalid', async () => {
    const { near } = start()
    const answers: unknown[] = []
    near.onMessage((message) => answers.push(message))
    near.send({
      i: '1',
      p: {
        u: '/sum',
        b: {
          json: {},
          meta: [
            [99, 'x'],
            [1, 'nothing', 'here'],
          ],
        },
      },
    })
    near.send({ i: '2', p: { u: '/sum' } })
    near.send({ i: '3', p: { u: '/toString', b: { json: {} } } })
    near.send({ i: '4', p: { u: '/constructor/prototype', b: { json: {} } } })
    await eventually(() => expect(answers).toHaveLength(4))
    const status = (id: string) => answers.map((a) => a as { i: string; p: { s: number } }).find((a) => a.i === id)?.p.s
    expect([status('1'), status('2'), status('3'), status('4')]).toEqual([400, 400, 404, 404])
  })
})
