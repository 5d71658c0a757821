/** The list of steps on the Data screen: its rows, and the samples before and after each. */
import { describe, expect, it } from 'vitest'
import { findPreTransform } from '#core/pretransforms/index'
import type { DataStep, SampleStage } from '#core/rpc/contract/data'
import {
  addableSteps,
  isInForce,
  problemsOfStep,
  rebuiltBy,
  stagesOf,
  stepRows,
  withStep,
  type StepRow,
} from '../../../src-renderer/data/stepRows'

const report = (step: string, bytes = 0): DataStep => ({ step, key: 'k', bytes, hit: true, shape: null })
const text = (step: string, words: string): SampleStage => ({ step, sample: { kind: 'text', text: words } })

describe('the rows', () => {
  it('are reading, then the steps of the project with how each was done', () => {
    const rows = stepRows(
      [{ kind: 'standardize', columns: ['a'] }, { kind: 'standardize', columns: ['b'] }, { kind: 'one-hot' }],
      [report('read', 100), report('standardize', 7), report('standardize', 8)],
    )
    expect(rows.map(({ step, place, report: done }) => [step, place, done?.bytes])).toEqual([
      ['read', null, 100],
      ['standardize', 0, 7],
      ['standardize', 1, 8],
      ['one-hot', 2, undefined],
    ])
  })

  it('end with the implicit steps on texts that are not in the project', () => {
    const rows = stepRows(
      [{ kind: 'vocabulary', size: 500 }],
      ['read', 'tokenize', 'vocabulary', 'pad'].map((step) => report(step)),
    )
    expect(rows.map(({ step, place }) => [step, place])).toEqual([
      ['read', null],
      ['vocabulary', 0],
      ['tokenize', null],
      ['pad', null],
    ])
  })

  it('know which parameters another one switches off', () => {
    const [mean, constant, quantiles] = stepRows(
      [
        { kind: 'fill-missing' },
        { kind: 'fill-missing', strategy: 'constant' },
        { kind: 'clip-outliers', method: 'quantiles' },
      ],
      [],
    ) as [StepRow, StepRow, StepRow]
    expect([isInForce(mean, 'value'), isInForce(constant, 'value')]).toEqual([false, true])
    expect(['quantiles', 'factor', 'columns'].map((name) => isInForce(quantiles, name))).toEqual([true, false, true])
  })

  it('find the sample before and after each step, even if a step occurs twice', () => {
    const rows = stepRows(
      [
        { kind: 'drop', columns: ['a'] },
        { kind: 'drop', columns: ['b'] },
      ],
      [report('read')],
    )
    const stages = [text('read', 'one'), text('drop', 'two'), text('drop', 'three')]
    expect(rows.map((row) => stagesOf(row, stages)).map((pair) => [pair?.before, pair?.after])).toEqual([
      [undefined, stages[0]],
      [stages[0], stages[1]],
      [stages[1], stages[2]],
    ])
    expect(stagesOf(rows[2]!, stages.slice(0, 2))).toBeNull()
  })

  it('keep a disabled step in place, without a report', () => {
    const off = { kind: 'log', columns: ['a'], enabled: false }
    const rows = stepRows([off, { kind: 'log' }], [report('read'), report('log', 4)])
    expect(rows.map((row) => [row.step, row.off, row.report?.bytes])).toEqual([
      ['read', false, 0],
      ['log', true, undefined],
      ['log', false, 4],
    ])
    expect(stagesOf(rows[1]!, [text('read', 'one'), text('log', 'two')])).toBeNull()
  })

  it('show what a change rebuilds, and which problem belongs to which step', () => {
    const rows = stepRows(
      [{ kind: 'resize' }, { kind: 'center-crop' }],
      [report('read', 50), report('resize', 20), report('center-crop', 5)],
    )
    expect(rebuiltBy(rows, 1)).toEqual({ count: 2, bytes: 25 })
    const problem = (param: string) =>
      ({ code: 'data-preprocess', severity: 'error', place: { param }, message: '', fix: '' }) as const
    const problems = [problem('data.preprocess.0.size'), problem('data.preprocess.center-crop'), problem('data.split')]
    expect(rows.map((row) => problemsOfStep(row, problems).length)).toEqual([0, 1, 1])
  })
})

describe('adding a step', () => {
  it('offers suitable steps that are not in the list yet', () => {
    const kinds = (...question: Parameters<typeof addableSteps>) => addableSteps(...question).map(({ kind }) => kind)
    expect(kinds([{ kind: 'resize' }], 'image', 'classification')).toEqual(['color', 'center-crop'])
    expect(kinds([{ kind: 'standardize-target' }, { kind: 'standardize' }], 'table', 'regression')).toEqual([
      'fill-missing',
      'clip-outliers',
      'log',
      'standardize',
      'min-max',
      'one-hot',
      'ordinal',
      'drop',
      'log-target',
    ])
    expect(kinds([], 'array', 'classification')).toEqual([])
  })

  it('puts text steps in their order and others at the end', () => {
    const lower = findPreTransform('lower-case')!
    expect(withStep([{ kind: 'tokenize' }, { kind: 'pad' }], lower).map(({ kind }) => kind)).toEqual([
      'lower-case',
      'tokenize',
      'pad',
    ])
    expect(withStep([{ kind: 'color' }], findPreTransform('resize')!)).toEqual([{ kind: 'color' }, { kind: 'resize' }])
  })
})
