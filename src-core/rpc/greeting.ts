/** How a page in browser mode proves that it may connect; both sides of the WebSocket use these names. */
import * as z from 'zod'

/** Path of the WebSocket on the loopback server. */
export const RPC_PATH = '/rpc'
/**
 * Subprotocol of every connection; the number increases with every change of the frame format or the contract's
 * envelope.
 */
export const SUBPROTOCOL = 'layerloom.1'
/** The token is sent as a second subprotocol, the only header a page can set on a WebSocket. */
export const TOKEN_PREFIX = 'layerloom.token.'
/** Name of the launch code in the fragment of the link. */
export const LAUNCH_FRAGMENT = 'code'

/** First frame from the server: the token that the tab stores, so that it can be reloaded. */
export const greetingSchema = z.strictObject({ hello: z.string().min(1).max(200) })
