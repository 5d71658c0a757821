/** metrics.jsonl: one line per log point, appended during the run. A line truncated by a crash is ignored. */
import { closeSync, fsync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import { promisify } from 'node:util'
import type { EpochEvent, StepEvent } from '#core/runs/events'

export type LogPoint = StepEvent | EpochEvent

export class MetricsLog {
  readonly #file: number

  constructor(readonly path: string) {
    this.#file = openSync(path, 'a')
  }

  append(point: LogPoint): void {
    writeAll(this.#file, lineOf(point))
  }

  async sync(): Promise<void> {
    await promisify(fsync)(this.#file)
  }

  close(): void {
    closeSync(this.#file)
  }
}

const lineOf = (point: LogPoint): Uint8Array => Buffer.from(`${JSON.stringify(point)}\n`)

/** A disk that fills up accepts part of the bytes; only the next write reports why. */
function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}

/** All complete lines. Lines in an unknown form, including damaged ones, are skipped. */
export function readLog(path: string): LogPoint[] {
  return completeLines(path).flatMap(({ point }) => (point ? [point] : []))
}

/**
 * Removes what was logged after `step`, and a truncated line: a run resumed there writes it again. In a line with steps
 * on both sides, those up to `step` are kept.
 */
export function truncateLog(path: string, step: number): void {
  let end = 0
  let rest: LogPoint | undefined
  for (const line of completeLines(path)) {
    if (line.point && line.point.step > step) {
      rest = upTo(line.point, step)
      break
    }
    if (line.point) end = line.end
  }
  const file = openSync(path, 'r+')
  try {
    ftruncateSync(file, end)
    if (rest) writeSync(file, lineOf(rest), 0, null, end)
  } finally {
    closeSync(file)
  }
}

/** The points at or before `step`. */
export function pointsUpTo(points: readonly LogPoint[], step: number): LogPoint[] {
  return points.flatMap((point) => upTo(point, step) ?? [])
}

function upTo(point: LogPoint, step: number): LogPoint | undefined {
  if (point.step <= step) return point
  if (point.event === 'epoch') return undefined
  const losses = point.losses.slice(0, Math.max(0, point.losses.length - (point.step - step)))
  if (losses.length === 0) return undefined
  const metrics = point.metrics && { metrics: point.metrics.slice(0, losses.length) }
  return { ...point, step, loss: losses.at(-1)!, losses, ...metrics }
}

function completeLines(path: string): { point: LogPoint | undefined; end: number }[] {
  const bytes = readFileSync(path)
  const lines: { point: LogPoint | undefined; end: number }[] = []
  for (let begin = 0, end; (end = bytes.indexOf(0x0a, begin)) >= 0; begin = end + 1)
    lines.push({ point: parsePoint(bytes.toString('utf8', begin, end)), end: end + 1 })
  return lines
}

function parsePoint(line: string): LogPoint | undefined {
  try {
    const point = JSON.parse(line) as LogPoint | null
    return isPoint(point) ? point : undefined
  } catch {
    return undefined
  }
}

/** Checks everything used in later computations. NaN is null in JSON. */
function isPoint(point: LogPoint | null): point is LogPoint {
  if (typeof point !== 'object' || point === null || !isCount(point.step) || !isCount(point.epoch)) return false
  if (point.event === 'epoch')
    return isFigures(point.train) && isNumber(point.seconds) && [point.validation, point.trainingSet].every(isFiguresIfAny)
  return point.event === 'step' && isList(point.losses) && isFigures(point.train) && isMetrics(point)
}

const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0
const isNumber = (value: unknown): boolean => typeof value === 'number' || value === null
const isList = (value: unknown): boolean => Array.isArray(value) && value.every(isNumber)
/** One per loss, or none, as in earlier versions. */
const isMetrics = ({ losses, metrics }: StepEvent): boolean =>
  metrics === undefined || (isList(metrics) && metrics.length === losses.length)
const isFiguresIfAny = (value: unknown): boolean => value === undefined || value === null || isFigures(value)
const isFigures = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isNumber)
