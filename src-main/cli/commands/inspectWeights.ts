/** The tensors of a run, a checkpoint or an ONNX file: names, shapes, types and value statistics. */
import { stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { fail } from '#core/problems/problem'
import type { Tensor } from '#core/tensor/dtype'
import { readModelFile } from '../../models/modelFile'
import { readSafetensors } from '../../runs/safetensors'
import { openRun, readBestWeights } from '../../runs/store'
import type { Terminal } from '../terminal'
import { formatValue } from '../dataReport/figures'
import { formatBytes, formatCount } from '../view/numbers'
import { formatTable, type TextColumn } from '../view/table'
import { printable } from '../view/text'

interface Summary {
  readonly name: string
  readonly shape: readonly number[]
  readonly dtype: string
  readonly elements: number
  readonly bytes: number
  /** Over finite values; NaN if there are none. */
  readonly min: number
  readonly max: number
  readonly mean: number
  /** Values that are NaN or infinite. */
  readonly notFinite: number
}

/** For a run, the best weights. @throws ProblemError where the path has no tensors, or they cannot be read */
export async function tensorsAt(path: string): Promise<Summary[]> {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() ?? false
  if (isFolder) {
    const { weights } = await readBestWeights((await openRun(path)).folder)
    return [...weights].map(([name, weight]) => summaryOf(name, { dtype: 'float32', ...weight }))
  }
  const extension = extname(path).toLowerCase()
  if (extension === '.safetensors') return summaries((await readSafetensors(path)).tensors)
  if (extension === '.onnx') return summaries((await readModelFile(path)).graph.initializers)
  return fail('command-line', 'weights', {}, { file: path })
}

const summaries = (tensors: ReadonlyMap<string, Tensor>): Summary[] =>
  [...tensors].map(([name, tensor]) => summaryOf(name, tensor))

function summaryOf(name: string, { dtype, shape, data }: Tensor): Summary {
  let [min, max, sum, finite] = [Infinity, -Infinity, 0, 0]
  for (let i = 0; i < data.length; i++) {
    const value = Number(data[i])
    if (!Number.isFinite(value)) continue
    finite++
    sum += value
    if (value < min) min = value
    if (value > max) max = value
  }
  const none = finite === 0
  return {
    name,
    shape,
    dtype,
    elements: data.length,
    bytes: data.byteLength,
    min: none ? NaN : min,
    max: none ? NaN : max,
    mean: none ? NaN : sum / finite,
    notFinite: data.length - finite,
  }
}

export const tensorsAsJson = (path: string, tensors: readonly Summary[]) => ({
  path,
  tensors: tensors.map((tensor) => ({ ...tensor })),
})

const columns: readonly TextColumn[] = [
  { title: 'tensor', align: 'left' },
  { title: 'shape', align: 'left' },
  { title: 'type', align: 'left' },
  { title: 'min', align: 'right' },
  { title: 'mean', align: 'right' },
  { title: 'max', align: 'right' },
]

export function describeTensors(path: string, tensors: readonly Summary[], { paint }: Terminal): string {
  const rows = tensors.map(({ name, shape, dtype, min, mean, max, notFinite }) => [
    printable(name),
    shape.length === 0 ? 'scalar' : shape.join('×'),
    dtype,
    formatValue(min),
    formatValue(mean),
    formatValue(max),
    ...(notFinite > 0 ? [paint('red', `${formatCount(notFinite)} not finite`)] : []),
  ])
  const [head, ...lines] = formatTable(columns, rows)
  const elements = tensors.reduce((sum, tensor) => sum + tensor.elements, 0)
  const bytes = tensors.reduce((sum, tensor) => sum + tensor.bytes, 0)
  const count = tensors.length === 1 ? 'One tensor' : `${formatCount(tensors.length)} tensors`
  return [
    `${paint('bold', printable(path))}\n`,
    ...(rows.length === 0 ? [] : [`${[paint('dim', head!), ...lines].join('\n')}\n`]),
    `  ${count}, ${formatCount(elements)} values, ${formatBytes(bytes)}.\n`,
  ].join('\n')
}
