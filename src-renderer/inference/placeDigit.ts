/**
 * Turns a drawing into a sample the way MNIST did: scaled to a 20 × 20 box and centered by its center of mass in 28 ×
 * 28.
 */

/** A gray image, row by row; 0 is the background, 255 the ink. */
export interface GrayImage {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array<ArrayBuffer>
}

/** Side of the box relative to the image: 20 of 28. */
const BOX_SHARE = 20 / 28
/** Ink weaker than this does not extend the box. */
const FAINT = 20

interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** `size` is the side of the result; a drawing without ink gives an empty one. */
export function placeDigit(drawing: GrayImage, size: number): GrayImage {
  const pixels = new Uint8Array(size * size)
  const box = inkBox(drawing)
  if (box === null) return { width: size, height: size, pixels }
  const scale = (size * BOX_SHARE) / Math.max(box.width, box.height)
  const scaled = shrink(
    drawing,
    box,
    Math.max(1, Math.round(box.width * scale)),
    Math.max(1, Math.round(box.height * scale)),
  )
  const center = centerOfMass(scaled)
  // The center of mass moves to the middle of the image, as far as the box stays inside.
  const left = inside(Math.round(size / 2 - center.x), size - scaled.width)
  const top = inside(Math.round(size / 2 - center.y), size - scaled.height)
  for (let y = 0; y < scaled.height; y++)
    pixels.set(scaled.pixels.subarray(y * scaled.width, (y + 1) * scaled.width), (top + y) * size + left)
  return { width: size, height: size, pixels }
}

function inside(value: number, most: number): number {
  return Math.min(most, Math.max(0, value))
}

function inkBox({ width, height, pixels }: GrayImage): Box | null {
  let left = width
  let right = -1
  let top = height
  let bottom = -1
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (pixels[y * width + x]! < FAINT) continue
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
    }
  }
  return right < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 }
}

/** Mean over the area each output pixel covers; thin lines turn gray instead of vanishing. */
function shrink(image: GrayImage, box: Box, width: number, height: number): GrayImage {
  const pixels = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      pixels[y * width + x] = Math.round(
        areaMean(
          image,
          box.left + (x / width) * box.width,
          box.left + ((x + 1) / width) * box.width,
          box.top + (y / height) * box.height,
          box.top + ((y + 1) / height) * box.height,
        ),
      )
    }
  }
  return { width, height, pixels }
}

function areaMean({ width, height, pixels }: GrayImage, x0: number, x1: number, y0: number, y1: number): number {
  let sum = 0
  let area = 0
  for (let y = Math.floor(y0); y < Math.min(height, Math.ceil(y1)); y++) {
    const rows = Math.min(y + 1, y1) - Math.max(y, y0)
    for (let x = Math.floor(x0); x < Math.min(width, Math.ceil(x1)); x++) {
      const share = rows * (Math.min(x + 1, x1) - Math.max(x, x0))
      sum += share * pixels[y * width + x]!
      area += share
    }
  }
  return area === 0 ? 0 : sum / area
}

function centerOfMass({ width, height, pixels }: GrayImage): { x: number; y: number } {
  let mass = 0
  let x = 0
  let y = 0
  pixels.forEach((ink, at) => {
    mass += ink
    x += ink * ((at % width) + 0.5)
    y += ink * (Math.floor(at / width) + 0.5)
  })
  return mass === 0 ? { x: width / 2, y: height / 2 } : { x: x / mass, y: y / mass }
}
