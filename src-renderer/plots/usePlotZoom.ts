/** The visible part of a plot's width, kept inside the whole and not too narrow. */
import type { Ref } from 'vue'

export type XRange = readonly [from: number, to: number]

interface PlotZoomOptions {
  /** The visible range. */
  readonly view: () => XRange
  /** The whole range. */
  readonly full: () => XRange
  /** Null shows everything. */
  readonly zoom: Ref<XRange | null>
}

/** Narrowest range as a fraction of the whole. */
const NARROWEST = 0.002

export function usePlotZoom({ view, full, zoom }: PlotZoomOptions) {
  function show(range: XRange): void {
    const [first, last] = full()
    const narrowest = (last - first) * NARROWEST
    const width = Math.max(narrowest, Math.min(last - first, range[1] - range[0]))
    const from = Math.min(last - width, Math.max(first, range[0]))
    zoom.value = width >= (last - first) * 0.999 ? null : [from, from + width]
  }

  /** Zooms around a position; a factor above one shows less. */
  function zoomAround(place: number, factor: number): void {
    const [from, to] = view()
    show([place - (place - from) / factor, place + (to - place) / factor])
  }

  return { show, zoomAround }
}
