/** The proposal of an import, made by a real host, and its corrections by the user. */
// @vitest-environment happy-dom
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { h } from 'vue'
import { useImport } from '../../../../src-renderer/data/import/importStore'
import ProposalView from '../../../../src-renderer/data/import/ProposalView.vue'
import { temporaryFolder } from '../../../main/rpc/hostFixture'
import { eventually } from '../../../support/eventually'
import { connectHost } from '../../support/connectHost'
import { byTestId, choose, findAll, freshStores, mountComponent, speak, textsOf } from '../../support/mountComponent'

/** The view of the host's proposal for a path. */
async function mountProposal(path: string, kind: 'data' | 'data-folder' = 'data') {
  await connectHost({ dialogs: { open: async () => [path], save: async () => path } })
  const pinia = freshStores()
  const importing = useImport(pinia)
  await importing.choose(kind)
  expect(importing.failure).toBe('')
  mountComponent(() => (importing.proposal === null ? null : h(ProposalView, { proposal: importing.proposal })), {
    pinia,
  })
  return importing
}

const facts = () => textsOf('.proposal-view-facts dd')
const penguins = resolve(import.meta.dirname, '../../../../resources/data/penguins.csv')

describe('a table', () => {
  it('shows its row count, classes and first rows, with the label first', async () => {
    await mountProposal(penguins)
    expect(facts()).toContain('344')
    expect(textsOf('[data-testid="import-classes"] li > span:first-child')).toHaveLength(3)
    expect([textsOf('th b')[0], textsOf('tbody tr').length > 3]).toEqual(['Species', true])
  })

  it('can become a regression, which has no classes', async () => {
    const importing = await mountProposal(penguins)
    await choose(byTestId('import-task'), 'Regression')
    expect([importing.saidTask, findAll('[data-testid="import-classes"]').length]).toEqual(['regression', 0])
  })

  it('is proposed again after a role changes', async () => {
    const importing = await mountProposal(penguins)
    await choose(byTestId('role-Island'), 'Ignored')
    await eventually(() => expect(importing.stale).toBe(false))
    expect(importing.said).toMatchObject({ columns: [{ name: 'Island', role: 'ignored' }] })
    expect(findAll('[data-testid="type-Island"]')).toEqual([])
  })

  it('is read again with another delimiter', async () => {
    const path = join(await temporaryFolder(), 'marks.csv')
    await writeFile(
      path,
      ['a;b,label', ...Array.from({ length: 30 }, (_, i) => `${i};${i % 7},${i % 2 ? 'x' : 'y'}`)].join('\n'),
    )
    const importing = await mountProposal(path)
    const before = textsOf('th b')
    await choose(byTestId('dialect-delimiter'), before.length === 2 && before.includes('a') ? 'Comma' : 'Semicolon')
    await eventually(() => expect(textsOf('th b')).not.toEqual(before))
    expect(importing.said).toMatchObject({ kind: 'table' })
  })
})

it('a folder of images shows its classes with counts, and no task to choose', async () => {
  const folder = await temporaryFolder()
  const picture = Buffer.concat([Buffer.from('P5 4 4 255\n'), Buffer.alloc(16, 7)])
  for (const [name, count] of [
    ['red', 12],
    ['blue', 9],
  ] as const) {
    await mkdir(join(folder, name))
    for (let i = 0; i < count; i++) await writeFile(join(folder, name, `${i}.pgm`), picture)
  }
  await mountProposal(folder, 'data-folder')
  expect(textsOf('[data-testid="import-classes"] li > span').sort()).toEqual(['12', '9', 'blue', 'red'])
  expect(findAll('[data-testid="import-task"], [data-testid="table-preview"]')).toEqual([])
})

describe('a file without data', () => {
  const empty = async () => {
    const path = join(await temporaryFolder(), 'nothing.csv')
    await writeFile(path, 'a,b\n')
    return path
  }

  it('lists its problems', async () => {
    await mountProposal(await empty())
    expect(textsOf('[data-testid="import-problems"] li').length).toBeGreaterThan(0)
  })

  it('lists them in Chinese', async () => {
    await speak('zh-CN')
    await mountProposal(await empty())
    expect(textsOf('[data-testid="import-problems"] li').join()).toMatch(/[\u4e00-\u9fff]/)
  })
})
