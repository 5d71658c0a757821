/** Archives and arrays: tar, NumPy's .npy and .npz, IDX and CIFAR-10. */
import { text } from '../../base/text'
import type { CasesByCode } from './form'

const again = text('Copy or download the file again.', '重新复制或下载该文件。')

const tar = {
  message: text('The archive is damaged, or not a tar archive.', '归档已损坏，或不是 tar 归档。'),
  fix: again,
}
const escape = {
  message: text('A name in the archive leads out of it.', '归档中有一个名称指向归档之外。'),
  fix: text('Do not trust this file; get it from somewhere else.', '不要信任此文件；从别处获取。'),
}

const header = {
  message: text('This .npy file cannot be used.', '此 .npy 文件无法使用。'),
  fix: text('Save the array with numpy.save as uint8 or float32.', '用 numpy.save 将数组存为 uint8 或 float32。'),
}
const numbers = text('an array of integers or real numbers', '整数或实数的数组')
const npyLength = {
  message: text('The length of the file does not fit its header.', '文件长度与文件头不符。'),
  fix: text('Save the array again with numpy.save.', '用 numpy.save 重新保存数组。'),
}
const npyHeaderCut = {
  ...npyLength,
  expected: text('a header of {bytes} bytes', '{bytes} 字节的文件头'),
  received: text('{size} bytes', '{size} 字节'),
}
const npyElements = {
  ...npyLength,
  expected: text('{bytes} bytes of elements for {shape} of {type}', '{bytes} 字节，即 {shape} 个 {type}'),
  received: text('{size} bytes', '{size} 字节'),
}

const npz = {
  message: text('The .npz file is damaged, or not a ZIP archive.', '.npz 文件已损坏，或不是 ZIP 压缩包。'),
  expected: text('a complete archive as numpy.savez writes it', 'numpy.savez 写出的完整压缩包'),
  received: '{received|reason}',
  fix: text('Copy, download or save the file again.', '重新复制、下载或保存该文件。'),
} as const
const member = {
  message: text('A member of the archive cannot be read.', '压缩包中的一个成员无法读取。'),
  fix: text('Save the arrays again with numpy.savez.', '用 numpy.savez 重新保存数组。'),
}

const cifar = {
  message: text('This is not the binary version of CIFAR-10.', '这不是 CIFAR-10 的二进制版本。'),
  fix: text('Download cifar-10-binary.tar.gz again.', '重新下载 cifar-10-binary.tar.gz。'),
}

export const archiveCases = {
  'data-format': {
    'tar-members': {
      ...tar,
      expected: text('at most {most} members', '至多 {most} 个成员'),
      received: text('more', '更多'),
    },
    'tar-size': {
      ...tar,
      expected: text('at most {most} bytes', '至多 {most} 字节'),
      received: text('{size} bytes for {name}', '{name} 有 {size} 字节'),
    },
    'tar-name': {
      ...tar,
      expected: text('a name of at most {most} bytes', '不超过 {most} 字节的名称'),
      received: text('{size} bytes', '{size} 字节'),
    },
    'tar-checksum': {
      ...tar,
      expected: text('a header with the checksum {sum}', '校验和为 {sum} 的文件头'),
      received: '{received}',
    },
    'tar-number': { ...tar, expected: text('a size', '大小'), received: '{received}' },
    'tar-extended': {
      ...tar,
      expected: text('extended headers', '扩展文件头'),
      received: text('a wrong length', '长度有误'),
    },
    'tar-escape': {
      ...escape,
      expected: text('names of files inside the archive', '归档之内的文件名'),
      received: '{received}',
    },
    'npy-magic': {
      ...header,
      expected: text('\\x93NUMPY and version 1, 2 or 3', '\\x93NUMPY 与版本 1、2 或 3'),
      received: '{received|word}',
    },
    'npy-long-header': {
      ...header,
      expected: text('a header of at most {most} bytes', '不超过 {most} 字节的文件头'),
      received: text('{size} bytes', '{size} 字节'),
    },
    'npy-description': {
      ...header,
      expected: numbers,
      received: '{received|word}',
      fix: text('Save plain numbers with numpy.save.', '用 numpy.save 保存普通的数。'),
    },
    'npy-pickled': {
      ...header,
      expected: numbers,
      received: text('pickled Python objects, {header}', '以 pickle 保存的 Python 对象，{header}'),
      fix: text(
        'Save the numbers as an array of their own; pickled objects could run code and are never read.',
        '把数单独存为数组；pickle 对象可能执行代码，从不读取。',
      ),
    },
    'npy-shape': {
      ...header,
      expected: text('whole numbers as the shape', '由整数组成的形状'),
      received: '{received}',
    },
    'npy-axes': {
      ...header,
      expected: text('at most {most} axes', '至多 {most} 个轴'),
      received: text('{count} axes', '{count} 个轴'),
    },
    'npy-type': {
      ...header,
      expected: text('an array of integers or real numbers of 8 to 64 bits', '8 至 64 位整数或实数的数组'),
      received: '{received}',
    },
    'npy-elements': npyElements,
    'npz-damaged': npz,
    'npz-escape': { ...escape, expected: text('plain names of arrays', '普通的数组名'), received: '{received|reason}' },
    'npz-names': {
      ...member,
      expected: text('members of different names', '名称各不相同的成员'),
      received: text('two members of this name', '两个成员同名'),
    },
    'npz-members': {
      ...member,
      expected: text('at most {most} members', '至多 {most} 个成员'),
      received: text('more', '更多'),
    },
    'npz-encrypted': {
      ...member,
      expected: text('members without a password', '没有密码的成员'),
      received: text('an encrypted member', '加密的成员'),
    },
    'npz-method': {
      ...member,
      expected: text('stored or deflated members', '未压缩或以 deflate 压缩的成员'),
      received: text('compression method {method}', '压缩方法 {method}'),
    },
    'npz-sizes': {
      ...member,
      expected: text('sizes that can be true', '可能属实的大小'),
      received: text(
        '{compressed} bytes for {plain} in a file of {size}',
        '文件共 {size} 字节，其中 {compressed} 字节解压为 {plain} 字节',
      ),
    },
    'npz-bomb': {
      ...member,
      expected: text('at most {factor} times the bytes in the archive', '至多为压缩包中字节数的 {factor} 倍'),
      received: text('{plain} of {compressed}', '由 {compressed} 得 {plain}'),
    },
    'npz-place': {
      ...member,
      expected: text('bytes {begin} to {end}', '字节 {begin} 至 {end}'),
      received: text('a file of {size} bytes', '{size} 字节的文件'),
    },
    'idx-magic': {
      message: text('This is not an IDX file: its magic number is wrong.', '这不是 IDX 文件：魔数不对。'),
      expected: text(
        'two zero bytes, an element type (8, 9, 11-14) and a rank (1-8)',
        '两个零字节、元素类型（8、9、11–14）与维数（1–8）',
      ),
      received: '{received|word}',
      fix: text(
        'Give an IDX file such as train-images-idx3-ubyte; it may be gzipped.',
        '选择 IDX 文件，如 train-images-idx3-ubyte；可以是 gzip 文件。',
      ),
    },
    'idx-long': {
      message: text(
        'The file continues after the elements that its header announces.',
        '文件头所列的元素之后还有内容。',
      ),
      expected: text('the end of the file', '文件末尾'),
      received: text('at least {extra} more bytes', '至少还有 {extra} 字节'),
      fix: text(
        'Copy or download the file again, or correct the counts in its header.',
        '重新复制或下载该文件，或改正文件头中的数目。',
      ),
    },
    'cifar-repeated': {
      ...cifar,
      expected: text('each batch once', '每个批文件一次'),
      received: text('{name} twice', '{name} 出现两次'),
    },
    'cifar-missing': {
      ...cifar,
      expected: '{expected|list}',
      received: text('an archive without {names|list}', '归档中没有 {names|list}'),
    },
    'cifar-records': {
      ...cifar,
      expected: text(
        '1 to {most} records of {record} bytes in {name}',
        '{name} 中有 1 至 {most} 条 {record} 字节的记录',
      ),
      received: text('{size} bytes', '{size} 字节'),
    },
  },
  'data-truncated': {
    'tar-end': {
      message: text('The archive ends too early.', '归档过早结束。'),
      expected: text('{bytes} more bytes', '还有 {bytes} 字节'),
      received: text('the end of the archive', '归档末尾'),
      fix: again,
    },
    'npy-header': npyHeaderCut,
    'npy-elements': npyElements,
    'npz-damaged': npz,
    'idx-elements': {
      message: text('The file is shorter than its header says.', '文件比文件头所述的短。'),
      expected: text('{bytes} bytes of elements for {shape}', '{shape} 个元素的 {bytes} 字节'),
      received: text('{size} bytes', '{size} 字节'),
      fix: again,
    },
    'idx-gzip': {
      message: text('The file is shorter than its header says.', '文件比文件头所述的短。'),
      expected: text('{bytes} bytes of elements for {shape}', '{shape} 个元素的 {bytes} 字节'),
      received: text('a gzip file of {size} bytes, which cannot hold as many', '{size} 字节的 gzip 文件，容不下这么多'),
      fix: again,
    },
    'idx-header': {
      message: text('The file ends inside its header.', '文件在文件头之内结束。'),
      expected: text('a header of {bytes} bytes', '{bytes} 字节的文件头'),
      received: text('{size} bytes', '{size} 字节'),
      fix: again,
    },
  },
  'data-missing': {
    'npz-array': {
      message: text('There is no array {name} in the file.', '文件中没有数组 {name}。'),
      expected: '{expected|list}',
      received: '{received}',
      fix: text('Correct the name behind #; upper and lower case count.', '改正 # 之后的名称；区分大小写。'),
    },
  },
  'data-empty': {
    'npz-empty': {
      message: text('The archive holds no arrays.', '压缩包中没有数组。'),
      expected: text('members that end in .npy', '以 .npy 结尾的成员'),
      received: text('an empty archive', '空压缩包'),
      fix: member.fix,
    },
  },
  'data-cell': {
    'array-inexact': {
      message: text('A number is too large to be kept exactly as {type}.', '有一个 {type} 数太大，无法精确保留。'),
      expected: text('whole numbers up to 2⁵³', '不超过 2⁵³ 的整数'),
      received: '{received}',
      fix: text('Save the array as float64, or as smaller numbers.', '将数组存为 float64，或使用较小的数。'),
    },
  },
  'data-label': {
    cifar: {
      message: text('A label is outside the ten classes.', '有一个标签不在十个类别之中。'),
      expected: text('0 to 9', '0 至 9'),
      received: '{received}',
      fix: cifar.fix,
    },
  },
} as const satisfies CasesByCode
