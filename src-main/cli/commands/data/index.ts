/** The data commands, in the order the help lists them. */
import { dataCacheClear, dataCacheLimit, dataCacheList } from './cache'
import { dataDownload } from './download'
import { dataDownloads } from './downloads'
import { dataInspect } from './inspect'

export const dataCommands = [
  dataInspect,
  dataCacheList,
  dataCacheClear,
  dataCacheLimit,
  dataDownload,
  dataDownloads,
] as const
