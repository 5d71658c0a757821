/** A parameter as a form row: the control chosen by its specification, and its events. */
// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { h, nextTick, ref } from 'vue'
import type { ParamValue } from '#core/graph/choice'
import { conv2d } from '#core/layers/kinds/conv2d'
import { dropout } from '#core/layers/kinds/dropout'
import { gelu } from '#core/layers/kinds/gelu'
import { reshape } from '#core/layers/kinds/reshape'
import type { ParamSpec } from '#core/params/params'
import ParamField from '../../../src-renderer/params/ParamField.vue'
import { byTestId, click, find, findAll, mountComponent, press, speak, textsOf, type } from '../support/mountComponent'

type Props = InstanceType<typeof ParamField>['$props']

/** A field bound to a value; records every event. */
function mountParam(name: string, spec: ParamSpec, value?: ParamValue, props: Partial<Props> = {}) {
  const current = ref(value)
  const asked: unknown[] = []
  mountComponent(() =>
    h(ParamField, {
      name,
      spec,
      ...props,
      value: current.value,
      onSet: (next: ParamValue) => asked.push((current.value = next)),
      onReset: () => asked.push('reset'),
      onDone: () => asked.push('done'),
    }),
  )
  return { asked, input: () => find<HTMLInputElement>('input') }
}

const { outChannels, bias, padding, kernelSize } = conv2d.params

describe('the control', () => {
  it('for an integer is a number field with limits', async () => {
    const { asked, input } = mountParam('outChannels', outChannels)
    expect(input().value).toBe('16')
    await type(input(), '0')
    expect([asked, input().getAttribute('aria-invalid')]).toEqual([[], 'true'])
    await type(input(), '32')
    await press(input(), 'Enter')
    expect(asked).toEqual([32, 'done'])
  })

  it('for a real number steps by the magnitude of its default', async () => {
    const { asked, input } = mountParam('p', dropout.params.p)
    await press(input(), 'ArrowUp')
    expect(asked).toEqual([0.6, 'done'])
  })

  it('for a flag is a switch', async () => {
    const { asked } = mountParam('bias', bias)
    expect(find('[role="switch"]').getAttribute('aria-checked')).toBe('true')
    await click(find('[role="switch"]'))
    expect(asked).toEqual([false, 'done'])
  })

  it('for a few short words shows all of them', async () => {
    const { asked } = mountParam('approximate', gelu.params.approximate)
    const words = findAll('[role="radio"]')
    expect(words.map((word) => word.getAttribute('aria-checked'))).toContain('true')
    await click(words.find((word) => word.getAttribute('aria-checked') === 'false')!)
    expect(asked).toEqual(['tanh', 'done'])
  })

  it('for a pair takes one number for both axes or two', async () => {
    const { asked, input } = mountParam('kernelSize', kernelSize, 5)
    expect(input().value).toBe('5')
    await click(find('.pair-field-link'))
    await type(findAll('input')[1]!, '3')
    expect(asked.at(-1)).toEqual([5, 3])
  })

  it('for a pair with words offers them', async () => {
    const { asked } = mountParam('padding', padding)
    const same = findAll('[role="radio"]').find((radio) => radio.textContent?.trim() === 'Same')!
    await click(same)
    expect(asked[0]).toBe('same')
  })

  it('for a list takes numbers separated by commas', async () => {
    const { asked, input } = mountParam('shape', reshape.params.shape, [784])
    await type(input(), '1, 28, 28')
    await press(input(), 'Enter')
    expect(asked[0]).toEqual([1, 28, 28])
  })
})

describe('a value', () => {
  it('that differs from the default has a named reset button', async () => {
    const { asked } = mountParam('outChannels', outChannels, 32)
    const reset = find('.form-row-reset')
    expect(reset.getAttribute('aria-label')).toBe('Reset Filters to 16')
    await click(reset)
    expect(asked).toEqual(['reset'])
  })

  it('that is the default, or locked, has none', () => {
    mountParam('outChannels', outChannels, 16)
    mountParam('groups', outChannels, 32, { locked: true })
    expect(findAll('.form-row-reset')).toEqual([])
    expect(find<HTMLInputElement>('[data-testid="param-groups"] input').readOnly).toBe(true)
  })

  it('that differs between layers is shown as mixed and can be set for all', async () => {
    const { asked, input } = mountParam('outChannels', outChannels, 32, { mixed: true })
    expect([input().value, input().placeholder]).toEqual(['', 'mixed'])
    await type(input(), '8')
    expect(asked).toEqual([8])
  })

  it('of the wrong type leaves the field empty', () => {
    const { input } = mountParam('outChannels', outChannels, 'many')
    expect([input().value, input().getAttribute('aria-invalid')]).toEqual(['', null])
  })
})

it('is labeled and explained in the language of the interface', async () => {
  mountParam('outChannels', outChannels)
  expect([textsOf('label'), find('.form-row-help').getAttribute('aria-label')]).toEqual([
    ['Filters'],
    'Explain Filters',
  ])
  await speak('zh-CN')
  await nextTick()
  expect(textsOf('label')).toEqual(['滤波器数'])
  expect(byTestId('param-outChannels').textContent).not.toContain('Filters')
})
