/** Opening, walking, reordering and removing steps of a list. */
// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { h, ref } from 'vue'
import { politeText } from '../../../src-renderer/ui/announcer'
import StepList, { type ListedStep } from '../../../src-renderer/ui/StepList.vue'
import { click, drag, find, findAll, mountComponent, press, textsOf } from '../support/mountComponent'

const steps: readonly ListedStep[] = [
  { name: 'Read', fixed: true },
  { name: 'Resize' },
  { name: 'Crop', off: true },
  { name: 'Scale', invalid: true },
]

/** A list bound to steps; records its requests and applies them. */
function mountList(locked = false) {
  const listed = ref(steps)
  const open = ref<number | null>(null)
  const asked: string[] = []
  mountComponent(() =>
    h(
      StepList,
      {
        steps: listed.value,
        label: 'Steps',
        locked,
        open: open.value,
        'onUpdate:open': (next: number | null) => (open.value = next),
        onMove: (from: number, to: number) => {
          asked.push(`move ${from} to ${to}`)
          listed.value = listed.value.toSpliced(from, 1).toSpliced(to, 0, ...listed.value.slice(from, from + 1))
        },
        onRemove: (index: number) => {
          asked.push(`remove ${index}`)
          listed.value = listed.value.toSpliced(index, 1)
        },
      },
      { body: ({ index }: { index: number }) => `form of ${listed.value[index]!.name}` },
    ),
  )
  return { open, asked, name: (index: number) => findAll('.step-name')[index]! }
}

const focusedText = () => document.activeElement?.textContent?.trim()

describe('a step', () => {
  it('opens in place and closes again, one at a time', async () => {
    const { name } = mountList()
    await click(name(1))
    await click(name(3))
    expect([textsOf('.step-body'), findAll('[aria-expanded="true"]').length]).toEqual([['form of Scale'], 1])
    await click(name(3))
    expect(textsOf('.step-body')).toEqual([])
  })

  it('shows that it is off or invalid', () => {
    mountList()
    expect([textsOf('.off .step-name'), textsOf('.invalid .step-name')]).toEqual([['Crop'], ['Scale']])
  })

  it('shares one tab stop with the others; arrows move between them', async () => {
    const { name } = mountList()
    name(0).focus()
    await press(name(0), 'ArrowDown')
    await press(name(1), 'ArrowDown')
    await press(name(2), 'ArrowUp')
    expect([focusedText(), textsOf('.step-name[tabindex="0"]')]).toEqual(['Resize', ['Resize']])
  })
})

describe('the order', () => {
  it('changes with Alt and an arrow; the open step stays open, the focus follows, and the move is announced', async () => {
    const { asked, open, name } = mountList()
    await click(name(2))
    await press(name(1), 'ArrowDown', { altKey: true })
    expect([asked, textsOf('.step-name')]).toEqual([['move 1 to 2'], ['Read', 'Crop', 'Resize', 'Scale']])
    expect([open.value, focusedText(), politeText.value]).toEqual([1, 'Resize', 'Resize moved to position 3 of 4'])
    await press(name(1), 'ArrowDown', { altKey: true })
    expect([open.value, textsOf('.step-body')]).toEqual([2, ['form of Crop']])
  })

  it('keeps fixed steps where they are', async () => {
    const { asked, name } = mountList()
    await press(name(0), 'ArrowDown', { altKey: true })
    await press(name(1), 'ArrowUp', { altKey: true })
    await press(name(3), 'ArrowDown', { altKey: true })
    await press(name(0), 'Delete')
    expect([asked, findAll('.step-row')[0]!.querySelector('.step-grip')]).toEqual([[], null])
  })

  it('changes by dragging the grip', async () => {
    const { asked } = mountList()
    for (const [index, row] of findAll('.step-row').entries())
      row.getBoundingClientRect = () => new DOMRect(0, index * 30, 200, 30)
    await drag(find('.step-row:nth-child(2) .step-grip'), [5, 45], [5, 100])
    expect(asked).toEqual(['move 1 to 2'])
  })
})

it('Delete removes a step and focuses the one that takes its place', async () => {
  const { asked, name } = mountList()
  name(1).focus()
  await press(name(1), 'Delete')
  expect([asked, focusedText()]).toEqual([['remove 1'], 'Crop'])
})

it('a locked list neither moves nor removes steps', async () => {
  const { asked, name } = mountList(true)
  await press(name(1), 'ArrowDown', { altKey: true })
  await press(name(1), 'Delete')
  expect([asked, findAll('.step-grip').length]).toEqual([[], 0])
})
