/**
 * The ECharts part of a curve chart: hairlines, axis, band, line and points. Labels, crosshair and flag are HTML above
 * it.
 */
import { LineChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import type { EChartsOption } from 'echarts'
import type { ChartColors } from './useChartColors'
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
  /** Form of the training line: smoothed over its band, every single step, or epoch means. */
  readonly lines: 'smooth' | 'step' | 'epoch'
  readonly steps: Points
  /** The mean of each epoch, marked in all three forms. */
  readonly means: Points
  readonly validation: Points
  readonly bestEpoch: number | null
  readonly scale: Scale
  readonly xFrom: number
  readonly xTo: number
  readonly xTicks: readonly number[]
  readonly tickText: (value: number) => string
  readonly margins: PlotMargins
  /** Pixels from one epoch to the next. */
  readonly epochWidth: number
  readonly colors: ChartColors
}

const BAND_OPACITY = 0.13
const LINE_WIDTH = 1.75
/** Opacity of the per-step line, which covers the others: the validation line must stay visible. */
const STEP_OPACITY = 0.55
const MARK_SIZE = 7
/** Minimum distance between two marks, in pixels. */
const MARK_GAP = 12

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

/** A line that leaves the plot continues along its edge. */
const alongEdge = (place: number): number => Math.min(1, Math.max(0, place))

function bandSeries(picture: CurvePicture): EChartsOption['series'] & object[] {
  const { summary, scale, colors } = picture
  const inside = (value: number) => alongEdge(scale.position(value))
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

/**
 * A line with round marks at its points; the mark of `filled` is solid. Where marks would overlap, only some are drawn.
 */
function markedSeries(points: Points, picture: CurvePicture, color: string, filled: number | null) {
  const { scale, epochWidth, colors } = picture
  const every = Math.max(1, Math.ceil(MARK_GAP / epochWidth))
  const last = points.x.length - 1
  const data = pairs(points.x, points.y, (value) => scale.position(value)).map((value, index) => {
    const epoch = value[0] ?? 0
    const isMarked = index === last || epoch === filled || epoch % every === 0
    // A point without a mark is a plain pair: there may be thousands.
    if (!isMarked) return value
    return {
      value,
      symbol: 'circle',
      symbolSize: MARK_SIZE,
      itemStyle: { color: epoch === filled ? color : colors.panel, borderColor: color, borderWidth: 1.5 },
    }
  })
  return {
    type: 'line' as const,
    symbol: 'none',
    showAllSymbol: true,
    silent: true,
    lineStyle: { color, width: LINE_WIDTH },
    data,
  }
}

function trainSeries(picture: CurvePicture) {
  const { summary, steps, lines, means, scale, colors } = picture
  const place = (value: number) => alongEdge(scale.position(value))
  const marks = { id: 'train-means', ...markedSeries(means, picture, colors.train, null) }
  if (lines === 'epoch') return [marks]
  const plain = { id: 'train', type: 'line' as const, symbol: 'none', silent: true }
  const line =
    lines === 'smooth'
      ? {
          ...plain,
          data: pairs(summary.x, summary.line, place),
          lineStyle: { color: colors.train, width: LINE_WIDTH },
        }
      : {
          ...plain,
          data: pairs(steps.x, steps.y, place),
          lineStyle: { color: colors.train, width: 1, opacity: STEP_OPACITY },
          sampling: 'minmax' as const,
        }
  return [line, { ...marks, lineStyle: { width: 0 } }]
}

/** The complete option; animation is off, so that curves always show actual values. */
export function curveOption(picture: CurvePicture): EChartsOption {
  return {
    animation: false,
    grid: { ...picture.margins, outerBoundsMode: 'none' },
    ...axes(picture),
    series: [
      ...(picture.lines === 'smooth' ? bandSeries(picture) : []),
      ...trainSeries(picture),
      { id: 'validation', ...markedSeries(picture.validation, picture, picture.colors.val, picture.bestEpoch) },
    ],
  }
}
