/** How a page of browser mode shows that it may connect; both sides of the WebSocket use these names. */
import * as z from 'zod'

/** Path of the WebSocket on the loopback server. */
export const RPC_PATH = '/rpc'
/** Subprotocol of every connection; a change of the frame or the contract's envelope raises the number. */
export const SUBPROTOCOL = 'layerloom.1'
/** The token travels as a second subprotocol, the one header a page can set on a WebSocket. */
export const TOKEN_PREFIX = 'layerloom.token.'
/** Name of the launch code in the fragment of the link that opens the page. */
export const LAUNCH_FRAGMENT = 'code'

/** First frame from the server: the token that the tab keeps, so that it can be reloaded. */
export const greetingSchema = z.strictObject({ hello: z.string().min(1).max(200) })
