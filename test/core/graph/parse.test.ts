import { describe, expect, test } from 'vitest'
import { formatProject } from '#core/graph/format'
import { MAX_PROJECT_LENGTH, parseProject } from '#core/graph/parse'
import { MAX_EDGES, MAX_NODES } from '#core/graph/project'
import { groupNodes } from '#core/graph/groupBlocks'
import { chain, graphOf, ports, projectOf } from './projects'

const text = formatProject(projectOf(chain))

/** The text with one change, whose place must be found. */
function changed(from: string, to: string, source = text): string {
  expect(source).toContain(from)
  return source.replace(from, to)
}

/** The 1-based line that contains `part`. */
function lineOf(source: string, part: string): number {
  return source.slice(0, source.indexOf(part)).split('\n').length
}

const last = lineOf(text, '"threads"')

function onlyProblem(source: string) {
  const { project, problems, readOnly } = parseProject(source, 'net.loom')
  expect(problems).toHaveLength(1)
  return { ...problems[0]!, hasProject: project !== undefined, readOnly }
}

describe('text that is not JSON', () => {
  test('a missing comma is reported with its line, column and text', () => {
    expect(onlyProblem(changed('"name": "Digits",', '"name": "Digits"'))).toMatchObject({
      code: 'project-not-json',
      place: { file: 'net.loom', line: 5, column: '3' },
      expected: ', or }',
      received: '" in: "task": "classification",',
      fix: 'Correct line 5 at column 3.',
      hasProject: false,
    })
  })

  test.each([
    [
      'a comma too many',
      changed('"threads": null', '"threads": null,'),
      `Remove the comma before line ${last + 1}, column 3.`,
    ],
    ['a comment', changed('"name"', '// mine\n  "name"'), 'Remove the comment in line 4; JSON has none.'],
    ['single quotes', changed('"Digits"', "'Digits'"), 'Use double quotes in line 4.'],
    [
      'a merge conflict',
      changed('  "name": "Digits",', '<<<<<<< HEAD\n  "name": "Digits",\n=======\n'),
      'Resolve the merge conflict in the file.',
    ],
    ['half a file', text.slice(0, 300), 'The file is cut short: restore it from a backup or from version control.'],
    ['nothing', ' \n', 'Choose a project file, or restore this one from a backup.'],
    ['a raw line break in a text', changed('Digits', 'Dig\nits'), 'Correct line 4 at column 15.'],
    ['a wrong escape', changed('Digits', 'C:\\digits'), 'Correct line 4 at column 14.'],
    ['a second value after the end', `${text}{}`, `Correct line ${last + 3} at column 1.`],
    ['NaN', changed('0.001', 'NaN'), `Correct line ${lineOf(text, '0.001')} at column 21.`],
  ])('%s has specific advice', (_, source, fix) => {
    expect(onlyProblem(source)).toMatchObject({ code: 'project-not-json', fix, hasProject: false })
  })

  test('a file nested 100,000 levels deep is rejected without a crash', () => {
    expect(onlyProblem('['.repeat(100_000) + ']'.repeat(100_000))).toMatchObject({
      code: 'project-not-json',
      expected: 'at most 100 levels',
    })
  })

  test('a byte order mark is accepted', () => {
    expect(parseProject(`\uFEFF${text}`).project).toEqual(projectOf(chain))
  })
})

describe('JSON that is not a project', () => {
  test.each(['[]', '3', 'null', '{}', '{"format":"other"}', '"layerloom"'])('%s', (source) => {
    expect(onlyProblem(source)).toMatchObject({ code: 'project-format', hasProject: false })
  })

  test.each(['"1"', '-1', '1.5', 'null'])('version %s is rejected', (version) => {
    const problem = onlyProblem(changed('"version": 1', `"version": ${version}`))
    expect(problem).toMatchObject({ code: 'project-format', place: { param: 'version' }, received: version })
  })

  test('a text that is too long is rejected before it is parsed', () => {
    expect(onlyProblem(' '.repeat(MAX_PROJECT_LENGTH + 1))).toMatchObject({ code: 'project-format' })
  })
})

describe('fields of the wrong form', () => {
  test('each becomes a problem with line, path, expected, received and fix', () => {
    const source = [
      ['"epochs": 5', '"epochs": 0'],
      ['"batchSize": 64', '"batchSize": 1.5'],
      ['"device": "auto"', '"device": "gpu"'],
      ['"name": "mnist"', '"name": "mnis"'],
      ['  "name": "Digits",\n', ''],
    ].reduce((before, [from, to]) => changed(from!, to!, before), text)
    const { project, problems } = parseProject(source, 'net.loom')
    expect(project).toBeUndefined()
    expect(
      problems.map(({ place, expected, received, fix }) => [place.line, place.param, expected, received, fix]),
    ).toEqual([
      [1, 'name', 'a string', 'nothing', 'Add name: a string.'],
      [
        lineOf(source, 'mnis'),
        'data.source.name',
        '"mnist", "penguins", "cars", "spam", "stocks", "fashion-mnist", "kmnist" or "cifar10"',
        '"mnis"',
        'Did you mean “mnist”? Set data.source.name to "mnist", "penguins", "cars", "spam", "stocks", "fashion-mnist", "kmnist" or "cifar10".',
      ],
      [
        lineOf(source, '"batchSize"'),
        'training.batchSize',
        'a whole number',
        '1.5',
        'Set training.batchSize to a whole number.',
      ],
      [
        lineOf(source, '"epochs"'),
        'training.epochs',
        'a number of at least 1',
        '0',
        'Set training.epochs to a number of at least 1.',
      ],
      [
        lineOf(source, '"device"'),
        'training.device',
        '"auto", "cpu", "webgpu", "cuda" or "dml"',
        '"gpu"',
        'Set training.device to "auto", "cpu", "webgpu", "cuda" or "dml".',
      ],
    ])
  })

  test('an invalid parameter names its layer, also inside a block', () => {
    const { graph } = groupNodes(chain, ['conv1', 'relu1'], ports, 'stem')
    graph.nodes[1]!.graph!.nodes[1]!.params = { kernel: [3, 3] }
    const problem = onlyProblem(changed('"kernel": [3, 3]', '"kernel": [3, "3"]', formatProject(projectOf(graph))))
    expect(problem).toMatchObject({
      code: 'project-format',
      place: { file: 'net.loom', node: 'stem.0.conv1', param: 'kernel', line: 25 },
      received: '[3,"3"]',
      data: { path: 'graph.nodes[1].graph.nodes[1].params.kernel' },
    })
  })

  test('a layer name with a dot or a space is rejected', () => {
    expect(onlyProblem(changed('"id": "conv1"', '"id": "conv.1"'))).toMatchObject({
      code: 'project-format',
      place: { node: 'conv.1', param: 'id' },
      expected: 'a name that starts with a letter, followed by letters, digits, _ or -',
    })
  })

  test('a misspelled setting is a warning that lists the valid names', () => {
    expect(onlyProblem(changed('"epochs": 5', '"epoch": 7'))).toMatchObject({
      code: 'project-format',
      severity: 'warning',
      place: { line: lineOf(text, '"epochs"'), param: 'training.epoch' },
      hasProject: true,
    })
  })

  test('a misspelled optional setting is reported with its valid name, too', () => {
    const table = '"source": { "kind": "table", "path": "a.csv", "label": "y", "columns": [], "sentinel": [-999] }'
    const problem = onlyProblem(changed('"source": { "kind": "builtin", "name": "mnist" }', table))
    expect(problem.fix).toBe('Did you mean “sentinels”? Correct the name, or remove data.source.sentinel.')
    expect(problem.expected).toMatch(/^one of kind, path, label, columns, delimiter, .*, missing, sentinels$/)
    const layer = onlyProblem(changed('"kind": "conv2d"', '"kind": "conv2d", "trainabel": false'))
    expect(layer).toMatchObject({ place: { node: 'conv1', param: 'trainabel' }, data: { near: 'trainable' } })
  })

  test('a prototype in a file does not enter the project', () => {
    const source = changed('"kind": "conv2d"', '"kind": "conv2d", "params": { "__proto__": 1 }')
    const { project } = parseProject(source)
    expect(Object.keys(project!.graph.nodes[1]!.params)).toEqual([])
  })
})

describe('blocks in a file', () => {
  const blockText = formatProject(projectOf(groupNodes(chain, ['conv1', 'relu1'], ports).graph))

  test('a graph on a layer that is not a block is rejected', () => {
    expect(onlyProblem(changed('"kind": "block"', '"kind": "relu"', blockText))).toMatchObject({
      code: 'block-form',
      place: { file: 'net.loom', node: 'block1', param: 'graph' },
      hasProject: false,
    })
  })

  test('a block without a graph is rejected', () => {
    expect(onlyProblem(changed('"kind": "relu"', '"kind": "block"'))).toMatchObject({
      code: 'block-form',
      place: { node: 'relu1', param: 'graph' },
    })
  })

  test('blocks that would expand into too many layers are rejected', () => {
    const source = changed('"repeat": 1', '"repeat": 1000', blockText)
    expect(parseProject(source).problems).toEqual([])
    const outer = groupNodes(parseProject(source).project!.graph, ['block1'], ports, 'outer').graph
    const nested = changed('"repeat": 1,', '"repeat": 1000,', formatProject(projectOf(outer)))
    expect(onlyProblem(nested)).toMatchObject({
      code: 'graph-too-large',
      expected: `at most ${MAX_NODES} layers and ${MAX_EDGES} edges`,
    })
  })
})

describe('other versions', () => {
  test('a newer file that is still compatible opens read-only', () => {
    const { project, problems, readOnly } = parseProject(
      changed('"version": 1,', '"version": 9, "cloud": { "x": 1 },'),
      'net.loom',
    )
    expect(project).toEqual(projectOf(chain))
    expect(readOnly).toBe(true)
    expect(problems).toMatchObject([{ code: 'project-version', severity: 'warning', received: 'version 9' }])
  })

  test('a newer file that is incompatible is rejected with the reason', () => {
    const problem = onlyProblem(changed('"version": 1', '"version": 9').replace('"nodes": [', '"nodes": 3, "n": ['))
    expect(problem).toMatchObject({ code: 'project-version', severity: 'error', hasProject: false })
    expect(problem.data!.reason).toContain('graph.nodes')
  })

  test('an older file is migrated', () => {
    const { training, data, name, task } = projectOf(graphOf('input'))
    const layers = [{ kind: 'flatten' }, { kind: 'linear', params: { units: 10 } }]
    const parsed = parseProject(JSON.stringify({ format: 'layerloom', version: 0, name, task, data, layers, training }))
    expect(parsed).toMatchObject({ problems: [], readOnly: false, migratedFrom: 0 })
    expect(parsed.project!.graph.edges).toEqual(
      graphOf('input', 'flatten1 < input', 'linear1 < flatten1', 'output < linear1').edges,
    )
  })
})
