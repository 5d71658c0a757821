/** The window that a layer slides over an image: where it lies, and the arithmetic of the size that comes out. */
import { asPair } from '../params/params'
import { windowCount } from '../onnx/rules/convolution'

export type SizePair = readonly [number, number]

export interface SlidingWindow {
  readonly kernel: SizePair
  readonly stride: SizePair
  readonly dilation: SizePair
  /** Rows and columns added before the image. */
  readonly before: SizePair
  /** Rows and columns added after it; one more than before where “same” cannot be even. */
  readonly after: SizePair
  /** Whether a last window may reach over the edge. */
  readonly ceil: boolean
}

type PairValue = number | SizePair | string | null

/** The parameters of a layer with a window, in PyTorch's names. */
export interface WindowParams {
  readonly kernelSize: PairValue
  readonly stride: PairValue
  readonly padding: PairValue
  readonly dilation?: PairValue
  readonly ceilMode?: boolean
}

const each = (make: (axis: 0 | 1) => number): SizePair => [make(0), make(1)]

/** A value without its words: a stride of null is the kernel, a dilation that a layer lacks is 1. */
const numbers = (value: PairValue | undefined, otherwise: SizePair): SizePair =>
  value === undefined || value === null || typeof value === 'string' ? otherwise : asPair(value)

export function slidingWindow({ kernelSize, stride, padding, dilation, ceilMode }: WindowParams): SlidingWindow {
  const kernel = numbers(kernelSize, [1, 1])
  const taps = { kernel, dilation: numbers(dilation, [1, 1]) }
  const even = numbers(padding, [0, 0])
  const { before, after } = padding === 'same' ? samePadding(taps) : { before: even, after: even }
  return { ...taps, stride: numbers(stride, kernel), before, after, ceil: ceilMode ?? false }
}

/** The padding that keeps the size of an image at stride 1. */
export function samePadding(window: Pick<SlidingWindow, 'kernel' | 'dilation'>): { before: SizePair; after: SizePair } {
  const total = each((axis) => windowSpan(window, axis) - 1)
  const before = each((axis) => Math.floor(total[axis] / 2))
  return { before, after: each((axis) => total[axis] - before[axis]) }
}

/** Pixels from the first to the last tap. */
export function windowSpan({ kernel, dilation }: Pick<SlidingWindow, 'kernel' | 'dilation'>, axis: 0 | 1): number {
  return dilation[axis] * (kernel[axis] - 1) + 1
}

/** How many windows fit along an axis: ⌊(size + before + after − span) / stride⌋ + 1. */
export function windowsAlong(size: number, window: SlidingWindow, axis: 0 | 1): number {
  const { kernel, stride, dilation, before, after, ceil } = window
  return windowCount(size, kernel[axis], stride[axis], dilation[axis], before[axis] + after[axis], ceil)
}

/** The same with its numbers, without the result: `⌊(28 + 2·1 − 3) / 1⌋ + 1`. */
export function windowArithmetic(size: number | string, window: SlidingWindow, axis: 0 | 1): string {
  const [before, after] = [window.before[axis], window.after[axis]]
  const [open, close] = window.ceil ? ['⌈', '⌉'] : ['⌊', '⌋']
  const added = before === after ? `2·${before}` : `${before} + ${after}`
  return `${open}(${size} + ${added} − ${windowSpan(window, axis)}) / ${window.stride[axis]}${close} + 1`
}
