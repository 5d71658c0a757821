/** metrics.jsonl: one line per log point, appended while the run goes on; a line cut short by a crash is not taken for one. */
import { closeSync, fsync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'
import { promisify } from 'node:util'
import type { EpochEvent, StepEvent } from '#core/runs/events'

export type LogPoint = StepEvent | EpochEvent

export class MetricsLog {
  readonly #file: number

  constructor(readonly path: string) {
    this.#file = openSync(path, 'a')
  }

  append(point: LogPoint): void {
    writeAll(this.#file, Buffer.from(`${JSON.stringify(point)}\n`))
  }

  async sync(): Promise<void> {
    await promisify(fsync)(this.#file)
  }

  close(): void {
    closeSync(this.#file)
  }
}

/** A disk that fills up takes a part of the bytes; only the next write says why. */
function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}

/** All complete lines. Lines of a form that is not known are left out. */
export function readLog(path: string): LogPoint[] {
  return completeLines(path).flatMap(({ point }) => (point ? [point] : []))
}

/** Removes what was logged after `step`, and a line cut short: a run that goes on from there writes it again. */
export function truncateLog(path: string, step: number): void {
  let end = 0
  for (const line of completeLines(path)) {
    if (line.point && line.point.step > step) break
    end = line.end
  }
  truncateSync(path, end)
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
    const known = (point?.event === 'step' || point?.event === 'epoch') && Number.isInteger(point.step)
    return known ? point : undefined
  } catch {
    return undefined
  }
}
