/** Typing, stepping and leaving a number field. */
// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { h, ref } from 'vue'
import FormRow from '../../../src-renderer/ui/FormRow.vue'
import NumberField from '../../../src-renderer/ui/NumberField.vue'
import {
  button,
  click,
  find,
  findAll,
  isOff,
  mountComponent,
  press,
  speak,
  textOf,
  type,
} from '../support/mountComponent'

type Props = InstanceType<typeof NumberField>['$props']

/** A field bound to a value; records every update and every commit. */
function mountField(start: number | null, props: Partial<Props> = {}) {
  const value = ref(start)
  const given: (number | null)[] = []
  const committed: (number | null)[] = []
  const root = mountComponent(() =>
    h(NumberField, {
      label: 'Units',
      ...props,
      modelValue: value.value,
      'onUpdate:modelValue': (next: number | null) => given.push((value.value = next)),
      onCommit: (next: number | null) => void committed.push(next),
    }),
  )
  return { root, input: find<HTMLInputElement>('input'), value, given, committed }
}

describe('a number that is typed', () => {
  it('updates on every keystroke, also as a product, and commits its value with Enter', async () => {
    const { input, given, committed } = mountField(8)
    await type(input, '2*64')
    expect([given, committed]).toEqual([[128], []])
    await press(input, 'Enter')
    expect([input.value, committed]).toEqual(['128', [128]])
  })

  it('outside its range is refused with a reason, and the last value stays', async () => {
    const { input, value, committed } = mountField(8, { min: 1, max: 10, integer: true })
    await type(input, '11')
    expect([value.value, input.getAttribute('aria-invalid')]).toEqual([8, 'true'])
    const reason = document.getElementById(input.getAttribute('aria-describedby')!)!
    expect(textOf(reason)).toBe('Units must be at most 10. Received 11.')
    await press(input, 'Enter')
    expect(committed).toEqual([])
    await click(button('Keep 8'))
    expect([input.value, input.getAttribute('aria-invalid')]).toEqual(['8', null])
  })

  it('is refused in Chinese', async () => {
    await speak('zh-CN')
    const { root, input } = mountField(8, { integer: true })
    await type(input, '1.5')
    expect(root.textContent).toMatch(/Units.*整数.*1\.5/)
  })

  it('is reverted by Escape, which reaches the dialog around the field only the second time', async () => {
    const { root, input } = mountField(8)
    const heard: string[] = []
    root.addEventListener('keydown', (event) => heard.push(event.key))
    await type(input, 'x')
    await press(input, 'Escape')
    expect([input.value, heard]).toEqual(['8', []])
    await press(input, 'Escape')
    expect(heard).toEqual(['Escape'])
  })

  it('may be empty where the field is nullable', async () => {
    const { input, given } = mountField(8, { nullable: true, placeholder: 'all' })
    await type(input, ' ')
    expect([given, input.getAttribute('aria-invalid'), input.placeholder]).toEqual([[null], null, 'all'])
  })
})

it('steps with the arrows, by ten with Shift and a tenth with Alt, within its range', async () => {
  const { input, given, committed } = mountField(8, { min: 0, max: 20 })
  await press(input, 'ArrowUp')
  await press(input, 'ArrowDown', { altKey: true })
  await press(input, 'ArrowUp', { shiftKey: true })
  await press(input, 'PageUp')
  expect(given).toEqual([9, 8.9, 18.9, 20])
  expect(committed).toEqual(given)
})

it('ignores keys and typing while it is disabled', async () => {
  const { input, given } = mountField(8, { disabledReason: 'Choose a layer first' })
  await press(input, 'ArrowUp')
  expect([given, input.readOnly, isOff(input), findAll('.spin-buttons').length]).toEqual([[], true, true, 0])
})

it('has the name of its row and is scrubbed by its label', async () => {
  const value = ref<number | null>(8)
  mountComponent(() =>
    h(FormRow, { label: 'Filters' }, () =>
      h(NumberField, { modelValue: value.value, 'onUpdate:modelValue': (next) => (value.value = next) }),
    ),
  )
  const label = find<HTMLLabelElement>('label')
  expect([label.textContent, label.htmlFor]).toEqual(['Filters', find('input').id])
  const at = (event: string, clientX: number) =>
    label.dispatchEvent(new PointerEvent(event, { button: 0, pointerId: 1, clientX }))
  at('pointerdown', 100)
  at('pointermove', 112)
  expect(value.value).toBe(11)
  at('pointerup', 112)
  at('pointermove', 200)
  expect(value.value).toBe(11)
})
