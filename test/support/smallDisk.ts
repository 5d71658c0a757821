/** A small separate disk, if this computer allows tests to mount one. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

export const canMount = process.platform === 'linux' && process.getuid?.() === 0 && mounts()

/** Path of a disk of this size, until the test ends. */
export function smallDisk(kilobytes: number): string {
  const path = mkdtempSync(join(tmpdir(), 'layerloom-disk-'))
  run('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', path])
  onTestFinished(() => {
    run('umount', [path])
    rmSync(path, { recursive: true })
  })
  return path
}

/** Makes the disk at `path` read-only from now on. */
export function makeReadOnly(path: string): void {
  run('mount', ['-o', 'remount,ro', path])
}

function mounts(): boolean {
  const path = mkdtempSync(join(tmpdir(), 'layerloom-disk-'))
  try {
    run('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', path])
    run('umount', [path])
    return true
  } catch {
    return false
  } finally {
    rmSync(path, { recursive: true, force: true })
  }
}

function run(command: string, args: readonly string[]): void {
  execFileSync(command, args, { stdio: 'ignore' })
}
