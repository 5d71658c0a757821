/** The drawing pad: strokes of pointer and keyboard become a sample. */
// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { h, ref } from 'vue'
import DrawingPad from '../../../src-renderer/inference/DrawingPad.vue'
import type { GrayImage } from '../../../src-renderer/inference/placeDigit'
import { giveCanvasContexts } from '../support/canvasContext'
import {
  button,
  byTestId,
  click,
  drag,
  find,
  findAll,
  isOff,
  mountComponent,
  press,
  speak,
} from '../support/mountComponent'

beforeEach(giveCanvasContexts)

/** A pad of 280 pixels; records the emitted samples. */
function mountPad() {
  const size = ref(28)
  const drawn: (GrayImage | null)[] = []
  mountComponent(() => h(DrawingPad, { size: size.value, onDrawn: (sample) => void drawn.push(sample) }))
  const canvas = byTestId('draw-canvas')
  canvas.getBoundingClientRect = () => new DOMRect(0, 0, 280, 280)
  return { size, drawn, canvas }
}

const inkOf = (sample: GrayImage | null | undefined) => sample?.pixels.filter((value) => value > 0).length ?? 0
const hints = () => findAll('.drawing-pad-hint').length

describe('a stroke', () => {
  it('of the pointer becomes a sample in the size of the data', async () => {
    const { drawn, canvas } = mountPad()
    expect(hints()).toBe(1)
    await drag(canvas, [140, 60], [140, 220])
    const sample = drawn.at(-1)!
    expect([sample.width, sample.height, sample.pixels.length, hints()]).toEqual([28, 28, 784, 0])
    expect(inkOf(sample)).toBeGreaterThan(20)
    expect(inkOf(sample)).toBeLessThan(200)
  })

  it('of the keyboard starts and ends with Space, and shows the pen', async () => {
    const { drawn, canvas } = mountPad()
    await press(canvas, 'ArrowRight')
    expect([drawn, findAll('.drawing-pad-pen').length]).toEqual([[], 1])
    await press(canvas, ' ')
    for (let step = 0; step < 10; step++) await press(canvas, 'ArrowDown')
    const event = await press(canvas, ' ')
    const ink = inkOf(drawn.at(-1))
    expect([event.defaultPrevented, ink > 20]).toEqual([true, true])
    const count = drawn.length
    await press(canvas, 'ArrowDown')
    expect(drawn).toHaveLength(count)
  })

  it('ends with Escape, which reaches the page only the second time', async () => {
    const { canvas } = mountPad()
    await press(canvas, ' ')
    expect((await press(canvas, 'Escape')).defaultPrevented).toBe(true)
    expect((await press(canvas, 'Escape')).defaultPrevented).toBe(false)
  })

  it('is undone alone; without strokes there is no sample', async () => {
    const { drawn, canvas } = mountPad()
    await drag(canvas, [100, 60], [100, 220])
    const first = inkOf(drawn.at(-1))
    await drag(canvas, [180, 60], [180, 220])
    await click(button('Undo stroke'))
    expect(inkOf(drawn.at(-1))).toBe(first)
    await click(button('Undo stroke'))
    expect([drawn.at(-1), hints(), isOff(button('Undo stroke'))]).toEqual([null, 1, true])
  })
})

it('the eraser removes ink, and a drawing without ink is no sample', async () => {
  const { drawn, canvas } = mountPad()
  await drag(canvas, [140, 130], [140, 150])
  await click(findAll('[role="radio"]')[1]!)
  await drag(canvas, [140, 130], [140, 150])
  expect(drawn.at(-1)).toBeNull()
})

it('is cleared by its button and by another sample size', async () => {
  const { drawn, canvas, size } = mountPad()
  await drag(canvas, [140, 60], [140, 220])
  await click(byTestId('draw-clear'))
  expect([drawn.at(-1), hints(), isOff(byTestId('draw-clear'))]).toEqual([null, 1, true])
  await drag(canvas, [140, 60], [140, 220])
  size.value = 32
  await expect.poll(hints).toBe(1)
})

it('has Chinese texts', async () => {
  await speak('zh-CN')
  mountPad()
  expect([find('.drawing-pad-hint').textContent, button('撤销笔画').tagName]).toEqual(['在此绘制', 'BUTTON'])
})
