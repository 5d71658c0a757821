/** The least page there is: it connects as the app does and shows how that went, for the tests to look at. */
import { connectToHost, ConnectError, type Connection } from '#core/rpc/connect'

declare global {
  interface Window {
    connection?: Connection
    connect: () => Promise<string>
  }
}

window.connect = async () => {
  try {
    window.connection = await connectToHost(window)
    void window.connection.closed.then(() => (document.title = 'closed'))
    return (await window.connection.client.app.info()).shell
  } catch (error) {
    return error instanceof ConnectError ? error.reason : String(error)
  }
}
document.title = await window.connect()
