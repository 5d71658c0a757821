/** Files of runs that cannot be written, with what to do next and which checkpoints are kept. */
import { text } from '../../base/text'

const received = '{received}'
/** Of files whose size is known beforehand. */
const expected = text('room for {bytes} bytes', '{bytes} 字节的空间')

// `{next}` and `{kept}` are whole sentences; `{next}` can be empty.
const freeSpace = text(
  'Free some space, or write the run to another disk.{next} {kept}',
  '释放一些空间，或将运行记录写到其他磁盘。{next}{kept}',
)
const otherFolder = text('Choose another run folder.{next} {kept}', '选择其他运行文件夹。{next}{kept}')

const full = { message: text('The disk is full.', '磁盘已满。'), received, fix: freeSpace } as const
const quota = { message: text('The disk quota is used up.', '磁盘配额已用完。'), received, fix: freeSpace } as const
const size = {
  message: text('The file would be larger than is allowed here.', '文件会超过这里允许的大小。'),
  received,
  fix: text(
    'Raise the limit, or write the run to another disk.{next} {kept}',
    '提高上限，或将运行记录写到其他磁盘。{next}{kept}',
  ),
} as const
const permission = {
  message: text('The folder may not be written to.', '没有写入该文件夹的权限。'),
  received,
  fix: text(
    'Choose another run folder, or change its permissions.{next} {kept}',
    '选择其他运行文件夹，或更改其权限。{next}{kept}',
  ),
} as const
const readOnly = {
  message: text('The disk can only be read.', '此磁盘只能读取。'),
  received,
  fix: text('Choose a run folder on another disk.{next} {kept}', '选择其他磁盘上的运行文件夹。{next}{kept}'),
} as const
const notFolder = {
  message: text('A part of the path is a file, not a folder.', '路径中有一部分是文件，不是文件夹。'),
  received,
  fix: otherFolder,
} as const
const inTheWay = {
  message: text('A file of this name stands in the way.', '已有同名的文件。'),
  received,
  fix: otherFolder,
} as const
const gone = {
  message: text('The run folder does not exist any more.', '运行文件夹已不存在。'),
  received,
  fix: text(
    'Train again, and leave the folder where it is.{next} {kept}',
    '重新训练，期间不要移动该文件夹。{next}{kept}',
  ),
} as const
const other = { message: text('The file could not be written.', '文件无法写入。'), received, fix: otherFolder } as const

export const runWriteCases = {
  full,
  'full-bytes': { ...full, expected },
  quota,
  'quota-bytes': { ...quota, expected },
  size,
  'size-bytes': { ...size, expected },
  permission,
  'permission-bytes': { ...permission, expected },
  'read-only': readOnly,
  'read-only-bytes': { ...readOnly, expected },
  'not-folder': notFolder,
  'not-folder-bytes': { ...notFolder, expected },
  'in-the-way': inTheWay,
  'in-the-way-bytes': { ...inTheWay, expected },
  gone,
  'gone-bytes': { ...gone, expected },
  other,
  'other-bytes': { ...other, expected },
} as const
