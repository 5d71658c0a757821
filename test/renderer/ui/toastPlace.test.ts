/** The position of toasts: as low as possible without covering what must stay accessible. */
import { describe, expect, it } from 'vitest'
import { clearPlace } from '../../../src-renderer/ui/toastPlace'

const room = { left: 1000, right: 1400, height: 40, lowest: 860, highest: 0 }
const box = (left: number, top: number, right: number, bottom: number) => ({ left, top, right, bottom })

describe('the position of the toasts', () => {
  it('is the lowest one if nothing is in the way', () => {
    expect(clearPlace(room, [])).toBe(860)
    expect(clearPlace(room, [box(0, 800, 900, 860)])).toBe(860)
  })

  it('is above the dock, and above a button above the dock', () => {
    const dock = box(200, 728, 1200, 876)
    expect(clearPlace(room, [dock])).toBe(720)
    expect(clearPlace(room, [dock, box(1150, 690, 1300, 714)])).toBe(682)
  })

  it('is the lowest one if there is no space', () => {
    expect(clearPlace(room, [box(0, 10, 1440, 876)])).toBe(860)
  })
})
