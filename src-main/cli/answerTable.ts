/**
 * Predictions as a table for other programs: one row per sample, with the answer and the probability of every class.
 */
import { extname } from 'node:path'
import type { PredictedSamples, Prediction, PredictReport } from '../engine/messages'

/**
 * CSV (RFC 4180), or tab-separated for a `.tsv`. Columns: `file`, `row` (within the file, from 1), `text` for text
 * inputs, then `answer` and one probability column per class or one column per predicted number, and `problem` where a
 * file or a row has no answer.
 */
export function answerTable(
  { files, texts, failures, classes }: PredictReport,
  given: readonly string[],
  path: string,
) {
  const all = [...files.flatMap(({ predictions }) => predictions), ...(texts?.predictions ?? [])]
  const first = all.find(({ kind }) => kind !== 'unusable')
  const hasProblems = failures.length > 0 || all.some(({ kind }) => kind === 'unusable')
  const names = classes && first?.kind === 'classes' ? [...classes] : first?.kind === 'numbers' ? nameOf(first) : []
  const hasAnswer = first?.kind === 'classes'
  const withTexts = given.length > 0
  const rowsOf = (file: string, { predictions }: PredictedSamples, text: (row: number) => string): string[][] =>
    predictions.map((prediction, row) => [
      file,
      String(row + 1),
      ...(withTexts ? [text(row)] : []),
      ...(hasAnswer ? [bestOf(prediction)] : []),
      ...names.map((name) => valueOf(prediction, name)),
      ...(hasProblems ? [problemOf(prediction)] : []),
    ])
  const empty = (count: number): string[] => new Array<string>(count).fill('')
  const rows = [
    ['file', 'row', ...(withTexts ? ['text'] : []), ...(hasAnswer ? ['answer'] : []), ...names],
    ...files.flatMap(({ file, ...samples }) => rowsOf(file, samples, () => '')),
    ...(texts ? rowsOf('', texts, (row) => given[row]!) : []),
    ...failures.map(({ file, problems }) => [
      file,
      ...empty(1 + (withTexts ? 1 : 0) + (hasAnswer ? 1 : 0) + names.length),
      problems[0]!.message,
    ]),
  ]
  if (hasProblems) rows[0]!.push('problem')
  const delimiter = extname(path).toLowerCase() === '.tsv' ? '\t' : ','
  return rows.map((row) => `${row.map((cell) => quoted(cell, delimiter)).join(delimiter)}\r\n`).join('')
}

const nameOf = (prediction: Prediction): string[] =>
  prediction.kind === 'numbers' ? prediction.numbers.map(({ name }) => name) : []

/** Classes are sorted, most probable first. */
const bestOf = (prediction: Prediction): string =>
  prediction.kind === 'classes' ? (prediction.classes[0]?.name ?? '') : ''

function problemOf(prediction: Prediction): string {
  if (prediction.kind !== 'unusable') return ''
  const { place, message, received } = prediction.problem
  return `${place.column === undefined ? '' : `${place.column}: `}${message}${received === undefined ? '' : ` (${received})`}`
}

/** Digits that identify a float32 uniquely. */
const DIGITS = 9

function valueOf(prediction: Prediction, name: string): string {
  if (prediction.kind === 'unusable') return ''
  const value =
    prediction.kind === 'classes'
      ? prediction.classes.find((one) => one.name === name)?.probability
      : prediction.numbers.find((one) => one.name === name)?.value
  return value === undefined ? '' : String(Number(value.toPrecision(DIGITS)))
}

function quoted(cell: string, delimiter: string): string {
  return cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
