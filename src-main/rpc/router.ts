/** The whole contract with its handlers; a namespace or procedure without one does not compile. */
import type { Router } from '@orpc/server'
import type { contract } from '#core/rpc/contract/index'
import type { HandlerContext } from './context'
import { appHandlers } from './handlers/app'
import { dataHandlers } from './handlers/data'
import { dialogHandlers } from './handlers/dialog'
import { exportModelHandlers } from './handlers/exportModel'
import { inferenceHandlers } from './handlers/inference'
import { projectHandlers } from './handlers/project'
import { runHandlers } from './handlers/run'
import { settingsHandlers } from './handlers/settings'

export const router: Router<typeof contract, HandlerContext> = {
  app: appHandlers,
  data: dataHandlers,
  dialog: dialogHandlers,
  exportModel: exportModelHandlers,
  inference: inferenceHandlers,
  project: projectHandlers,
  run: runHandlers,
  settings: settingsHandlers,
}
