/**
 * All procedures a window may call on the host, by namespace. To add one: a file here, its line below, and a file with
 * its
 * handlers in src-main/rpc/handlers, where a missing procedure does not compile.
 */
import { app } from './app'
import { augment } from './augment'
import { data } from './data'
import { dialog } from './dialog'
import { download } from './download'
import { exportModel } from './exportModel'
import { inference } from './inference'
import { project } from './project'
import { run } from './run'
import { settings } from './settings'
import { upload } from './upload'

export const contract = {
  app,
  augment,
  data,
  dialog,
  download,
  exportModel,
  inference,
  project,
  run,
  settings,
  upload,
}
