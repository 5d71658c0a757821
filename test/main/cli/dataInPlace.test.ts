/**
 * Data passed to a command: its problems take precedence over the requested action, and it is not accepted as a
 * project.
 */
import { describe, expect, it } from 'vitest'
import { ProblemError } from '#core/problems/problem'
import { inspectPath, proposalOf } from '../../../src-main/cli/dataReport/inspection'
import { loadProject } from '../../../src-main/cli/loadProject'
import { pngBytes } from '../data/readers/pngBytes'
import { problemsOf, temporaryFolder } from '../data/temporaryFolder'

const problemsOfLabel = async (text: string, label = 'lab') => {
  const folder = await temporaryFolder()
  const path = await folder.write('a.csv', text)
  return proposalOf(path, label).then(
    ({ problems }) => problems,
    (error: unknown) => {
      if (error instanceof ProblemError) return error.problems
      throw error
    },
  )
}

describe('a label of a file that cannot be read', () => {
  it.each([
    ['a header alone', 'a,b,lab\n', 'data-empty'],
    ['nothing', '', 'data-empty'],
    ['one row', 'a,b,lab\n1,2,x\n', 'data-label'],
    ['a quote without end', 'a,b,lab\n1,"2,x\n1,2,y\n', 'data-format'],
    ['a NUL byte', 'a,b,lab\n1,2,x\n1,2\0,y\n', 'data-format'],
    ['a NUL byte, of another column', 'a,b,lab\n1,2,x\n1,2\0,y\n', 'data-format', 'c'],
  ])('is not reported as missing: %s is the problem', async (_, text, code, label?: string) => {
    const problems = await problemsOfLabel(text, label)
    expect(problems.filter(({ severity }) => severity === 'error')).toMatchObject([{ code }])
  })

  it('is reported as missing if the file has other columns', async () => {
    expect(await problemsOfLabel('a,b\n1,x\n2,y\n')).toMatchObject([{ code: 'command-line', expected: 'a, b' }])
    expect(await problemsOfLabel('a,b\n1,1\n1,1\n')).toMatchObject([{ code: 'command-line', expected: 'a, b' }])
  })
})

describe('data in place of a project', () => {
  it.each([
    ['plants.csv', 'a,y\n1,x\n2,z\n'],
    ['my plants.txt', 'one text'],
    ['x.npy', '\x93NUMPY'],
    ['a.png', pngBytes(1, 1, Uint8Array.of(0, 0))],
  ])('is recognized as data, with the command to continue: %s', async (name, content) => {
    const folder = await temporaryFolder()
    const path = await folder.write(name, content)
    const [problem] = await problemsOf(loadProject(path))
    const word = name.includes(' ') ? `'${path}'` : path
    expect(problem).toMatchObject({
      message: 'This is data, not a project.',
      fix: `Start a project from it: layerloom new ${word}.`,
    })
  })

  it('can be a folder', async () => {
    const folder = await temporaryFolder()
    for (const name of ['cat/1.png', 'cat/2.png', 'dog/1.png'])
      await folder.write(name, pngBytes(1, 1, Uint8Array.of(0, 0)))
    expect(await problemsOf(loadProject(folder.path))).toMatchObject([{ received: 'a folder of data' }])
    expect(await problemsOf(loadProject((await temporaryFolder()).path))).toMatchObject([{ code: 'project-missing' }])
  })

  it('is treated as a project if a text file starts with a brace', async () => {
    const folder = await temporaryFolder()
    expect(await problemsOf(loadProject(await folder.write('a.txt', '\ufeff {')))).toMatchObject([
      { code: 'project-not-json' },
    ])
  })
})

it('reports once how many files of a folder are left out', async () => {
  const folder = await temporaryFolder()
  for (const name of [
    'train/cat/1.png',
    'train/cat/2.png',
    'train/dog/1.png',
    'train/dog/2.png',
    'test/1.png',
    'test/2.png',
  ])
    await folder.write(name, pngBytes(1, 1, Uint8Array.of(0, 0)))
  const { signal } = new AbortController()
  const { problems } = await inspectPath(folder.path, {
    changes: [],
    label: undefined,
    report: () => undefined,
    signal,
  })
  expect(problems.filter(({ data }) => data?.['case'] === 'left-out')).toMatchObject([
    { message: '2 files are left out: beside the folders of the splits.' },
  ])
})
