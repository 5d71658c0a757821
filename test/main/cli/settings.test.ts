/** Settings from the command line: paths, values by their format, and problems that name the path. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseProject } from '#core/graph/parse'
import { ProblemError, type Problem } from '#core/problems/problem'
import { applySettings, parseSetting } from '../../../src-main/cli/settings'
import { sample } from './runCli'

const project = parseProject(readFileSync(sample('mnist-cnn'), 'utf8')).project!

const set = (...settings: string[]) => applySettings(project, settings.map(parseSetting))

function problemsOf(...settings: string[]): readonly Problem[] {
  try {
    set(...settings)
  } catch (error) {
    if (error instanceof ProblemError) return error.problems
    throw error
  }
  return []
}

describe('a setting', () => {
  it('parses a number, a text, a flag and null by the format of the value', () => {
    expect(set('training.batchSize=128').training.batchSize).toBe(128)
    expect(set('training.device=cpu').training.device).toBe('cpu')
    expect(set('name=A=B').name).toBe('A=B')
    expect(set('data.split.stratify=false').data.split.stratify).toBe(false)
    expect(set('training.threads=2', 'training.threads=null').training.threads).toBe(null)
  })

  it("sets a parameter of a layer by the layer's id", () => {
    const conv1 = set('graph.nodes.conv1.params.kernelSize=[5,3]').graph.nodes.find(({ id }) => id === 'conv1')
    expect(conv1?.params).toEqual({ kernelSize: [5, 3], outChannels: 16, padding: 1 })
  })

  it('addresses a transform by its position', () => {
    const changed = set('transforms.0.mean=[0.13]').transforms
    expect(changed).toEqual([{ kind: 'normalize', enabled: true, mean: [0.13] }])
  })

  it('enables early stopping with its defaults if the project has none', () => {
    expect(set('training.earlyStopping.patience=7').training.earlyStopping).toEqual({
      metric: 'loss',
      patience: 7,
      minDelta: 0,
    })
  })

  it('accepts an optimizer kind alone, followed by its parameters', () => {
    expect(set('training.optimizer=sgd', 'training.optimizer.momentum=0.9').training.optimizer).toEqual({
      kind: 'sgd',
      momentum: 0.9,
    })
  })

  it('drops the parameters of the old kind when a new kind is set', () => {
    const changed = set('training.optimizer.beta1=0.8', 'training.optimizer.kind=sgd')
    expect(changed.training.optimizer).toEqual({ kind: 'sgd' })
  })

  it('leaves the original project unchanged', () => {
    const before = JSON.stringify(project)
    set('training.batchSize=1', 'graph.nodes.conv1.params.padding=0')
    expect(JSON.stringify(project)).toBe(before)
  })
})

describe('an invalid setting', () => {
  it.each([
    ['training.batchsize=3', 'training.batchsize', 'batchsize'],
    ['traning.batchSize=3', 'traning.batchSize', 'traning'],
    ['graph.nodes.conv9.params.padding=1', 'graph.nodes.conv9.params.padding', 'conv9'],
    ['training.batchSize.x=1', 'training.batchSize.x', 'batchSize'],
    ['__proto__.x=1', '__proto__.x', '__proto__'],
  ])('%s names the path and the alternatives', (setting, path, step) => {
    const [problem] = problemsOf(setting)
    expect(problem).toMatchObject({ code: 'setting-unknown', severity: 'error', place: { param: path } })
    expect(problem!.received).toBe(step)
    expect(problem!.expected).toMatch(/^(one of|a path that ends)/)
  })

  it.each([
    ['training.batchsize=3', 'Did you mean “training.batchSize”? Correct the path training.batchsize.'],
    ['traning.batchSize=3', 'Did you mean “training”? Correct the path traning.batchSize.'],
    ['learningRate=3', 'Did you mean “training.learningRate”? Correct the path learningRate.'],
    ['graph.nodes.cnov1.params.padding=1', 'Did you mean “conv1”? Correct the path graph.nodes.cnov1.params.padding.'],
    ['data.source.nmae=1', 'Did you mean “data.source.name”? Correct the path data.source.nmae.'],
    ['zzz=1', 'Correct the path zzz.'],
  ])('%s suggests what was meant', (setting, fix) => {
    expect(problemsOf(setting)[0]!.fix).toBe(fix)
  })

  it('suggests which of the allowed words was meant', () => {
    const [problem] = problemsOf('training.device=cppu')
    expect(problem!.fix).toMatch(/^Did you mean “cpu”\? Set training\.device to /)
    expect(problemsOf('data.source.name=minst')[0]!.fix).toMatch(/^Did you mean “mnist”\? Set data\.source\.name to /)
  })

  it('reports path, expected and received if the value has the wrong format', () => {
    expect(problemsOf('training.batchSize=many')).toEqual([
      {
        code: 'project-format',
        severity: 'error',
        place: { param: 'training.batchSize' },
        message: 'training.batchSize does not have the right form.',
        expected: 'a number',
        received: '"many"',
        fix: 'Set training.batchSize to a number.',
        data: { case: 'form', path: 'training.batchSize', wanted: '数', near: '' },
      },
    ])
  })

  it.each(['training.batchSize', '=3'])('%s is not a path with a value', (setting) => {
    expect(problemsOf(setting)[0]).toMatchObject({
      code: 'setting-unknown',
      expected: expect.stringContaining('path=value') as string,
    })
  })
})
