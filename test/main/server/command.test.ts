/** The command that starts browser mode: its messages, and how it exits. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'

describe('the command', () => {
  const root = join(import.meta.dirname, '../../..')
  const start = (parameters: string[], environment: Record<string, string> = {}) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src-main/server.ts', ...parameters], {
      cwd: root,
      env: { ...process.env, ...environment, DISPLAY: '', WAYLAND_DISPLAY: '' },
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
    const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
    return { child, ended, output: () => output }
  }

  it('reports invalid input and exits with 2', async () => {
    const runs = [
      ['--port', 'x'],
      ['--port', '70000'],
      ['--nonsense'],
      ['a.loom', 'b.loom'],
      ['/no/such/file.loom'],
    ].map((parameters) => start([...parameters, '--no-open']))
    for (const { ended } of runs) expect(await ended).toBe(2)
    expect(runs[0]!.output()).toContain('--port must be an integer from 0 to 65535; received: x')
    expect(runs[4]!.output()).toContain('project-missing')
    const help = start(['--help'])
    expect(await help.ended).toBe(0)
    expect(help.output()).toContain('--idle-minutes')
  })
})
