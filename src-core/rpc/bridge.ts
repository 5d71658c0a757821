/** What the desktop app's preload script puts on the page's `window`, and the names that go with it. */

export interface DesktopBridge {
  /** Asks for a port. It arrives as a message to the window whose data is `PORT_MESSAGE`, with the port attached. */
  readonly connect: () => void
}

/** Name of the bridge on `window`; the preload script exposes nothing else. */
export const BRIDGE = 'layerloom'
/** Channel on which the preload script asks the main process for a port. */
export const CONNECT_CHANNEL = 'layerloom:connect'
/** Channel on which the port comes back, and data of the message that hands it to the page. */
export const PORT_MESSAGE = 'layerloom:port'
