/** Fits table pre-transforms in memory, like the preparation on disk, and runs both of their forms. */
import { describeColumns } from '#core/data/columnDigest'
import type { ColumnFacts, DataFacts, RowArray, SampleFacts } from '#core/data/facts'
import { GraphBuilder } from '#core/onnx/builder'
import type { Graph } from '#core/onnx/graph'
import {
  checkSteps,
  fitTableStep,
  lowerSample,
  missingAccepted,
  notesOn,
  prepareRow,
  rowAfter,
  storedColumns,
  type CheckedPreTransform,
  type FittedPreTransforms,
  type FittedStep,
  type PreTransformChoice,
} from '#core/pretransforms/preTransformList'
import type { PreparedColumn, TablePreTransform } from '#core/pretransforms/preTransform'
import { ProblemError, type Problem } from '#core/problems/problem'
import type { Tensor } from '#core/tensor/dtype'
import { runOnnx } from '../../support/runOnnx'

export function tableSample(columns: readonly ColumnFacts[], dtype: 'float32' | 'float64' = 'float32'): SampleFacts {
  return { dtype, shape: [columns.length], columns }
}

export interface FittedTable {
  readonly preprocess: FittedPreTransforms
  readonly columns: readonly PreparedColumn[]
  readonly notes: readonly Problem[]
}

/** Fits on all of `rows`. */
export async function fitTable(
  choices: readonly PreTransformChoice[],
  sample: SampleFacts,
  rows: RowArray,
  target: DataFacts['target']['kind'] = 'numbers',
): Promise<FittedTable> {
  const { sample: steps } = checkSteps(choices, 'table', target)
  const count = rows.length / sample.shape[0]!
  let columns: readonly PreparedColumn[] = storedColumns(sample)
  const done: FittedStep[] = []
  for (const step of steps as readonly CheckedPreTransform<TablePreTransform>[]) {
    const before = appliedWide(sample, done, rows)
    const statistics = await describeColumns(
      () => [{ begin: 0, rows: before }],
      columns.map(({ type, categories }) => ({ type, ...(categories && { categories: categories.length }) })),
      { includes: new Uint8Array(count).fill(1), ...step.definition.needs?.(step.params) },
    )
    const result = fitTableStep(step, columns, statistics)
    done.push({ kind: step.definition.kind, fitted: result.fitted })
    columns = result.columns
  }
  const acceptsMissing = missingAccepted(sample, columns)
  // Round-trips through JSON as in a run, so that losses would show here too.
  const preprocess = JSON.parse(
    JSON.stringify({
      sample: done,
      target: [],
      files: [],
      dtype: 'float32',
      shape: [columns.length],
      columns: columns.map(({ name }) => name),
      acceptsMissing,
    }),
  ) as FittedPreTransforms
  return { preprocess, columns, notes: notesOn(columns) }
}

function rowsOf({ shape }: SampleFacts, rows: RowArray): RowArray[] {
  const width = shape[0]!
  return Array.from({ length: rows.length / width }, (_, i) => rows.subarray(i * width, (i + 1) * width))
}

/** The rows after the fitted steps, in plain arithmetic. */
export function applyAll(sample: SampleFacts, steps: readonly FittedStep[], rows: RowArray): Float32Array {
  const preprocess = { sample: steps } as unknown as FittedPreTransforms
  const parts = rowsOf(sample, rows).map((row) => prepareRow(preprocess, row))
  return Float32Array.from(parts.flatMap((part) => [...part]))
}

/** The rows after the fitted steps in the element type of the rows, as between two steps. */
function appliedWide(sample: SampleFacts, steps: readonly FittedStep[], rows: RowArray): RowArray {
  if (rows instanceof Float32Array) return applyAll(sample, steps, rows)
  const parts = rowsOf(sample, rows).map((row) => rowAfter({ sample: steps }, row))
  return Float64Array.from(parts.flatMap((part) => [...part]))
}

export function tableGraph(sample: SampleFacts, preprocess: FittedPreTransforms): Graph {
  const b = new GraphBuilder('preprocess')
  b.output(lowerSample(b, b.input('x', { dtype: sample.dtype, shape: ['N', ...sample.shape] }), preprocess), 'y')
  return b.graph
}

/** The rows after the fitted steps, as an exported model computes them. */
export async function runTable(sample: SampleFacts, preprocess: FittedPreTransforms, rows: RowArray): Promise<Tensor> {
  const graph = tableGraph(sample, preprocess)
  const count = rows.length / sample.shape[0]!
  const { y } = await runOnnx(graph, { x: { dtype: sample.dtype, shape: [count, ...sample.shape], data: rows } })
  return y!
}

export async function problemOf(action: () => unknown): Promise<Problem> {
  try {
    await action()
  } catch (error) {
    if (error instanceof ProblemError) return error.problems[0]!
    throw error
  }
  throw new Error('expected a problem, but nothing was wrong')
}
