/** Panels and splitters: sizes are set, limited and remembered. */
// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { h, nextTick, ref } from 'vue'
import SplitPanels from '../../../src-renderer/ui/SplitPanels.vue'
import type { SplitPanel } from '../../../src-renderer/ui/splitPanel'
import { drag, find, findAll, mountComponent, press, speak, textsOf } from '../support/mountComponent'

const KEY = 'layerloom.panels.test'
type Id = 'list' | 'main' | 'log'

/** Three panels: 200 pixels, the rest, and 300 pixels. */
function mountPanels(direction: 'row' | 'column' = 'row') {
  const isLogHidden = ref(false)
  mountComponent(() =>
    h(
      SplitPanels<Id>,
      {
        name: 'test',
        direction,
        panels: [
          { id: 'list', label: 'List', size: '200px', min: 120, max: 260 },
          { id: 'main', label: 'Network' },
          { id: 'log', label: 'Log', size: '300px', hidden: isLogHidden.value },
        ] satisfies SplitPanel<Id>[],
      },
      { list: () => 'layers', main: () => 'canvas', log: () => 'epochs' },
    ),
  )
  const sizes = { list: 200, main: 500, log: 300 }
  for (const [id, size] of Object.entries(sizes))
    Object.defineProperties(find(`[data-panel="${id}"]`), {
      offsetWidth: { get: () => chosen()[id] ?? size },
      offsetHeight: { get: () => chosen()[id] ?? size },
    })
  return { isLogHidden, splitter: (index: number) => findAll('[role="separator"]')[index]! }
}

/** The remembered sizes. */
const chosen = () => JSON.parse(localStorage.getItem(KEY) ?? '{}') as Readonly<Record<string, number>>
const columns = () => find('.split-panels').style.gridTemplateColumns

afterEach(() => localStorage.removeItem(KEY))

describe('panels', () => {
  it('show their slots with default sizes; a hidden panel leaves with its splitter', async () => {
    const { isLogHidden } = mountPanels()
    expect([textsOf('section'), columns()]).toEqual([
      ['layers', 'canvas', 'epochs'],
      '200px 1px minmax(0, 1fr) 1px 300px',
    ])
    isLogHidden.value = true
    await nextTick()
    expect([textsOf('section'), findAll('[role="separator"]').length, columns()]).toEqual([
      ['layers', 'canvas'],
      1,
      '200px 1px minmax(0, 1fr)',
    ])
  })

  it('restore remembered sizes, limited to half of a small window', async () => {
    localStorage.setItem(KEY, '{"log":420}')
    mountPanels()
    expect(columns()).toBe('200px 1px minmax(0, 1fr) 1px min(420px, 48%)')
  })

  it('are stacked in a column and resized with the vertical arrows', async () => {
    const { splitter } = mountPanels('column')
    await press(splitter(0), 'ArrowRight')
    expect(chosen()).toEqual({})
    await press(splitter(0), 'ArrowDown')
    expect([
      chosen(),
      splitter(0).getAttribute('aria-orientation'),
      find('.split-panels').style.gridTemplateRows,
    ]).toEqual([{ list: 208 }, 'horizontal', 'min(208px, 48%) 1px minmax(0, 1fr) 1px 300px'])
  })
})

describe('a splitter', () => {
  it('resizes the neighbor that has a size, on either side', async () => {
    const { splitter } = mountPanels()
    await drag(splitter(0), [200, 10], [230, 10])
    await drag(splitter(1), [700, 10], [660, 10])
    expect(chosen()).toEqual({ list: 230, log: 340 })
  })

  it('respects the limits of its panel', async () => {
    const { splitter } = mountPanels()
    await drag(splitter(0), [200, 10], [900, 10])
    expect(chosen()).toEqual({ list: 260 })
    await drag(splitter(0), [200, 10], [-900, 10])
    expect(chosen()).toEqual({ list: 120 })
  })

  it('moves with the arrows, further with Shift; Enter or a double click restores the default', async () => {
    const { splitter } = mountPanels()
    await press(splitter(1), 'ArrowLeft')
    await press(splitter(1), 'ArrowLeft', { shiftKey: true })
    expect(chosen()).toEqual({ log: 348 })
    await press(splitter(1), 'Enter')
    expect([chosen(), columns()]).toEqual([{}, '200px 1px minmax(0, 1fr) 1px 300px'])
    await press(splitter(0), 'ArrowRight')
    splitter(0).dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))
    await nextTick()
    expect(chosen()).toEqual({})
  })

  it('is named after its panel in the language of the interface', async () => {
    const { splitter } = mountPanels()
    const name = () => splitter(0).getAttribute('aria-label')
    expect(name()).toBe('Resize List')
    await speak('zh-CN')
    expect(name()).toMatch(/^调整.*List/)
  })
})
