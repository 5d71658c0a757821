/** A minimal page: it connects like the app and shows the outcome, for the tests to inspect. */
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
