/**
 * Connects the app to its host, reconnects, and starts the background services. Called once, by the entry point of the
 * page.
 */
import { startTrainingServices } from '../training/trainingServices'
import { followAppEvents, startDocumentServices } from '../project/projectServices'
import { keepConnected } from '../host/hostConnection'

/** Needs the stores, so call it while the app is mounted. */
export function connectApp(): void {
  startDocumentServices()
  void keepConnected(window, (client) => {
    startTrainingServices(client)
    void followAppEvents(client)
  })
}
