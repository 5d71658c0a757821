/** Shifts the hue of color images: to hue, maximum channel and spread, and back, like torchvision's adjust_hue. */
import type { GraphBuilder } from '../../onnx/builder'
import type { Value } from '../../onnx/graph'
import { tensor } from '../../tensor/dtype'

/** `pixels` [N, 3, height, width] in 0 … 1; `turn` [N, 1, 1, 1] in turns of the color wheel. */
export function shiftHue(b: GraphBuilder, pixels: Value, turn: Value): Value {
  const [red, green, blue] = b.Split(pixels, [1, 1, 1], { axis: 1 }) as [Value, Value, Value]
  const most = b.Max(b.Max(red, green), blue)
  const spread = b.Sub(most, b.Min(b.Min(red, green), blue))
  const hue = b.Add(hueOf(b, [red, green, blue], most, spread), b.Mul(turn, b.scalar(6)))
  // Each channel is the maximum minus the spread times a trapezoid over the wheel, which begins at 5, 3 and 1.
  const begin = b.constant(tensor('float32', [1, 3, 1, 1], [5, 3, 1]))
  const at = modulo(b, b.Add(hue, begin), 6)
  const trapezoid = b.HardSigmoid(b.Abs(b.Sub(at, b.scalar(2))), { alpha: -1, beta: 2 })
  return b.Sub(most, b.Mul(trapezoid, spread))
}

/**
 * Sixths of the color wheel, from red. If two channels are at the maximum, red precedes green and green precedes blue.
 */
function hueOf(b: GraphBuilder, [red, green, blue]: readonly [Value, Value, Value], most: Value, spread: Value): Value {
  const isGray = b.Equal(spread, b.scalar(0))
  const divisor = b.Where(isGray, b.scalar(1), spread)
  const sector = (from: Value, to: Value, begin: number) => b.Add(b.Div(b.Sub(from, to), divisor), b.scalar(begin))
  return b.Where(
    b.Equal(most, red),
    sector(green, blue, 0),
    b.Where(b.Equal(most, green), sector(blue, red, 2), sector(red, green, 4)),
  )
}

function modulo(b: GraphBuilder, value: Value, period: number): Value {
  return b.Sub(value, b.Mul(b.Floor(b.Mul(value, b.scalar(1 / period))), b.scalar(period)))
}
