/** Data report for the terminal: what the data is, its classes, its columns or images, and what looks wrong. */
import { counted } from '#core/base/counted'
import { sampleKind, type SampleKind } from '#core/data/facts'
import type { DataSource } from '#core/graph/dataSettings'
import { describeSteps } from '#core/pretransforms/describeSteps'
import type { Terminal } from '../terminal'
import { formatBytes, formatCount } from '../view/numbers'
import { describeProblems } from '../view/problems'
import { cut, printable, twoColumns } from '../view/text'
import { classSection } from './classSection'
import { columnSections } from './columnSections'
import { imageSection } from './imageSection'
import type { Inspection, PreparedData } from './inspection'
import { textSection } from './textSection'
import { unreadableSection } from './unreadableSection'

/** One part of the report: title and lines; empty if there is nothing to report. */
export interface Section {
  readonly title: string
  readonly lines: readonly string[]
}

export function describeInspection(inspection: Inspection, terminal: Terminal): string {
  const { paint, columns } = terminal
  const { title, prepared, problems } = inspection
  const sections = [
    ...(prepared ? [classSection(prepared, terminal), imageSection(prepared), textSection(prepared)] : []),
    ...columnSections(inspection, terminal),
    unreadableSection(inspection),
  ].filter(({ lines }) => lines.length > 0)
  const parts = [
    `${paint('bold', printable(title))}\n`,
    twoColumns(overview(inspection), { indent: 2, columns }, (label) => paint('dim', label)),
    ...sections.map(({ title: name, lines }) => `${paint('bold', name)}\n${lines.map((line) => `${line}\n`).join('')}`),
    problems.length === 0
      ? 'No issues found.\n'
      : `${paint('bold', 'Possible issues')}\n\n${describeProblems(problems, columns, paint)}`,
  ]
  return parts.join('\n')
}

const kinds: Readonly<Record<SampleKind, string>> = {
  image: 'images',
  table: 'rows of a table',
  text: 'texts',
  array: 'arrays',
}

function overview(inspection: Inspection): [string, string][] {
  const { path, found, prepared, task, settings } = inspection
  const { source } = settings
  const what = source.kind === 'builtin' ? `${source.name}, included with Layerloom` : sources[source.kind]
  const rows: [string, string | undefined][] = [
    ['path', printable(path)],
    ['source', what],
    ['written', found?.table ? writtenText(found.table) : undefined],
    ['missing', found?.table ? missingText(found.table) : undefined],
    ['task', prepared ? taskText(prepared) : task],
    ...(prepared ? preparedRows(inspection, prepared) : []),
  ]
  return rows.flatMap(([label, text]) => (text === undefined ? [] : [[label, text] as [string, string]]))
}

const sources: Readonly<Record<Exclude<DataSource['kind'], 'builtin'>, string>> = {
  none: 'none yet',
  idx: 'images in IDX files',
  table: 'a table',
  'image-folder': 'images in one folder per class',
  'image-list': 'images listed in a table',
  arrays: 'NumPy arrays',
  'text-folder': 'texts in one folder per class',
}

const marks: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
  ' ': 'space',
  '.': 'point',
  "'": 'apostrophe',
}

type FoundTable = NonNullable<NonNullable<Inspection['found']>['table']>

function writtenText({ dialect }: FoundTable): string | undefined {
  if (!dialect) return undefined
  const { delimiter, encoding, header, decimal, thousands, comment } = dialect
  const parts = [
    `${marks[delimiter] ?? delimiter}-separated`,
    encoding,
    `${header ? 'with' : 'without'} column names`,
    ...(decimal === ',' ? ['decimal comma'] : []),
    ...(thousands === '' ? [] : [`${marks[thousands]} as thousands separator`]),
    ...(comment === '' ? [] : [`comments start with ${comment}`]),
  ]
  return parts.join(', ')
}

/** Values treated as missing, besides an empty cell. */
function missingText({ missing, sentinels }: FoundTable): string {
  return ['empty cells', ...missing.map(printable), ...sentinels.map(String)].join('  ')
}

function taskText({ dataset }: PreparedData): string {
  const { target } = dataset.facts
  if (target.kind === 'classes') return `classification in ${formatCount(target.classes.length)} classes`
  return `regression of ${target.names.slice(0, 5).map(printable).join(', ')}`
}

function preparedRows({ settings }: Inspection, { dataset, look }: PreparedData): [string, string | undefined][] {
  const { facts, preprocess, steps, raw } = dataset
  const { train, validation, test } = look.counts
  const kept = steps.filter(({ key }) => key !== null)
  const bytes = kept.reduce((sum, step) => sum + step.bytes, 0)
  const hits = kept.filter(({ hit }) => hit).length
  return [
    ['samples', `${formatCount(raw.count)} ${kinds[sampleKind(facts.sample)]}`],
    [
      'split',
      `${formatCount(train)} training · ${formatCount(validation)} validation · ${formatCount(test)} test (${splitText(settings.split, dataset.given)})`,
    ],
    ['pre-transforms', settings.preprocess.length === 0 ? 'none' : cut(describeSteps(settings.preprocess), 400)],
    ['network input', `${preprocess.shape.join(' × ')} ${preprocess.dtype}`],
    ['on disk', `${formatBytes(bytes)}, ${keptText(hits, kept.length)}`],
    ['test set', look.testLooks === 0 ? undefined : `used ${counted(look.testLooks, 'time')}`],
  ]
}

function keptText(hits: number, steps: number): string {
  if (hits === 0) return 'built now'
  return hits === steps ? 'cached' : `${hits} of ${steps} steps cached`
}

function splitText(split: Inspection['settings']['split'], given: readonly string[]): string {
  const own = split.given ? given.filter((name) => name !== 'train') : []
  const drawn = `drawn with seed ${split.seed}`
  if (own.length === 0) return drawn
  return `${own.join(' and ')} from the data${own.length === 2 ? '' : `, the rest ${drawn}`}`
}
