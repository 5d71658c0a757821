/** The frame of the command line: help, version, and usage errors. */
import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { CLI, jsonLines, ROOT, runCli, sample } from './runCli'

describe('help', () => {
  it('lists the commands and the exit codes', async () => {
    const { code, stdout } = await runCli(['--help'])
    expect(code).toBe(0)
    for (const name of ['train', 'evaluate', 'predict', 'export', 'inspect'])
      expect(stdout).toMatch(new RegExp(`^ {2}${name} +\\w`, 'm'))
    expect(stdout).toContain('0 success, 1 failure, 2 invalid input, 130 interrupted')
  })

  it.each(['train', 'evaluate', 'predict', 'export', 'inspect'])(
    'of %s lists its arguments, its options and examples',
    async (name) => {
      const { code, stdout, stderr } = await runCli([name, '--help'])
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).toMatch(new RegExp(`Usage .* ${name} <`))
      expect(stdout).toContain('--json')
      expect(stdout).toMatch(new RegExp(`Examples\\n {2}.* ${name} `))
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThan(140)
    },
  )

  it.each([
    [['help', 'train'], / train <project\.loom/],
    [['help', 'data', 'cache', 'clear'], / data cache clear \[key…\]/],
    [['help', 'data'], / data <command> \[options\]/],
    [['help'], / <command> \[options\]/],
  ])('is also shown for %j', async (words, usage) => {
    const { code, stdout, stderr } = await runCli(words)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(usage)
  })

  it('is printed for a call without a command, with exit code 2', async () => {
    const { code, stdout } = await runCli([])
    expect(code).toBe(2)
    expect(stdout).toContain('Commands')
  })
})

describe('the program', () => {
  it('prints its version', async () => {
    const { stdout } = await runCli(['--version'])
    expect(stdout).toBe('0.1.0\n')
  })

  it.skipIf(process.platform === 'win32')('can be executed directly, as npx does', () => {
    const { status, stdout } = spawnSync(CLI, ['--version'], { encoding: 'utf8', cwd: '/' })
    expect({ status, stdout }).toEqual({ status: 0, stdout: '0.1.0\n' })
  })

  it('is found by npx in a clone', () => {
    const { status, stdout } = spawnSync('npx', ['--offline', 'layerloom', '--version'], {
      encoding: 'utf8',
      cwd: ROOT,
      shell: process.platform === 'win32',
    })
    expect({ status, stdout }).toEqual({ status: 0, stdout: '0.1.0\n' })
  })

  it('exits quietly when the reader of its output closes the pipe', () => {
    const { status, stderr } = spawnSync(
      'bash',
      ['-c', `"${process.execPath}" "${CLI}" inspect "${sample('resnet-tiny')}" | head -1; exit \${PIPESTATUS[0]}`],
      { encoding: 'utf8' },
    )
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })
})

describe('a mistake in the command line', () => {
  it.each([
    [['trian', 'x.loom'], 'There is no command “trian”.'],
    [['train'], 'train needs <project.loom>.'],
    [['train', 'a.loom', 'b.loom'], 'train takes no more arguments.'],
    [['train', 'a.loom', '--epoch', '3'], "Unknown option '--epoch'."],
    [['train', 'a.loom', '--lr'], "Option '--lr <value>' argument missing."],
    [['train', 'a.loom', '--lr', '1', '--lr', '2'], '--learning-rate can be given only once.'],
    [['train', 'a.loom', '--device', 'tpu'], '--device does not accept “tpu”.'],
    [['train', 'a.loom', '--limit', '0'], '--limit must be a positive integer.'],
    [['evaluate', 'run', '--split', 'train'], '--split does not accept “train”.'],
    [['predict', 'run'], 'predict needs a file, or a text with --text.'],
    [['export', 'run', '--to', 'onnx'], 'export needs -o FILE.'],
  ])('layerloom %j is reported and exits with 2', async (words, message) => {
    const { code, stdout, stderr } = await runCli(words)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr).toMatch(/fix {7,}(Did you mean “.*”\? )?See layerloom|fix +Add e\.g\. -o/)
  })

  it.each([
    [['trian', 'x.loom'], 'Did you mean “train”? See layerloom --help.'],
    [['help', 'pedict'], 'Did you mean “predict”? See layerloom --help.'],
    [['date', 'inspect', 'x'], 'Did you mean “data inspect”? See'],
    [['data', 'cache', 'lits'], 'Did you mean “data cache list”? See'],
    [['train', 'a.loom', '--epoch', '3'], 'Did you mean “--epochs”? See'],
    [['train', 'a.loom', '--device', 'gpu'], 'See layerloom train --help.'],
    [['train', 'a.loom', '--device', 'webgup'], 'Did you mean “webgpu”? See'],
    [['data', 'download', 'fashion-mnst'], 'Did you mean “fashion-mnist”? See'],
    [
      ['train', 'resources/projects/mnist-ccn.loom'],
      'Did you mean “resources/projects/mnist-cnn.loom”? Check the name',
    ],
    [['inspect', 'penguin'], 'Did you mean “resources/projects/penguins.loom”? Check the name'],
  ])('layerloom %j suggests what was meant', async (words, fix) => {
    const { code, stderr } = await runCli(words)
    expect(code).toBe(2)
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(`fix ${fix}`)
  })

  it('is one JSON line with --json', async () => {
    const { code, stdout, stderr } = await runCli(['train', 'a.loom', '--limit', '-3x', '--json'])
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' })
    expect(jsonLines(stdout)).toMatchObject([
      { event: 'error', code: 'command-line', fix: 'See layerloom train --help.' },
    ])
  })
})
