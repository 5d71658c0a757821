import { describe, expect, it } from 'vitest'
import { placeDigit, type GrayImage } from '../../../src-renderer/inference/placeDigit'

/** A drawing of size 280 with ink where `isInk` is true. */
function drawing(isInk: (x: number, y: number) => boolean): GrayImage {
  const pixels = Uint8Array.from({ length: 280 * 280 }, (_, i) => (isInk(i % 280, Math.floor(i / 280)) ? 255 : 0))
  return { width: 280, height: 280, pixels }
}

const inkRows = ({ width, height, pixels }: GrayImage) =>
  Array.from({ length: height }, (_, y) => y).filter((y) =>
    pixels.subarray(y * width, (y + 1) * width).some((ink) => ink > 0),
  )

describe('a drawing placed as MNIST places its digits', () => {
  it('is 20 pixels high regardless of position and size', () => {
    const small = placeDigit(
      drawing((x, y) => x > 10 && x < 20 && y > 30 && y < 90),
      28,
    )
    const large = placeDigit(
      drawing((x, y) => x > 100 && x < 140 && y > 5 && y < 275),
      28,
    )
    expect(inkRows(small)).toHaveLength(20)
    expect(inkRows(large)).toHaveLength(20)
    expect(inkRows(small)).toEqual(inkRows(large))
  })

  it('has its center of mass in the middle', () => {
    // A heavy bottom shifts the picture up.
    const { pixels } = placeDigit(
      drawing((x, y) => (x > 130 && x < 150 && y > 40) || (y > 200 && x > 40 && x < 240)),
      28,
    )
    let mass = 0
    let x = 0
    let y = 0
    pixels.forEach((ink, i) => {
      mass += ink
      x += ink * ((i % 28) + 0.5)
      y += ink * (Math.floor(i / 28) + 0.5)
    })
    expect(Math.abs(x / mass - 14)).toBeLessThanOrEqual(0.5)
    // As far as the 20 rows stay inside the image.
    expect(Math.abs(y / mass - 14)).toBeLessThanOrEqual(3)
  })

  it('keeps the edges gray, and an empty drawing empty', () => {
    const disc = placeDigit(
      drawing((x, y) => (x - 140) ** 2 + (y - 140) ** 2 < 4000),
      28,
    )
    expect(disc.pixels.some((ink) => ink > 0 && ink < 255)).toBe(true)
    expect(
      placeDigit(
        drawing(() => false),
        28,
      ).pixels.every((ink) => ink === 0),
    ).toBe(true)
  })
})
