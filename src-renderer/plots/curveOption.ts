/** What ECharts draws of a curve chart: hairlines, axis, band, line and points. Labels, crosshair and flag stand in the page above it. */
import { LineChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import type { EChartsOption } from 'echarts'
import type { ChartColors } from './chartColors'
import type { Scale } from './scales'
import type { Points, StepSummary } from './summarizeSteps'

use([LineChart, GridComponent, CanvasRenderer])

/** Space around the plot in pixels; the right side holds the labels at the ends of the lines. */
export interface PlotMargins {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export interface CurvePicture {
  readonly summary: StepSummary
  /** Every single step instead of the smooth line; null for the smooth line over its band. */
  readonly steps: Points | null
  /** One point an epoch instead; null for the smooth line. */
  readonly byEpoch: Points | null
  readonly validation: Points
  readonly bestEpoch: number | null
  readonly scale: Scale
  readonly xFrom: number
  readonly xTo: number
  readonly xTicks: readonly number[]
  readonly tickText: (value: number) => string
  readonly margins: PlotMargins
  readonly colors: ChartColors
}

const BAND_OPACITY = 0.13
const LINE_WIDTH = 1.75
/** Every step drawn over the others: the validation line has to stay visible. */
const STEP_OPACITY = 0.55

function pairs(x: ArrayLike<number>, y: ArrayLike<number>, place: (value: number) => number): number[][] {
  return Array.from({ length: Math.min(x.length, y.length) }, (_, index) => [x[index] ?? 0, place(y[index] ?? NaN)])
}

function axes(picture: CurvePicture): Pick<EChartsOption, 'xAxis' | 'yAxis'> {
  const { scale, colors, xTicks } = picture
  const font = { color: colors['text-3'], fontSize: 11, fontFamily: getComputedStyle(document.body).fontFamily }
  const places = scale.ticks.map((tick) => scale.position(tick))
  const nameOf = (place: number) => {
    const index = places.findIndex((candidate) => Math.abs(candidate - place) < 1e-9)
    return index === -1 ? '' : picture.tickText(scale.ticks[index] ?? 0)
  }
  return {
    xAxis: {
      type: 'value',
      min: picture.xFrom,
      max: picture.xTo,
      axisTick: { show: false, customValues: [...xTicks] },
      axisLabel: {
        ...font,
        customValues: [...xTicks],
        margin: 7,
        formatter: (value: number) => String(Number(value.toFixed(3))),
        showMinLabel: true,
        showMaxLabel: true,
      },
      axisLine: { lineStyle: { color: colors['line-strong'], width: 1 } },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: 1,
      axisTick: { show: false, customValues: places },
      axisLabel: {
        ...font,
        customValues: places,
        margin: 8,
        formatter: nameOf,
        showMinLabel: true,
        showMaxLabel: true,
      },
      axisLine: { show: false },
      splitLine: { show: true, lineStyle: { color: colors.grid, width: 1 } },
    },
  }
}

function bandSeries(picture: CurvePicture): EChartsOption['series'] & object[] {
  const { summary, scale, colors } = picture
  const inside = (value: number) => Math.min(1, Math.max(0, scale.position(value)))
  const silent = {
    type: 'line' as const,
    symbol: 'none',
    silent: true,
    lineStyle: { width: 0 },
    stack: 'band',
    stackStrategy: 'all' as const,
  }
  const low = pairs(summary.x, summary.low, inside)
  const height = low.map(([x = 0, bottom = 0], index) => [x, inside(summary.high[index] ?? NaN) - bottom])
  return [
    { ...silent, id: 'band-low', data: low },
    { ...silent, id: 'band-high', data: height, areaStyle: { color: colors.train, opacity: BAND_OPACITY } },
  ]
}

/** A line with a round mark at each of its points; the marks of `filled` are solid. */
function markedSeries(points: Points, picture: CurvePicture, color: string, filled: number | null) {
  const data = pairs(points.x, points.y, (value) => picture.scale.position(value)).map((value) => ({
    value,
    itemStyle: {
      color: value[0] === filled ? color : picture.colors.panel,
      borderColor: color,
      borderWidth: 1.5,
    },
  }))
  return {
    type: 'line' as const,
    symbol: 'circle',
    symbolSize: 7,
    showAllSymbol: data.length <= 100,
    silent: true,
    lineStyle: { color, width: LINE_WIDTH },
    data,
  }
}

function trainSeries(picture: CurvePicture) {
  const { summary, steps, byEpoch, scale, colors } = picture
  const place = (value: number) => scale.position(value)
  if (byEpoch !== null) return markedSeries(byEpoch, picture, colors.train, null)
  const plain = { type: 'line' as const, symbol: 'none', silent: true }
  if (steps === null)
    return {
      ...plain,
      data: pairs(summary.x, summary.line, place),
      lineStyle: { color: colors.train, width: LINE_WIDTH },
    }
  return {
    ...plain,
    data: pairs(steps.x, steps.y, place),
    lineStyle: { color: colors.train, width: 1, opacity: STEP_OPACITY },
    sampling: 'minmax' as const,
  }
}

/** The whole option; animation is off, because curves jump to the truth. */
export function curveOption(picture: CurvePicture): EChartsOption {
  const isSmooth = picture.steps === null && picture.byEpoch === null
  return {
    animation: false,
    grid: { ...picture.margins, outerBoundsMode: 'none' },
    ...axes(picture),
    series: [
      ...(isSmooth ? bandSeries(picture) : []),
      { id: 'train', ...trainSeries(picture) },
      { id: 'validation', ...markedSeries(picture.validation, picture, picture.colors.val, picture.bestEpoch) },
    ],
  }
}
