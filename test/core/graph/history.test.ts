import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Command } from '#core/graph/commands'
import { expandBlocks } from '#core/graph/blocks'
import { formatProject } from '#core/graph/format'
import {
  canRedo,
  canUndo,
  describeEdit,
  endGesture,
  execute,
  historyEntries,
  jump,
  record,
  redo,
  startHistory,
  undo,
  type History,
} from '#core/graph/history'
import { parseProject } from '#core/graph/parse'
import { ProblemError } from '#core/problems/problem'
import { chain, freezeDeeply, ports, projectOf, residual } from './projects'
import { anyDraws, commandFor } from './randomCommands'

const project = freezeDeeply(projectOf(chain))

const move = (x: number): Command => ({ type: 'node.move', positions: { conv1: [x, 0] } })
const labels = (history: History): string[] => historyEntries(history).map(({ label }) => label.name)

describe('undo and redo', () => {
  test('traverse the same documents back and forth', () => {
    const start = startHistory(project)
    expect([canUndo(start), canRedo(start)]).toEqual([false, false])
    const edited = execute(execute(start, move(8)), { type: 'project.rename', name: 'Other' })
    const back = undo(undo(edited))
    expect(back.present.project).toBe(project)
    expect([canUndo(back), canRedo(back)]).toEqual([false, true])
    expect(redo(redo(back)).present.project).toBe(edited.present.project)
    expect(undo(back)).toBe(back)
    expect(redo(edited)).toBe(edited)
  })

  test('a new edit after undo discards the redo steps', () => {
    const history = execute(undo(execute(startHistory(project), move(8))), move(16))
    expect(canRedo(history)).toBe(false)
    expect(history.present.project.graph.nodes[1]!.position).toEqual([16, 0])
  })

  test('an edit that changes nothing is not recorded', () => {
    const history = execute(startHistory(project), move(8))
    expect(execute(history, move(8))).toBe(history)
  })

  test('an invalid edit throws its problem and leaves the history unchanged', () => {
    const history = startHistory(project)
    expect(() => execute(history, { type: 'node.remove', ids: ['ghost'] })).toThrow(ProblemError)
  })

  test('undoing a group leaves no block behind', () => {
    const history = execute(startHistory(project), { type: 'block.group', ids: ['conv1', 'relu1'] })
    expect(history.present.project.graph.nodes.some(({ kind }) => kind === 'block')).toBe(true)
    expect(undo(history).present.project).toBe(project)
  })
})

describe('the history list', () => {
  const history = [
    move(8),
    { type: 'project.rename', name: 'Other' },
    { type: 'node.setParam', id: 'conv1', name: 'channels', value: 4 },
  ].reduce((before, command) => execute(before, command as Command), startHistory(project))

  test('names every edit, and jumping shows that state and keeps the others', () => {
    expect(labels(history)).toEqual(['opened', 'node.move', 'project.rename', 'node.setParam'])
    const jumped = jump(history, 1)
    expect(jumped.present.project.name).toBe('Digits')
    expect(jumped.past).toHaveLength(1)
    expect(labels(jumped)).toEqual(labels(history))
    expect(jump(jumped, 3).present.project).toBe(history.present.project)
    expect(jump(history, 7)).toBe(history)
    expect(jump(history, -1)).toBe(history)
  })

  test('forgets the oldest states beyond its limit', () => {
    let long = startHistory(project)
    for (let x = 1; x <= 30; x++) long = execute(long, move(x), { limit: 10 })
    expect(long.past).toHaveLength(10)
    expect(long.past[0]!.project.graph.nodes[1]!.position).toEqual([20, 0])
  })

  test('labels describe what an edit was about', () => {
    expect(describeEdit({ type: 'node.setParam', id: 'conv1', name: 'kernel', value: 3 })).toEqual({
      name: 'node.setParam',
      subjects: ['conv1'],
      detail: 'kernel',
    })
    expect(
      describeEdit({ type: 'batch', label: 'fix.flatten', commands: [{ type: 'node.remove', ids: ['a', 'b'] }] }),
    ).toEqual({ name: 'fix.flatten', subjects: ['a', 'b'] })
  })

  test('replacing the document is an edit too', () => {
    const other = projectOf(residual)
    const replaced = record(startHistory(project), other, { name: 'template', subjects: ['residual'] })
    expect(replaced.present.project).toBe(other)
    expect(undo(replaced).present.project).toBe(project)
  })
})

describe('gestures', () => {
  const drag = (history: History, ...xs: number[]): History =>
    xs.reduce((before, x) => execute(before, move(x), { gesture: 'drag' }), history)

  test('a drag is one entry regardless of its number of moves', () => {
    const dragged = drag(startHistory(project), 1, 2, 3, 4)
    expect(labels(dragged)).toEqual(['opened', 'node.move'])
    expect(undo(dragged).present.project).toBe(project)
  })

  test('a second drag is a second entry', () => {
    const twice = drag(endGesture(drag(startHistory(project), 1, 2)), 3, 4)
    expect(twice.past).toHaveLength(2)
    expect(undo(twice).present.project.graph.nodes[1]!.position).toEqual([2, 0])
  })

  test('another edit between, or an undo, ends a drag', () => {
    const between = drag(execute(drag(startHistory(project), 1), { type: 'project.rename', name: 'Other' }), 2)
    expect(between.past).toHaveLength(3)
    const undone = drag(undo(drag(endGesture(drag(startHistory(project), 1)), 2)), 3)
    expect(undone.past).toHaveLength(2)
    expect(undo(undone).present.project.graph.nodes[1]!.position).toEqual([1, 0])
  })
})

test('any sequence of edits can be undone and redone exactly, and every document in between is valid', () => {
  const made = new Map<string, number>()
  let refused = 0
  fc.assert(
    fc.property(anyDraws, (sequence) => {
      const first = freezeDeeply(projectOf(structuredClone(residual)))
      let history = startHistory(first)
      const texts = [JSON.stringify(first)]
      for (const draws of sequence) {
        const command = commandFor(history.present.project, draws)
        const before = history
        try {
          history = execute(before, command, { ports })
        } catch (error) {
          if (!(error instanceof ProblemError)) throw error
          refused++
        }
        if (history === before) continue
        const edited = freezeDeeply(history.present.project)
        texts.push(JSON.stringify(edited))
        made.set(command.type, (made.get(command.type) ?? 0) + 1)
        expect(parseProject(formatProject(edited))).toStrictEqual({ project: edited, problems: [], readOnly: false })
        expect(() => expandBlocks(edited.graph)).not.toThrow()
      }
      const last = history
      for (const text of texts.toReversed()) {
        expect(JSON.stringify(history.present.project)).toBe(text)
        history = undo(history)
      }
      expect(history.present.project).toBe(first)
      for (const text of texts) {
        expect(JSON.stringify(history.present.project)).toBe(text)
        history = redo(history)
      }
      expect(history.present.project).toBe(last.present.project)
    }),
    { numRuns: 200 },
  )
  expect(refused).toBeGreaterThan(0)
  expect([...made.keys()].sort()).toEqual([
    ...['batch', 'block.group', 'block.setRepeat', 'block.ungroup', 'data.set', 'edge.connect', 'edge.disconnect'],
    ...['graph.layout', 'node.add', 'node.move', 'node.remove', 'node.rename', 'node.setInitializer', 'node.setParam'],
    ...[
      'node.setTrainable',
      'nodes.duplicate',
      'nodes.paste',
      'project.rename',
      'project.setTask',
      'training.set',
      'transforms.set',
    ],
  ])
})
