/** The commands on data, in the order in which the help lists them. */
import { dataDownload } from './download'
import { dataDownloads } from './downloads'

export const dataCommands = [dataDownload, dataDownloads] as const
