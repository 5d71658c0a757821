/** Shared code of the 2-D pooling layers: parameters and the sliding window. */
import { flag, pair, text } from '../params/params'
import { concrete } from '../tensor/shape'
import { requireRank, windowOutput } from './checks'
import type { LowerContext } from './layer'
import { slidingWindow, windowsAlong, windowSpan, type SizePair, type SlidingWindow, type WindowParams } from './window'

export const poolParams = {
  kernelSize: pair(text('Kernel', '池化窗口'), {
    default: 2,
    min: 1,
    doc: text('Height and width of the window.', '窗口的高与宽。'),
  }),
  stride: pair(text('Stride', '步长'), {
    default: null,
    min: 1,
    optional: true,
    unset: text('kernel', '同窗口'),
    doc: text('Pixels between adjacent windows; null means the kernel size.', '相邻窗口的间距；null 表示与窗口相同。'),
  }),
  padding: pair(text('Padding', '填充'), {
    default: 0,
    min: 0,
    doc: text('Rows and columns added on every side; at most half the kernel.', '每一侧补的行列数，至多为窗口的一半。'),
  }),
  ceilMode: flag(text('Round up', '向上取整'), {
    default: false,
    doc: text('Keeps a last window that extends past the edge.', '保留超出边缘的最后一个窗口。'),
  }),
}

/** What all 2-D pooling layers say of themselves. */
export const poolFacts = {
  ranks: [4],
  spatial: 'window',
  width: 'kept',
  window: slidingWindow,
} as const

/** Every window must contain a pixel: the first depends on its padding, all others on their start and tap distance. */
function requirePixels(
  c: LowerContext<unknown>,
  { kernel, stride, before: padding, dilation }: SlidingWindow,
  out: SizePair,
): void {
  const sizes = c.x.type.shape.slice(2).map(concrete)
  for (const [axis, size] of sizes.entries())
    for (let at = 0; at < out[axis]!; at++) {
      const start = at * stride[axis]! - padding[axis]!
      // The first tap after the padding before the image.
      const tap = start >= 0 ? start : start + Math.ceil(-start / dilation[axis]!) * dilation[axis]!
      if (tap < size && tap <= start + dilation[axis]! * (kernel[axis]! - 1)) {
        // A window that starts inside the image contains the pixel it starts at.
        if (start >= 0) break
        continue
      }
      const values = { dilation: dilation[axis]!, size, padding: padding[axis]!, window: at + 1 }
      c.problem('node-param', 'empty-window', values, { param: 'dilation' })
    }
}

/** The window after all checks, with the end padding that makes rounding up unnecessary (GPU providers lack ceil_mode). */
export function poolWindow(
  c: LowerContext<WindowParams>,
  title: string,
): SlidingWindow & { pads: number[]; extended: boolean } {
  requireRank(c, title, poolFacts.ranks)
  const window = slidingWindow(c.params)
  const { kernel, stride, before: padding } = window
  if (padding.some((p, i) => 2 * p > kernel[i]!))
    c.problem(
      'node-param',
      'wide-padding',
      {
        padding: padding.join('×'),
        kernel: kernel.join('×'),
        most: kernel.map((k) => Math.floor(k / 2)).join('×'),
        half: Math.floor(Math.min(...kernel) / 2),
      },
      { param: 'padding' },
    )
  const out = windowOutput(c, window)
  requirePixels(c, window, out)
  const end = out.map((count, axis) => {
    const size = concrete(c.x.type.shape[axis + 2])
    if (count === windowsAlong(size, { ...window, ceil: false }, axis as 0 | 1)) return padding[axis]!
    return (count - 1) * stride[axis]! + windowSpan(window, axis as 0 | 1) - size - padding[axis]!
  })
  return { ...window, pads: [...padding, ...end], extended: end.some((p, i) => p !== padding[i]) }
}

export function poolSummary(params: WindowParams): string {
  const { kernel, stride } = slidingWindow(params)
  return `${kernel.join('×')} · /${stride.join('×')}`
}
