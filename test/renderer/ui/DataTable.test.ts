/** Cells, sorting, and choosing rows with pointer and keyboard. */
// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { h, ref } from 'vue'
import DataTable from '../../../src-renderer/ui/DataTable.vue'
import type { TableColumn } from '../../../src-renderer/ui/tableColumn'
import { button, click, find, findAll, mountComponent, press, textsOf } from '../support/mountComponent'

interface Run {
  readonly id: string
  readonly epochs: number
  readonly loss: number
}

const runs: readonly Run[] = [
  { id: 'b', epochs: 10, loss: 0.3 },
  { id: 'a', epochs: 9, loss: 0.1 },
  { id: 'c', epochs: 100, loss: 0.2 },
]
const columns: readonly TableColumn<Run>[] = [
  { id: 'id', label: 'Run', value: ({ id }) => id, sortable: true },
  { id: 'epochs', label: 'Epochs', value: ({ epochs }) => epochs, align: 'right', sortable: true },
  { id: 'loss', label: 'Loss', value: ({ loss }) => loss, text: ({ loss }) => loss.toFixed(2), markLowest: true },
]

function mountTable(rows: readonly Run[] = runs, selectable = true) {
  const selected = ref<string | null>(null)
  const opened: string[] = []
  mountComponent(() =>
    h(
      DataTable<Run>,
      {
        label: 'Runs',
        columns,
        rows,
        rowKey: ({ id }) => id,
        selectable,
        selected: selected.value,
        emptyText: 'No runs yet',
        onSelect: (key: string) => (selected.value = key),
        onOpen: (key: string) => void opened.push(key),
      },
      { 'cell-id': ({ row }: { row: Run }) => `run ${row.id}` },
    ),
  )
  return { selected, opened, row: (key: string) => find(`tr[data-key="${key}"]`) }
}

const keys = () => findAll('tbody tr').map((row) => row.dataset.key)

describe('the cells', () => {
  it('show the texts of their columns or a slot, with the lowest marked', () => {
    mountTable()
    expect(textsOf('tr[data-key="a"] td')).toEqual(['run a', '9', '0.10'])
    expect(textsOf('td.lowest')).toEqual(['0.10'])
  })

  it('give way to one sentence in an empty table', () => {
    mountTable([])
    expect(textsOf('tbody td')).toEqual(['No runs yet'])
  })
})

it('sorts by its heads: words ascending first, numbers descending first and by value', async () => {
  mountTable()
  const orders: unknown[] = []
  for (const name of ['Run', 'Run', 'Epochs', 'Epochs']) {
    await click(button(name))
    orders.push([find(`th:has(svg)`).getAttribute('aria-sort'), ...keys()])
  }
  expect(orders).toEqual([
    ['ascending', 'a', 'b', 'c'],
    ['descending', 'c', 'b', 'a'],
    ['descending', 'c', 'b', 'a'],
    ['ascending', 'a', 'b', 'c'],
  ])
})

describe('a row', () => {
  it('is chosen with a click or Space and opened with a double click or Enter', async () => {
    const { selected, opened, row } = mountTable()
    await click(row('c'))
    expect([selected.value, row('c').getAttribute('aria-selected'), opened]).toEqual(['c', 'true', []])
    row('c').dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))
    await press(row('a'), ' ')
    await press(row('a'), 'Enter')
    expect([selected.value, opened]).toEqual(['a', ['c', 'a']])
  })

  it('is reached with arrows, Home and End, in the order on screen; the chosen one is the tab stop', async () => {
    const { selected, row } = mountTable()
    expect(findAll('tr[tabindex="0"]')).toEqual([row('b')])
    row('b').focus()
    const walked: unknown[] = []
    for (const key of ['ArrowDown', 'End', 'ArrowDown', 'ArrowUp', 'Home']) {
      await press(document.activeElement!, key)
      walked.push([selected.value, document.activeElement === row(selected.value!)])
    }
    expect(walked).toEqual([
      ['a', true],
      ['c', true],
      ['c', true],
      ['a', true],
      ['b', true],
    ])
    await press(document.activeElement!, 'End')
    expect(findAll('tr[tabindex="0"]')).toEqual([row('c')])
  })

  it('of a table without selection cannot be chosen', async () => {
    const { selected, row } = mountTable(runs, false)
    await click(row('a'))
    await press(row('a'), 'Enter')
    expect([selected.value, row('a').getAttribute('tabindex'), find('table').getAttribute('role')]).toEqual([
      null,
      null,
      null,
    ])
  })
})
