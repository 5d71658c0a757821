import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { analyze } from '#core/compiler/analyze'
import { projectSchema } from '#core/graph/project'
import { openDataset } from '../../../src-main/data/openDataset'
import { resourcePath } from '../../../src-main/data/resources'

const open = async (name: string) => {
  const project = projectSchema.parse(JSON.parse(await readFile(resourcePath(`projects/${name}.loom`), 'utf8')))
  return { project, dataset: await openDataset(project.data, project.task, '/') }
}

describe('the sample projects with tables and texts', () => {
  it.each([
    ['penguins', [223, 69, 52], 9, 3],
    ['cars-mpg', [258, 80, 60], 9, 1],
    ['stocks', [375, 80, 80], 10, 1],
    ['spam', [2100, 450, 450], 200, 2],
  ])('%s fits its data without a problem', async (name, splits, inputs, outputs) => {
    const { project, dataset } = await open(name)
    const { train, validation, test } = dataset.splits
    expect([train.length, validation.length, test.length]).toEqual(splits)
    expect(dataset.preprocess.shape).toEqual([inputs])
    const { problems, layers } = analyze(project, dataset.preprocess.shape, dataset.facts)
    expect(problems).toEqual([])
    expect(layers.at(-1)).toMatchObject({ kind: 'output', shape: ['N', outputs] })
  })
})
