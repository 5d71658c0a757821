/** Project files through the contract: opening, saving, autosave and recovery, recent files, templates. */
import { execFile } from 'node:child_process'
import { copyFile, chmod, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { parseProject } from '#core/graph/parse'
import type { Project } from '#core/graph/project'
import { displayPath } from '../../../src-main/disk/fileGrants'
import { sampleProject, startHost, temporaryFolder } from './hostFixture'
import { eventually } from '../../support/eventually'

const run = promisify(execFile)
const document = 'document-1'
const code = (name: string) => ({
  problems: [expect.objectContaining({ code: name, fix: expect.any(String) as string })],
})

/** A host whose save dialog answers with this file name in its folder. */
async function startWithFile(name = 'digits.loom') {
  const folder = await temporaryFolder()
  const path = join(folder, name)
  const dialogs = { open: async () => [path], save: async () => path }
  const started = await startHost({ dialogs })
  const file = await started.client.dialog.save({ kind: 'project', suggestedName: 'digits' })
  if (file === null) throw new Error('no file')
  return { ...started, folder, path, file: file.id }
}

describe('saving', () => {
  it('writes a file that opens as the same project', async () => {
    const { client, file, path, folder } = await startWithFile()
    const saved = await client.project.save({ file, revision: null, document, project: sampleProject })
    expect(saved.project).toEqual(sampleProject)
    const opened = await client.project.open({ file })
    expect(opened).toMatchObject({ project: sampleProject, problems: [], readOnly: false, revision: saved.revision })
    expect(opened.file).toMatchObject({ name: 'digits.loom', folder: displayPath(folder) })
    expect(parseProject(await readFile(path, 'utf8')).project).toEqual(sampleProject)
    expect(await readdir(folder)).toEqual(['digits.loom'])
  })

  it('keeps the id of the document; a file without one has the same id at every opening', async () => {
    const { client, file } = await startWithFile()
    await client.project.save({ file, revision: null, document, project: sampleProject })
    const first = await client.project.open({ file })
    expect(first.project?.id).toMatch(/^[0-9a-f]{32}$/)
    expect((await client.project.open({ file })).project?.id).toBe(first.project?.id)
    const named = { ...sampleProject, id: 'document-of-mine' }
    await client.project.save({ file, revision: null, document, project: named })
    expect((await client.project.open({ file })).project?.id).toBe('document-of-mine')
  })

  it('adds the extension to the name from the dialog', async () => {
    const { file, client, folder } = await startWithFile('net')
    await client.project.save({ file, revision: null, document, project: sampleProject })
    expect(await readdir(folder)).toEqual(['net.loom'])
  })

  it('replaces a file only if it is unchanged since opening, unless told to', async () => {
    const { client, file, path } = await startWithFile()
    const { revision } = await client.project.save({ file, revision: null, document, project: sampleProject })
    const foreign = (await readFile(path, 'utf8')).replace('"digits"', '"theirs"')
    await writeFile(path, foreign)
    await expect(client.project.save({ file, revision, document, project: sampleProject })).rejects.toMatchObject(
      code('file-changed'),
    )
    expect(await readFile(path, 'utf8')).toBe(foreign)
    await client.project.save({ file, revision: null, document, project: sampleProject })
    expect(await readFile(path, 'utf8')).toContain('"digits"')
  })

  it('preserves permissions and follows links', async () => {
    const { client, file, path, folder } = await startWithFile()
    const real = join(folder, 'real.loom')
    await writeFile(real, '{}')
    await chmod(real, 0o640)
    await symlink(real, path)
    await client.project.save({ file, revision: null, document, project: sampleProject })
    expect((await stat(real)).mode & 0o777).toBe(0o640)
    expect(parseProject(await readFile(real, 'utf8')).project).toEqual(sampleProject)
  })

  it('rewrites relative data paths for the new folder', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'deep', 'er'), { recursive: true })
    const { client } = await startHost({
      dialogs: { open: async () => [join(folder, 'net.loom')], save: async () => join(folder, 'deep', 'er', 'net') },
    })
    const [from] = await client.dialog.open({ kind: 'project' })
    const to = await client.dialog.save({ kind: 'project', suggestedName: 'net' })
    const save = async (from: NonNullable<typeof to> | null, path: string) => {
      const source = { kind: 'table' as const, path, label: 'mpg', columns: [] }
      const project = { ...sampleProject, data: { ...sampleProject.data, source } }
      const saved = await client.project.save({
        file: to!.id,
        from: from?.id ?? null,
        revision: null,
        document,
        project,
      })
      return (saved.project.data.source as typeof source).path
    }
    expect(await save(from!, 'data/cars.csv')).toBe('../../data/cars.csv')
    expect(await save(to, 'data/cars.csv')).toBe('data/cars.csv')
    expect(await save(null, join(folder, 'deep', 'er', 'data', 'cars.csv'))).toBe('data/cars.csv')
    expect(await save(null, join(folder, 'cars.csv'))).toBe(join(folder, 'cars.csv'))
  })

  it('refuses a missing folder, a read-only one, and a name that is too long', async () => {
    const { client, file, folder } = await startWithFile()
    await rm(folder, { recursive: true })
    const save = () => client.project.save({ file, revision: null, document, project: sampleProject })
    await expect(save()).rejects.toMatchObject(code('file-write'))
    const long = await startWithFile(`${'x'.repeat(300)}.loom`)
    await expect(
      long.client.project.save({ file: long.file, revision: null, document, project: sampleProject }),
    ).rejects.toMatchObject(code('file-write'))
  })

  it('leaves the old file intact and no leftovers when the file cannot be written completely', async () => {
    const folder = await temporaryFolder()
    const script = join(folder, 'save.ts')
    const writer = join(import.meta.dirname, '../../../src-main/disk/atomicFile.ts')
    await writeFile(join(folder, 'old.loom'), 'old')
    await writeFile(
      script,
      `import { writeAtomically } from ${JSON.stringify(writer)}
       writeAtomically(${JSON.stringify(join(folder, 'old.loom'))}, 'x'.repeat(2_000_000)).then(
         () => console.log('written'),
         (error) => console.log(error.problems[0].code, error.problems[0].message),
       )`,
    )
    const { stdout } = await run(
      'bash',
      ['-c', `ulimit -f 1000; exec "${process.execPath}" --import tsx "${script}"`],
      {
        cwd: join(import.meta.dirname, '../../..'),
      },
    )
    expect(stdout).toBe('file-write The file would be larger than is allowed here.\n')
    expect(await readFile(join(folder, 'old.loom'), 'utf8')).toBe('old')
    expect((await readdir(folder)).sort()).toEqual(['old.loom', 'save.ts'])
  })

  it('reports a full disk', async (context) => {
    const disk = await temporaryFolder()
    const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=32k', 'tmpfs', disk]).then(
      () => true,
      () => false,
    )
    // The test above covers the same code path with a different error.
    if (!mounted) context.skip('a small disk can be mounted by root alone')
    onTestFinished(async () => void (await run('umount', [disk])))
    const path = join(disk, 'a.loom')
    const { client } = await startHost({ dialogs: { open: async () => [path], save: async () => path } })
    const file = await client.dialog.save({ kind: 'project', suggestedName: 'a' })
    await client.project.save({ file: file!.id, revision: null, document, project: sampleProject })
    const before = await readFile(path, 'utf8')
    await writeFile(join(disk, 'filler'), Buffer.alloc(24_000))
    const large = { ...sampleProject, graph: { ...sampleProject.graph, nodes: manyNodes(400) } }
    const refused = client.project.save({ file: file!.id, revision: null, document, project: large })
    await expect(refused).rejects.toMatchObject({ problems: [{ code: 'file-write', message: 'The disk is full.' }] })
    expect(await readFile(path, 'utf8')).toBe(before)
    expect((await readdir(disk)).sort()).toEqual(['a.loom', 'filler'])
  })
})

function manyNodes(count: number): Project['graph']['nodes'] {
  const [node] = sampleProject.graph.nodes
  return Array.from({ length: count }, (_, index) => ({ ...node!, id: `layer${index}` }))
}

describe('opening', () => {
  it('returns problems for a damaged file, and remembers only files that opened', async () => {
    const { client, path } = await startWithFile()
    await writeFile(path, '{ "format": "layerloom", ')
    const [file] = await client.dialog.open({ kind: 'project' })
    expect(await client.project.open({ file: file!.id })).toMatchObject({
      project: null,
      problems: [{ code: 'project-not-json', place: { file: path, line: 1 } }],
    })
    expect(await client.project.recent()).toEqual([])
  })

  it('rejects a missing file, another extension and an unknown id', async () => {
    const { client, file } = await startWithFile()
    await expect(client.project.open({ file })).rejects.toMatchObject(code('project-missing'))
    const other = await startHost({ dialogs: { open: async () => ['/etc/hostname'], save: async () => undefined } })
    const [hostname] = await other.client.dialog.open({ kind: 'project' })
    await expect(other.client.project.open({ file: hostname!.id })).rejects.toMatchObject(code('file-name'))
    const nothing = 'AAAAAAAAAAAAAAAAAAAAAA' as typeof file
    await expect(client.project.open({ file: nothing })).rejects.toMatchObject(code('file-unknown'))
    await expect(client.project.open({ file: '../../etc/passwd' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
  })

  it('opens a file of a newer version read-only, and never saves over it', async () => {
    const { client, file, path, folder } = await startWithFile()
    const newer = JSON.stringify({ ...sampleProject, version: 99, hologram: true })
    await writeFile(path, newer)
    const opened = await client.project.open({ file })
    expect(opened).toMatchObject({
      readOnly: true,
      project: { name: 'digits' },
      problems: [{ code: 'project-version' }],
    })
    for (const revision of [opened.revision, null])
      await expect(client.project.save({ file, revision, document, project: sampleProject })).rejects.toMatchObject(
        code('project-version'),
      )
    expect(await readFile(path, 'utf8')).toBe(newer)
    expect(await readdir(folder)).toEqual(['digits.loom'])
  })

  it('reads the text of a dropped file', async () => {
    const { client } = await startHost()
    const text = JSON.stringify(sampleProject)
    expect(await client.project.parse({ name: 'dropped.loom', text })).toMatchObject({ project: sampleProject })
    expect(await client.project.parse({ name: 'dropped.loom', text: 'x' })).toMatchObject({
      project: null,
      problems: [{ code: 'project-not-json', place: { file: 'dropped.loom' } }],
    })
  })
})

describe('autosave', () => {
  const state = { document, file: null, revision: null, project: sampleProject }

  it('is offered after the host crashed, restores the project, and is removed when it is saved', async () => {
    const { client, dataFolder, file, path } = await startWithFile()
    await client.project.autosave({ ...state, file })
    const edited = { ...sampleProject, name: 'edited' }
    await client.project.autosave({ ...state, file, project: edited })
    expect(await client.project.recoverable()).toEqual([])

    const next = await startHost({ dataFolder })
    const [offered, ...others] = await next.client.project.recoverable()
    expect(others).toEqual([])
    expect(offered).toMatchObject({ document, name: 'edited', file: { name: 'digits.loom' } })
    const recovered = await next.client.project.recover({ document })
    expect(recovered).toMatchObject({ project: edited, revision: null, file: { name: 'digits.loom' } })
    expect(await next.client.project.recoverable()).toEqual([])
    await next.client.project.save({ file: recovered.file!.id, revision: null, document, project: edited })
    expect(parseProject(await readFile(path, 'utf8')).project).toEqual(edited)
    expect(await readdir(join(dataFolder, 'autosave'))).toEqual([])
  })

  it('is offered to another window once its own is gone', async () => {
    const { client, openWindow, close } = await startHost()
    await client.project.autosave(state)
    const other = openWindow()
    expect(await other.client.project.recoverable()).toEqual([])
    close()
    await eventually(async () => expect(await other.client.project.recoverable()).toHaveLength(1))
    await other.client.project.discard({ document })
    expect(await other.client.project.recoverable()).toEqual([])
  })

  it('that is damaged is left in place and not offered', async () => {
    const { client, dataFolder } = await startHost()
    await mkdir(join(dataFolder, 'autosave'), { recursive: true })
    await writeFile(join(dataFolder, 'autosave', 'torn-file.json'), '{"savedAt":')
    expect(await client.project.recoverable()).toEqual([])
    await expect(client.project.recover({ document: 'torn-file' })).rejects.toMatchObject(code('project-missing'))
    expect(await readdir(join(dataFolder, 'autosave'))).toEqual(['torn-file.json'])
  })

  it('rejects a document id that is a path', async () => {
    const { client } = await startHost()
    const call = client.project.autosave({ ...state, document: '../../evil' })
    await expect(call).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})

describe('recent files', () => {
  it('list opened and saved files, latest first, also after a restart, and mark missing ones', async () => {
    const { client, file, path, folder, dataFolder, calls } = await startWithFile()
    await client.project.save({ file, revision: null, document, project: sampleProject })
    await copyFile(path, join(folder, 'b.loom'))
    const next = await startHost({
      dataFolder,
      dialogs: { open: async () => [join(folder, 'b.loom')], save: async () => undefined },
    })
    const [b] = await next.client.dialog.open({ kind: 'project' })
    await next.client.project.open({ file: b!.id })
    await rm(path)
    const recent = await next.client.project.recent()
    expect(recent.map((entry) => [entry.file.name, entry.exists])).toEqual([
      ['b.loom', true],
      ['digits.loom', false],
    ])
    await next.client.project.forget({ file: recent[1]!.file.id })
    expect(await next.client.project.recent()).toHaveLength(1)
    expect(calls).toContainEqual(['addRecentDocument', path])
  })
})

describe('templates', () => {
  it('are the sample projects', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'resources', 'projects'), { recursive: true })
    await writeFile(join(folder, 'resources', 'projects', 'mnist-tiny.loom'), JSON.stringify(sampleProject))
    await writeFile(join(folder, 'resources', 'projects', 'broken.loom'), '{')
    const { client } = await startHost({ root: { folder, version: '1.0.0' } })
    const summary = { template: 'mnist-tiny', name: 'digits', task: 'classification', source: 'mnist', layers: 4 }
    expect(await client.project.templates()).toEqual([summary])
    expect(await client.project.fromTemplate({ template: 'mnist-tiny' })).toMatchObject({ project: sampleProject })
    await expect(client.project.fromTemplate({ template: 'nothing' })).rejects.toMatchObject(code('project-missing'))
    await expect(client.project.fromTemplate({ template: '../x' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})
