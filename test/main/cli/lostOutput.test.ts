/** Output that its disk does not take: the command did what was asked, and yet whoever asked has not got it. */
import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CLI, sample } from './runCli'

describe.skipIf(!existsSync('/dev/full'))(
  'an output that cannot be written (skipped where there is no /dev/full)',
  () => {
    it('is not told as done', () => {
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
  },
)
