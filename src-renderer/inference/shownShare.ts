/** Decimals of a probability in percent, everywhere on this screen. */
export const SHARE_DIGITS = 2

/** The probability as displayed: anything uncertain never rounds to 100 %. */
export function shownShare(share: number): number {
  return share < 1 ? Math.min(share, 1 - 10 ** -(SHARE_DIGITS + 2)) : share
}
