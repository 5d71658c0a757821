/** What the desktop app's preload script puts on the page's `window`, and the names that go with it. */
import type { FileReference } from './contract/file'

export interface DesktopBridge {
  /** Asks for a port. It arrives as a message to the window whose data is `PORT_MESSAGE`, with the port attached. */
  readonly connect: () => void
  /**
   * The file or folder of a `File` that the person dropped, as the host knows it; null where it lies on no disk. The page
   * itself never learns a path, and can name none.
   */
  readonly dropped: (file: object) => Promise<FileReference | null>
}

/** Name of the bridge on `window`; the preload script exposes nothing else. */
export const BRIDGE = 'layerloom'
/** Channel on which the preload script asks the main process for a port. */
export const CONNECT_CHANNEL = 'layerloom:connect'
/** Channel on which the preload script tells the main process the path of what was dropped. */
export const DROP_CHANNEL = 'layerloom:dropped'
/** Channel on which the port comes back, and data of the message that hands it to the page. */
export const PORT_MESSAGE = 'layerloom:port'
