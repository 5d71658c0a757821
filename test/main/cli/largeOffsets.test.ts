/** Columns with large values and small differences: days, seconds, meters on a map, degrees within a city. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder, type TemporaryFolder } from '../data/temporaryFolder'
import { parseLines, theLine } from './eventSchemas'
import { runCli } from './runCli'

const ROWS = 240
const names = ['second', 'day', 'north', 'degree']

/**
 * Unix seconds within minutes, Julian days, meters north, degrees east of a street; the class follows from all of them.
 */
function row(i: number): (number | string)[] {
  const at = (i * 37) % ROWS
  return [
    1_700_000_000 + at,
    (2_459_800 + at / 480).toFixed(4),
    (5_819_300 + at / 40).toFixed(3),
    (13.4 + at / 4_000_000).toFixed(8),
    at < ROWS / 2 ? 'early' : 'late',
  ]
}

const table = (rows: readonly (readonly (number | string)[])[]) =>
  [[...names, 'label'], ...rows].map((cells) => cells.join(',')).join('\n')

async function trained(preprocess: readonly object[]) {
  const folder = await temporaryFolder()
  await folder.write('large-offset.csv', table(Array.from({ length: ROWS }, (_, i) => row(i))))
  const fixture = join(import.meta.dirname, '../../fixtures/data/tables/large-offset.loom')
  const text = JSON.parse(await readFile(fixture, 'utf8')) as { data: { preprocess: readonly object[] } }
  text.data.preprocess = preprocess
  const project = await folder.write('offsets.loom', JSON.stringify(text))
  const run = join(folder.path, 'run')
  const { code, stdout, stderr } = await runCli(['train', project, '--out', run, '--json'])
  expect(code, stdout + stderr).toBe(0)
  return { folder, run, end: theLine(parseLines(stdout), 'finished') }
}

/** A row that the model cannot take has a problem; the others have answers. */
async function marks(folder: TemporaryFolder, model: string): Promise<void> {
  const [second, ...rest] = row(239)
  const rows = await folder.write('mixed.csv', table([row(0), ['tomorrow', ...rest], [second!, ...rest]]))
  const json = await runCli(['predict', model, rows, '--json'])
  expect(json.code).toBe(1)
  const lines = json.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { sample: number; problem?: object })
  expect(lines.map(({ sample, problem }) => [sample, problem !== undefined])).toEqual([
    [0, false],
    [1, true],
    [2, false],
  ])
  expect(lines[1]!.problem).toMatchObject({ code: 'data-cell', place: { line: 3, column: 'second' } })
  const { stdout } = await runCli(['predict', model, rows])
  expect(stdout).toMatch(/mixed\.csv #2 +no prediction: line 3, column second: .*"tomorrow"/)
  const answers = join(folder.path, 'answers.csv')
  expect((await runCli(['predict', model, rows, '-o', answers])).code).toBe(1)
  const [head, , marked, last] = (await readFile(answers, 'utf8')).split('\r\n')
  expect(head).toBe('file,row,answer,early,late,problem')
  expect(marked).toMatch(/^[^,]*,2,,,,"second: /)
  expect(last).toMatch(/,3,late,[^,]+,[^,]+,$/)
}

describe('columns with a large offset', () => {
  it.each([['standardize'], ['min-max']])('are learned after %s, and the exported model agrees', async (kind) => {
    const { folder, run, end } = await trained([{ kind }])
    expect(end.validation!['accuracy']).toBeGreaterThan(0.95)
    const model = join(folder.path, 'model.onnx')
    const exported = await runCli(['export', run, '--to', 'onnx', '-o', model, '--json'])
    expect(exported.code, exported.stderr).toBe(0)
    expect(theLine(parseLines(exported.stdout), 'exported').difference).toBeLessThan(2e-5)
    const rows = await folder.write('new.csv', table([row(0), row(1), row(120), row(239)]))
    const [fromRun, fromModel] = await Promise.all(
      [run, model].map(async (target) => {
        const { stdout, stderr } = await runCli(['predict', target, rows, '--json'])
        const lines = parseLines(stdout).filter((line) => line.event === 'prediction')
        expect(lines, stderr).toHaveLength(4)
        return lines.map(({ classes }) => classes![0]!)
      }),
    )
    expect(fromRun!.map(({ name }) => name)).toEqual([row(0), row(1), row(120), row(239)].map((cells) => cells[4]))
    fromModel!.forEach(({ name, probability }, i) => {
      expect(name).toBe(fromRun![i]!.name)
      expect(probability).toBeCloseTo(fromRun![i]!.probability, 5)
    })
    if (kind === 'standardize') await marks(folder, model)
  })
})
