/** Waits until a page stands still, so that a picture or a measurement of it says what a user sees. */
import type { Page } from 'playwright-core'

/** Frames in a row without a change after which a page counts as still. */
export const STILL_FRAMES = 6

/**
 * Waits for fonts, for animations that end, and until nothing of the document has changed for a few frames. Frames are counted
 * rather than milliseconds: on a busy machine they come later, and so does what draws them.
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
