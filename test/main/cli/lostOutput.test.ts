/** Output that cannot be written: the command has done its work, but the user has not received the result. */
import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CLI, sample } from './runCli'

describe.skipIf(!existsSync('/dev/full'))('an output that cannot be written (skipped if there is no /dev/full)', () => {
  it('is not reported as success', () => {
    const full = openSync('/dev/full', 'w')
    const { status, stderr } = spawnSync(process.execPath, [CLI, 'inspect', sample('penguins'), '--json'], {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    })
    closeSync(full)
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/^The output could not be written to its end: .*ENOSPC/),
    ])
  })
})
