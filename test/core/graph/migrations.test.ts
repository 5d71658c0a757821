import { expect, test } from 'vitest'
import { migrateProject, migrations, type JsonObject } from '#core/graph/migrations'
import { parseProject } from '#core/graph/parse'
import { PROJECT_VERSION } from '#core/graph/project'

/** The effect of each step, by its name: a document before and after it. */
const cases: Record<string, { before: JsonObject; after: JsonObject }[]> = {
  'name the layers': [
    {
      before: {
        version: 0,
        name: 'Draft',
        layers: [{ kind: 'conv2d', params: { channels: 8 } }, { kind: 'relu', trainable: false }, { kind: 'conv2d' }],
      },
      after: {
        version: 0,
        name: 'Draft',
        graph: {
          nodes: [
            { id: 'input', kind: 'input', position: [0, 0] },
            { id: 'conv1', kind: 'conv2d', params: { channels: 8 }, position: [0, 88] },
            { id: 'relu1', kind: 'relu', trainable: false, position: [0, 176] },
            { id: 'conv2', kind: 'conv2d', position: [0, 264] },
            { id: 'output', kind: 'output', position: [0, 352] },
          ],
          edges: [],
        },
      },
    },
    {
      before: { layers: [{ kind: 'input' }, { kind: 'output' }] },
      after: {
        graph: {
          nodes: [
            { id: 'input', kind: 'input', position: [0, 0] },
            { id: 'output', kind: 'output', position: [0, 88] },
          ],
          edges: [],
        },
      },
    },
    { before: { layers: 3 }, after: { graph: { nodes: 3, edges: [] } } },
  ],
  'connect the layers in a row': [
    {
      before: { graph: { nodes: [{ id: 'input' }, { id: 'relu1' }, { id: 'output' }], edges: [] } },
      after: {
        graph: {
          nodes: [{ id: 'input' }, { id: 'relu1' }, { id: 'output' }],
          edges: [
            { from: 'input', to: 'relu1', port: 'x' },
            { from: 'relu1', to: 'output', port: 'x' },
          ],
        },
      },
    },
    { before: { graph: { nodes: 3, edges: [] } }, after: { graph: { nodes: 3, edges: [] } } },
  ],
}

test('there is one migration for each version before the current one, in order', () => {
  expect(migrations.map(({ from }) => from)).toEqual(Array.from({ length: PROJECT_VERSION }, (_, version) => version))
})

test('every step of every migration is tested here', () => {
  const names = migrations.flatMap(({ steps }) => steps.map((step) => step.name))
  expect(Object.keys(cases).sort()).toEqual([...names].sort())
})

for (const { from, steps } of migrations) {
  for (const { name, migrate } of steps) {
    test(`version ${from}: ${name}`, () => {
      for (const { before, after } of cases[name]!) expect(migrate(before)).toEqual(after)
    })
  }
}

test('the whole chain ends at the current version', () => {
  expect(migrateProject({ version: 0, layers: [] }, 0)).toMatchObject({ version: PROJECT_VERSION })
})

test.each([{ layers: 3 }, {}, { layers: [3, { kind: 4 }, null] }])(
  'an old file of the wrong form %j returns problems',
  (part) => {
    const file = { format: 'layerloom', version: 0, name: 'a', task: 'regression', ...part }
    const { project, problems } = parseProject(JSON.stringify(file))
    expect(project).toBeUndefined()
    expect(problems.map(({ code }) => code)).toContain('project-format')
  },
)
