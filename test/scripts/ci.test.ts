/** The script of the CI: it runs every part of `npm run check`, and its last line counts them with the tests. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'layerloom-ci-'))
afterAll(() => rmSync(folder, { recursive: true }))

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
const test = (status: string) => ({ status })

/** Runs the script where programs that install do nothing, and `npm` fails for `failing` and reports `tests`. */
function runCi(failing: readonly string[], tests: readonly { status: string }[]) {
  const place = mkdtempSync(join(folder, 'run-'))
  const programs = join(place, 'programs')
  mkdirSync(programs)
  cpSync(join(root, '.ci'), join(place, '.ci'), { recursive: true })
  writeFileSync(join(place, 'package.json'), JSON.stringify({ scripts: { check: scripts.check } }))
  const count = (status: string) => tests.filter((test) => test.status === status).length
  const report = JSON.stringify({
    numPassedTests: count('passed'),
    numFailedTests: count('failed'),
    numPendingTests: count('pending'),
    numTodoTests: 0,
    testResults: [],
  })
  const npm = `#!/usr/bin/env bash
echo "npm $*" >>"${place}/calls"
case "$1 $3" in
  "run ${failing.join('" | "run ')}") echo "fault in $3"; exit 1 ;;
  "test "*) for last; do :; done; echo '${report}' >"\${last#--outputFile.json=}"; exit ${count('failed') > 0 ? 1 : 0} ;;
esac`
  writeFileSync(join(programs, 'npm'), npm, { mode: 0o755 })
  for (const name of ['chromium', 'fc-list', 'apt-get', 'sudo'])
    writeFileSync(join(programs, name), '#!/bin/sh\necho Noto Sans CJK\n', { mode: 0o755 })
  const { status, stdout } = spawnSync(join(place, '.ci/run'), [], {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${programs}${delimiter}${process.env.PATH}` },
  })
  const calls = readFileSync(join(place, 'calls'), 'utf8').trim().split('\n')
  return { status, stdout, calls, lastLine: stdout.trim().split('\n').at(-1) }
}

describe.skipIf(process.platform === 'win32')('.ci/run', () => {
  it('installs, runs all that `npm run check` runs, and counts checks as passed', () => {
    const { status, calls, lastLine } = runCi([], [test('passed'), test('passed'), test('pending')])
    expect([status, lastLine]).toEqual([0, '6 passed, 0 failed, 1 skipped'])
    expect(calls[0]).toBe('npm ci')
    expect(calls.at(-1)).toMatch(/^npm test /)
    const checks = ['typecheck', 'lint', 'format', 'knip']
    expect(calls.slice(1, -1).sort()).toEqual(checks.map((name) => `npm run --silent ${name}`).sort())
    expect(scripts.check).toBe(`${checks.map((name) => `npm run ${name}`).join(' && ')} && npm test`)
  })

  it('counts a failed check, shows its output and still runs the tests', () => {
    const { status, stdout, lastLine } = runCi(['lint', 'knip'], [test('passed')])
    expect([status, lastLine]).toEqual([1, '3 passed, 2 failed'])
    expect(stdout).toContain('fault in lint\n== lint failed')
    expect(stdout).toContain('fault in knip\n== knip failed')
  })

  it('counts failed tests with failed checks', () => {
    const { status, lastLine } = runCi(['typecheck'], [test('passed'), test('failed')])
    expect([status, lastLine]).toEqual([1, '4 passed, 2 failed'])
  })
})
