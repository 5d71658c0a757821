/** The whole contract with its handlers; a missing namespace or procedure is a compile error. */
import type { Router } from '@orpc/server'
import type { contract } from '#core/rpc/contract/index'
import type { HandlerContext } from './context'
import { appHandlers } from './handlers/app'
import { augmentHandlers } from './handlers/augment'
import { dataHandlers } from './handlers/data'
import { dialogHandlers } from './handlers/dialog'
import { downloadHandlers } from './handlers/download'
import { exportModelHandlers } from './handlers/exportModel'
import { inferenceHandlers } from './handlers/inference'
import { projectHandlers } from './handlers/project'
import { runHandlers } from './handlers/run'
import { settingsHandlers } from './handlers/settings'
import { uploadHandlers } from './handlers/upload'

export const router: Router<typeof contract, HandlerContext> = {
  app: appHandlers,
  augment: augmentHandlers,
  data: dataHandlers,
  dialog: dialogHandlers,
  download: downloadHandlers,
  exportModel: exportModelHandlers,
  inference: inferenceHandlers,
  project: projectHandlers,
  run: runHandlers,
  settings: settingsHandlers,
  upload: uploadHandlers,
}
