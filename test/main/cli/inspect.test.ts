/** `layerloom inspect` on the sample projects: the layer table, its totals, and all problems together. */
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../data/temporaryFolder'
import { runCli, sample } from './runCli'

interface Inspection {
  name: string
  layers: {
    name: string
    kind: string
    shape: (number | string)[] | null
    parameters: number
    macs: number
    activationBytes: number
  }[]
  totals: { parameters: number; trainable: number; macs: number; activationBytes: number; trainingBytes: number }
  problems: { code: string; severity: string }[]
}

async function inspect(...words: string[]): Promise<{ code: number | null; found: Inspection }> {
  const { code, stdout } = await runCli(['inspect', ...words, '--json'])
  return { code, found: JSON.parse(stdout) as Inspection }
}

describe('inspect', () => {
  it.each([
    // Counted by hand: 784·128 + 128 + 128·10 + 10.
    ['mnist-mlp', 101_770, 101_632],
    // As counted by PyTorch for the same network; MACs of conv1 112,896, conv2 903,168, fc1 200,704, fc2 1,280.
    ['mnist-cnn', 206_922, 1_218_048],
    ['resnet-tiny', 77_754, 9_345_920],
    ['penguins', undefined, undefined],
    ['cars-mpg', undefined, undefined],
  ])('%s has no errors and correct totals', async (name, parameters, macs) => {
    const { code, found } = await inspect(sample(name))
    expect({ code, errors: found.problems.filter(({ severity }) => severity === 'error') }).toEqual({
      code: 0,
      errors: [],
    })
    const sum = (pick: (layer: Inspection['layers'][number]) => number) =>
      found.layers.reduce((total, layer) => total + pick(layer), 0)
    expect(found.totals.parameters).toBe(sum((layer) => layer.parameters))
    if (parameters !== undefined) expect(found.totals).toMatchObject({ parameters, macs })
  })

  it('prints name, kind, output, parameters, MACs and activation of every layer', async () => {
    const { code, stdout, stderr } = await runCli(['inspect', sample('mnist-mlp')])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatchInlineSnapshot(`
      "MNIST: multilayer perceptron

        name      kind      output      parameters      MACs   activation
        input     Input     N×1×28×28            –         –     3.06 KiB
        flatten   Flatten   N×784                –         –     3.06 KiB
        fc1       Linear    N×128          100,480   100,352        512 B
        relu1     ReLU      N×128                –         –        512 B
        fc2       Linear    N×10             1,290     1,280         40 B
        output    Output    N×10                 –         –         40 B
        total                              101,770   101,632     7.20 KiB

        Parameters: all trainable. MACs (multiply-adds) and activation per sample.
        A training step needs about 2.07 MiB.

      No problems.
      "
    `)
  })

  it('shows the effect of a setting', async () => {
    const { found } = await inspect(sample('mnist-cnn'), '--set', 'graph.nodes.conv1.params.stride=2')
    expect(found.layers.find(({ name }) => name === 'conv1')?.shape).toEqual(['N', 16, 14, 14])
  })

  it('reports all problems together, with their arithmetic if any, and exits with 2', async () => {
    const words = ['--set', 'graph.nodes.conv1.params.kernelSize=77', '--set', 'training.optimizer=lion']
    const { code, stdout } = await runCli(['inspect', sample('mnist-cnn'), ...words])
    expect(code).toBe(2)
    expect(stdout).toContain('conv1')
    expect(stdout).toMatch(/because +⌊\(28 \+ 2·1 − 77\) \/ 1⌋ \+ 1 = −46/)
    expect(stdout).toMatch(/received +lion/)
  })

  it('analyzes the network without readable data, using the shape of the Input layer', async () => {
    const folder = await temporaryFolder()
    const project = JSON.parse(await readFile(sample('mnist-mlp'), 'utf8')) as {
      data: { source: unknown }
      graph: { nodes: { id: string; params?: unknown }[] }
    }
    project.data.source = { kind: 'idx', trainImages: 'nowhere', trainLabels: 'nowhere' }
    project.graph.nodes[0]!.params = { shape: [1, 28, 28] }
    const { code, found } = await inspect(await folder.write('projet.loom', JSON.stringify(project)))
    expect(code).toBe(2)
    expect(found.problems.map(({ code }) => code)).toContain('data-missing')
    expect(found.totals.parameters).toBe(101_770)
  })
})
