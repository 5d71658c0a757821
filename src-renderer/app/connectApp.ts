/** Ties the app to its host: connects, connects again, and starts what goes on beside the screens. Called once, by the entry of the page. */
import { startTrainingServices } from '../training/trainingServices'
import { followAppEvents, startDocumentServices } from '../project/projectServices'
import { keepConnected } from '../host/hostConnection'

/** Needs the stores, so it is called while the app is mounted. */
export function connectApp(): void {
  startDocumentServices()
  void keepConnected(window, (client) => {
    startTrainingServices(client)
    void followAppEvents(client)
  })
}
