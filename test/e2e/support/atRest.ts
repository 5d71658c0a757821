/** Waits until a page is stable, so that screenshots and measurements match what a user sees. */
import type { Page } from 'playwright-core'

/** Number of consecutive unchanged frames after which a page counts as stable. */
export const STILL_FRAMES = 6

/**
 * Waits for fonts, for finite animations, and until the DOM has not changed for a few frames. Frames are counted
 * rather than milliseconds: on a busy machine they come later, and so do the changes.
 */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(async (frames) => {
    await document.fonts.ready
    let still = 0
    const observer = new MutationObserver(() => (still = 0))
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
    const moves = () =>
      document
        .getAnimations()
        .some(({ playState, effect }) => playState === 'running' && effect?.getTiming().iterations !== Infinity)
    while (still < frames) {
      await new Promise(requestAnimationFrame)
      still = moves() ? 0 : still + 1
    }
    observer.disconnect()
  }, STILL_FRAMES)
}
