/** Checks shared by several layers: the rank of their input, and windows that must fit into the image. */
import { concrete, elementCount, formatShape, type Shape } from '../tensor/shape'
import type { LowerContext } from './layer'
import { windowArithmetic, windowsAlong, windowSpan, type SlidingWindow } from './window'

/** Reports `shape-rank` unless the input has one of `ranks` axes (including the batch). */
export function requireRank(c: LowerContext<unknown>, title: string, ranks: readonly number[]): void {
  const shape = c.x.type.shape
  if (ranks.includes(shape.length)) return
  const flatten = ranks.includes(2) && shape.length > 2
  const values = { title, ranks: ranks.join(' '), rank: shape.length, received: formatShape(shape) }
  c.problem('shape-rank', flatten ? 'flatten' : 'connect', values, {
    data: { fix: flatten ? 'insert-flatten' : 'none' },
  })
}

/** ONNX Runtime counts elements in 32 bits in places, and no machine has room for more in one tensor. */
export const MAX_ELEMENTS = 2 ** 31 - 1

/** Reports `shape-too-large` unless a tensor of `shape` (per sample, if the batch is symbolic) can be computed. */
export function requireRoom(c: Pick<LowerContext<unknown>, 'id' | 'problem'>, shape: Shape): void {
  const count = elementCount(shape)
  if (count <= MAX_ELEMENTS) return
  c.problem('shape-too-large', 'any', { shape: formatShape(shape), most: MAX_ELEMENTS, received: count })
}

/** Output height and width; reports `shape-kernel-too-large` if a window does not fit even once. */
export function windowOutput(c: LowerContext<unknown>, w: SlidingWindow): [number, number] {
  const sizes = c.x.type.shape.slice(2).map(concrete)
  return ([0, 1] as const).map((axis) => {
    const size = sizes[axis]!
    const count = windowsAlong(size, w, axis)
    if (count >= 1) return count
    const span = windowSpan(w, axis)
    const added = w.before[axis] + w.after[axis]
    const needed = Math.ceil((span - size) / 2)
    const values = {
      size,
      least: span - added,
      room: size + added,
      shape: formatShape(c.x.type.shape),
      padding: needed,
      axis,
    }
    return c.problem('shape-kernel-too-large', 'any', values, {
      arithmetic: `${windowArithmetic(size, w, axis)} = ${String(count).replace('-', '−')}`,
      param: 'kernelSize',
      data: { kernel: w.kernel[axis], fix: 'reduce-kernel' },
    })
  }) as [number, number]
}
