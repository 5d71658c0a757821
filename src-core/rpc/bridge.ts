/** What the desktop app's preload script exposes on the page's `window`, and the names that go with it. */
import type { FileReference } from './contract/file'

export interface DesktopBridge {
  /** Requests a port. It arrives as a message to the window whose data is `PORT_MESSAGE`, with the port attached. */
  readonly connect: () => void
  /**
   * The file or folder of a `File` that the user dropped, as the host knows it; null if it is not on disk. The page
   * itself never learns a path and cannot name one.
   */
  readonly dropped: (file: object) => Promise<FileReference | null>
}

/** Name of the bridge on `window`; the preload script exposes nothing else. */
export const BRIDGE = 'layerloom'
/** Channel on which the preload script requests a port from the main process. */
export const CONNECT_CHANNEL = 'layerloom:connect'
/** Channel on which the preload script sends the main process the path of a dropped item. */
export const DROP_CHANNEL = 'layerloom:dropped'
/** Channel on which the port is returned, and data of the message that hands it to the page. */
export const PORT_MESSAGE = 'layerloom:port'
