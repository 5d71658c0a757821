/** The English messages, by area. They are the reference: calls and translations are typed by their keys. */
import { augment } from './augment'
import { data } from './data'
import { editor } from './editor'
import { files } from './files'
import { frame } from './frame'
import { help } from './help'
import { inference } from './inference'
import { kit } from './kit'
import { panels } from './panels'
import { plots } from './plots'
import { runs } from './runs'
import { start } from './start'
import { training } from './training'

export const english = {
  augment,
  data,
  editor,
  files,
  frame,
  help,
  inference,
  kit,
  panels,
  plots,
  runs,
  start,
  training,
} as const
