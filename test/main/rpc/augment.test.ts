/**
 * Augmentation through the contract, on the real engine process: draws, the corners of a step, the replay of a batch.
 */
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { projectSchema, type Project } from '#core/graph/project'
import { startHost, sampleProject } from './hostFixture'

const code = (name: string) => ({ problems: [expect.objectContaining({ code: name })] })

const transforms: Project['transforms'] = [
  { kind: 'random-horizontal-flip', enabled: true, p: 0.5 },
  { kind: 'random-rotation', enabled: true, degrees: [-20, 20] },
  { kind: 'normalize', enabled: true },
]

async function start() {
  const started = await startHost()
  onTestFinished(() => started.host.close())
  const { data, task } = sampleProject
  return { ...started, input: { data, task, file: null, transforms } }
}

describe('augmentation', () => {
  it('shows samples after every step, the same for the same seed', async () => {
    const { client, input } = await start()
    const asked = { ...input, indices: [0, 1, 2], seed: 3, epoch: 2, row: 1 }
    const preview = await client.augment.draw(asked)
    expect(preview).toMatchObject({
      indices: [0, 1, 2],
      targets: [5, 0, 4],
      row: 1,
      pictures: { shape: [1, 28, 28] },
      fed: { shape: [1, 28, 28] },
    })
    expect(preview.stages.map(({ step }) => step)).toEqual([null, 0, 1, 2])
    expect(preview.pictures.images).toHaveLength(3 * 784)
    expect(preview.order.evaluation).toEqual(preview.order.training.slice(-1))
    expect(preview.fed.mean).toBeCloseTo(preview.fed.values.reduce((sum, value) => sum + value, 0) / 784, 4)
    const again = await client.augment.draw(asked)
    expect(again.pictures.images).toEqual(preview.pictures.images)
    const other = await client.augment.draw({ ...asked, seed: 4 })
    expect(other.pictures.images).not.toEqual(preview.pictures.images)
  })

  it('shows the ends of the range of one step', async () => {
    const { client, input } = await start()
    const { stages, pictures } = await client.augment.corners({ ...input, index: 0, step: 1 })
    expect(stages.length).toBeGreaterThan(0)
    expect(pictures.images.length).toBeGreaterThanOrEqual(2 * 784)
  })

  it('shows a batch of a run exactly as fed to its trainer', async () => {
    const { client } = await start()
    const project = projectSchema.parse({
      ...sampleProject,
      graph: {
        nodes: [
          { id: 'input', kind: 'input' },
          { id: 'flat', kind: 'flatten' },
          { id: 'fc', kind: 'linear', params: { outFeatures: 10 } },
          { id: 'output', kind: 'output' },
        ],
        edges: sampleProject.graph.edges,
      },
      transforms,
      training: { epochs: 1, batchSize: 16, limit: 64, device: 'cpu', threads: 1 },
    })
    const { run } = await client.run.start({ project, file: null })
    for await (const update of await client.run.watch({ run }))
      if (update.type === 'event' && update.event.event === 'finished') break
    const preview = await client.augment.replay({ run, epoch: 1, batch: 2, row: 0 })
    expect(preview.indices).toHaveLength(16)
    expect(preview.batch).toMatchObject({ epoch: 1, step: 2 })
    await expect(client.augment.replay({ run: 'no-such-run', epoch: 1, batch: 1 })).rejects.toMatchObject({
      message: expect.any(String) as string,
    })
  })

  it('rejects samples of the test set, samples that do not exist, and invalid steps', async () => {
    const { client, input } = await start()
    const draw = (indices: number[], more: object = {}) =>
      client.augment.draw({ ...input, indices, seed: 0, epoch: 1, ...more })
    await expect(draw([0, 65_000])).rejects.toMatchObject(code('data-sealed'))
    await expect(client.augment.corners({ ...input, index: 65_000, step: 1 })).rejects.toMatchObject(
      code('data-sealed'),
    )
    await expect(draw([70_000])).rejects.toMatchObject({ problems: [{ severity: 'error' }] })
    const unknown = [{ kind: 'sharpen', enabled: true }]
    await expect(draw([0], { transforms: unknown })).rejects.toMatchObject(code('data-transform'))
    const missing = { kind: 'image-folder' as const, path: join('/nowhere', 'images') }
    await expect(draw([0], { data: { ...input.data, source: missing } })).rejects.toMatchObject(code('data-missing'))
  })
})
