/** Downloads of data sets. */
import { text } from '../../base/text'
import type { CasesByCode } from './form'

const published = {
  expected: text('{bytes} bytes with SHA-256 {sha256}', '{bytes} 字节，SHA-256 为 {sha256}'),
  received: '{tried}',
} as const

export const downloadCases = {
  'data-download': {
    offline: {
      ...published,
      message: text(
        '{name} cannot be downloaded: no mirror can be reached.',
        '{name} 无法下载：没有一个镜像可以连接。',
      ),
      fix: text(
        'Check the connection to the internet and try again; what has arrived is kept.',
        '检查网络连接后重试；已下载的部分会保留。',
      ),
    },
    mirrors: {
      ...published,
      message: text('No mirror gives {name}.', '没有一个镜像给出 {name}。'),
      fix: text('Try again later, or put the file itself into {folder}.', '稍后重试，或自行将该文件放入 {folder}。'),
    },
    busy: {
      message: text(
        'The file is being downloaded already, by another window or command.',
        '该文件正由另一个窗口或命令下载。',
      ),
      fix: text(
        'Wait until it is there; if nothing else is running, delete {lock}.',
        '等待其完成；若没有其他程序在运行，删除 {lock}。',
      ),
    },
    'busy-delete': {
      message: text('The file is being downloaded, so it cannot be deleted.', '该文件正在下载，无法删除。'),
      fix: text(
        'Stop the download first; if nothing else is running, delete {lock}.',
        '先停止下载；若没有其他程序在运行，删除 {lock}。',
      ),
    },
  },
  'file-write': {
    'download-room': {
      message: text('The disk has no room for {name}.', '磁盘空间不足以存放 {name}。'),
      expected: text('{needed} free bytes', '{needed} 字节可用空间'),
      received: text('{free} free bytes', '{free} 字节可用空间'),
      fix: text('Free some space; what has arrived is kept.', '腾出空间；已下载的部分会保留。'),
    },
  },
} as const satisfies CasesByCode
