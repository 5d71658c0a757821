/** A 2D context for pages without pixels: it keeps black and white strokes and ignores the rest. */
import { onTestFinished, vi } from 'vitest'

/** Gives every canvas a context, and every element a size, until the test ends. */
export function giveCanvasContexts(): void {
  const contexts = new WeakMap<HTMLCanvasElement, CanvasRenderingContext2D>()
  const spy = vi.spyOn(HTMLCanvasElement.prototype, 'getContext')
  spy.mockImplementation(function (this: HTMLCanvasElement) {
    const context = contexts.get(this) ?? contextOf(this)
    contexts.set(this, context)
    return context
  })
  // Charts need a size to draw.
  const sizes = (['clientWidth', 'clientHeight'] as const).map((side) =>
    vi.spyOn(HTMLElement.prototype, side, 'get').mockReturnValue(400),
  )
  onTestFinished(() => [spy, ...sizes].forEach((replaced) => replaced.mockRestore()))
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const { width, height } = canvas
  const ink = new Uint8Array(width * height)
  let points: [x: number, y: number][] = []
  const own: Record<string, unknown> = {
    canvas,
    lineWidth: 1,
    strokeStyle: '#000',
    measureText: (text: string) => ({ width: 7 * text.length }),
    createLinearGradient: () => ({ addColorStop: () => undefined }),
    fillRect: () => void ink.fill(0),
    beginPath: () => void (points = []),
    moveTo: (x: number, y: number) => void points.push([x, y]),
    lineTo: (x: number, y: number) => void points.push([x, y]),
    stroke: () => {
      for (const [x, y] of between(points)) dot(x, y, Number(own.lineWidth) / 2, own.strokeStyle === '#fff' ? 255 : 0)
    },
    getImageData: () => ({ data: Uint8ClampedArray.from({ length: 4 * ink.length }, (_, i) => ink[i >> 2]!) }),
  }
  function dot(x: number, y: number, radius: number, value: number): void {
    for (let row = Math.max(0, Math.ceil(y - radius)); row <= Math.min(height - 1, y + radius); row++)
      for (let column = Math.max(0, Math.ceil(x - radius)); column <= Math.min(width - 1, x + radius); column++)
        if ((row - y) ** 2 + (column - x) ** 2 <= radius ** 2) ink[row * width + column] = value
  }
  return new Proxy({} as CanvasRenderingContext2D, {
    get: (_, name) => (String(name) in own ? own[String(name)] : () => undefined),
    set: (_, name, value) => {
      own[String(name)] = value
      return true
    },
  })
}

/** Points of a path, one pixel apart. */
function between(points: readonly (readonly [number, number])[]): [x: number, y: number][] {
  return points.flatMap(([x, y], index) => {
    const [fromX, fromY] = points[index - 1] ?? [x, y]
    const count = Math.max(1, Math.ceil(Math.hypot(x - fromX, y - fromY)))
    return Array.from({ length: count }, (_, step): [number, number] => {
      const share = (step + 1) / count
      return [fromX + share * (x - fromX), fromY + share * (y - fromY)]
    })
  })
}
