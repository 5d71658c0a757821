/** Decimals of a probability in percent, wherever the screen writes one. */
export const SHARE_DIGITS = 2

/** The probability as it is written: what is not certain never rounds to 100 %. */
export function shownShare(share: number): number {
  return share < 1 ? Math.min(share, 1 - 10 ** -(SHARE_DIGITS + 2)) : share
}
