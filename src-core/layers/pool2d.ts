/** What the 2-D pooling layers share: parameters and the window they slide. */
import { asPair, flag, pair, text, type Pair, type ParamValues } from '../params/params'
import { windowCount } from '../onnx/rules/convolution'
import { concrete } from '../tensor/shape'
import { requireRank, windowOutput, type WindowSettings } from './checks'
import type { LowerContext } from './layer'

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
    doc: text('Pixels between two windows; null means the kernel size.', '相邻窗口的间距；null 表示与窗口相同。'),
  }),
  padding: pair(text('Padding', '填充'), {
    default: 0,
    min: 0,
    doc: text('Rows and columns added on every side; at most half the kernel.', '每一侧补的行列数，至多为窗口的一半。'),
  }),
  ceilMode: flag(text('Round up', '向上取整'), {
    default: false,
    doc: text('Keeps a last window that reaches over the edge.', '保留超出边缘的最后一个窗口。'),
  }),
}

type PoolValues = ParamValues<typeof poolParams> & { readonly dilation?: Pair }

/** Every window must hold a pixel: the first by its padding, all others by where they start and how far apart their taps are. */
function requirePixels(
  c: LowerContext<PoolValues>,
  { kernel, stride, padding, dilation }: WindowSettings,
  out: readonly [number, number],
): void {
  const sizes = c.x.type.shape.slice(2).map(concrete)
  for (const [axis, size] of sizes.entries())
    for (let at = 0; at < out[axis]!; at++) {
      const start = at * stride[axis]! - padding[axis]!
      // The first tap that is not in the padding before the image.
      const tap = start >= 0 ? start : start + Math.ceil(-start / dilation[axis]!) * dilation[axis]!
      if (tap < size && tap <= start + dilation[axis]! * (kernel[axis]! - 1)) {
        // Windows that start inside the image hold the pixel that they start at.
        if (start >= 0) break
        continue
      }
      const values = { dilation: dilation[axis]!, size, padding: padding[axis]!, window: at + 1 }
      c.problem('node-param', 'empty-window', values, { param: 'dilation' })
    }
}

/** The window after all checks, with the end padding that makes rounding up unnecessary (GPU providers lack ceil_mode). */
export function poolWindow(
  c: LowerContext<PoolValues>,
  title: string,
): WindowSettings & { pads: number[]; extended: boolean } {
  requireRank(c, title, [4])
  const kernel = asPair(c.params.kernelSize)
  const stride = c.params.stride === null ? kernel : asPair(c.params.stride)
  const padding = asPair(c.params.padding)
  const dilation = asPair(c.params.dilation ?? 1)
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
  const window = { kernel, stride, padding, dilation, ceil: c.params.ceilMode }
  const out = windowOutput(c, window)
  requirePixels(c, window, out)
  const end = out.map((count, axis) => {
    const size = concrete(c.x.type.shape[axis + 2])
    const floor = windowCount(size, kernel[axis]!, stride[axis]!, dilation[axis]!, 2 * padding[axis]!)
    if (count === floor) return padding[axis]!
    return (count - 1) * stride[axis]! + dilation[axis]! * (kernel[axis]! - 1) + 1 - size - padding[axis]!
  })
  return { ...window, pads: [...padding, ...end], extended: end.some((p, i) => p !== padding[i]) }
}

export function poolSummary({ kernelSize, stride }: PoolValues): string {
  const kernel = asPair(kernelSize)
  return `${kernel.join('×')} · /${(stride === null ? kernel : asPair(stride)).join('×')}`
}
