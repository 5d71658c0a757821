/** The curve chart: labels, crosshair and zoom. */
// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { h, nextTick, ref } from 'vue'
import { politeText } from '../../../src-renderer/ui/announcer'
import CurveChart from '../../../src-renderer/plots/CurveChart.vue'
import type { XRange } from '../../../src-renderer/plots/usePlotZoom'
import { giveCanvasContexts } from '../support/canvasContext'
import { drag, find, findAll, mountComponent, press, speak, textsOf } from '../support/mountComponent'

type Props = InstanceType<typeof CurveChart>['$props']

beforeEach(giveCanvasContexts)

const steps = Array.from({ length: 20 }, (_, step) => step + 1)

/** Two of four planned epochs, ten steps each; the loss of step n is 1/n. */
function mountChart(props: Partial<Props> = {}) {
  const crosshair = ref<number | null>(null)
  const zoom = ref<XRange | null>(null)
  mountComponent(() =>
    h(CurveChart, {
      measure: 'loss',
      name: 'Loss',
      train: { x: steps.map((step) => step / 10), y: steps.map((step) => 1 / step) },
      trainEpochs: { x: [1, 2], y: [0.4, 0.2] },
      window: 1,
      validation: { x: [1, 2], y: [0.5, 0.3] },
      epochs: 4,
      bestEpoch: 2,
      ...props,
      crosshair: crosshair.value,
      'onUpdate:crosshair': (next: number | null | undefined) => (crosshair.value = next ?? null),
      zoom: zoom.value,
      'onUpdate:zoom': (next: XRange | null | undefined) => (zoom.value = next ?? null),
    }),
  )
  const plot = find('.curve-chart-plot')
  plot.getBoundingClientRect = () => new DOMRect(0, 0, 400, 200)
  return { crosshair, zoom, plot }
}

async function point(plot: Element, type: string, clientX: number): Promise<void> {
  plot.dispatchEvent(new PointerEvent(type, { clientX, clientY: 50, bubbles: true }))
  await nextTick()
}

describe('the figures', () => {
  it('of the newest epoch are in the labels and the accessible name, with the best epoch', () => {
    mountChart()
    expect(textsOf('.curve-chart-label')).toEqual(['Train 0.2000', 'Validation 0.3000'])
    expect(find('[role="img"]').getAttribute('aria-label')).toBe('Loss, Train 0.2000, Validation 0.3000, best: epoch 2')
    expect(textsOf('.curve-chart-flag')).toEqual(['best'])
  })

  it('of an unfinished epoch replace those of the last one', () => {
    mountChart({ trainOpen: [2.5, 0.15], bestEpoch: null })
    expect([textsOf('.curve-chart-label')[0], findAll('.curve-chart-flag').length]).toEqual(['Train 0.1500', 0])
  })

  it('have Chinese names', async () => {
    await speak('zh-CN')
    mountChart()
    expect(textsOf('.curve-chart-label')).toEqual(['训练 0.2000', '验证 0.3000'])
  })
})

describe('the crosshair', () => {
  it('follows the pointer with its values and leaves with it', async () => {
    const { plot, crosshair } = mountChart()
    await point(plot, 'pointermove', 50)
    expect([crosshair.value, textsOf('.curve-chart-readout dt'), textsOf('.curve-chart-readout dd')]).toEqual([
      0.5,
      ['Epoch 0.50'],
      ['Train0.2000', 'Validation0.5000'],
    ])
    await point(plot, 'pointerleave', 0)
    expect([crosshair.value, findAll('.curve-chart-crosshair').length]).toEqual([null, 0])
  })

  it('moves with the arrows, further with Shift, is announced, and is removed by Escape', async () => {
    const { plot, crosshair } = mountChart()
    await press(plot, 'ArrowRight')
    expect([crosshair.value, plot.getAttribute('aria-valuetext')]).toEqual([0.1, 'Epoch 0.10, Train 1.0000'])
    await nextTick()
    expect(politeText.value.trim()).toBe('Epoch 0.10, Train 1.0000')
    await press(plot, 'ArrowRight', { shiftKey: true })
    await press(plot, 'ArrowLeft')
    expect(crosshair.value).toBeCloseTo(0.5, 10)
    expect((await press(plot, 'Escape')).defaultPrevented).toBe(true)
    expect([crosshair.value, (await press(plot, 'Escape')).defaultPrevented]).toEqual([null, false])
  })

  it('reads epoch means where the chart draws them', async () => {
    const { plot } = mountChart({ lines: 'epoch' })
    await point(plot, 'pointermove', 110)
    expect(textsOf('.curve-chart-readout dd')).toEqual(['Train0.4000', 'Validation0.5000'])
  })
})

it('dragging zooms to a range; a double click or 0 shows everything again', async () => {
  const { plot, zoom } = mountChart()
  await drag(plot, [100, 50], [200, 50])
  expect([zoom.value, plot.getAttribute('aria-valuemin'), plot.getAttribute('aria-valuemax')]).toEqual([
    [1, 2],
    '1',
    '2',
  ])
  plot.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))
  expect(zoom.value).toBeNull()
  await press(plot, '+')
  expect(zoom.value).not.toBeNull()
  await press(plot, '0')
  expect(zoom.value).toBeNull()
  await drag(plot, [100, 50], [102, 50])
  expect(zoom.value).toBeNull()
})
