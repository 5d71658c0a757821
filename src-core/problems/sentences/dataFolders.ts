/** Folders of classes, splits and tables, and files in them that are left out. */
import { text } from '../../base/text'
import type { CasesByCode } from './form'

const folders = {
  expected: text('folders that are named after classes, or after splits', '以类别或划分命名的文件夹'),
  received: '{folders|list}',
} as const
const noClasses = {
  message: text('There are no class folders.', '没有类别文件夹。'),
  expected: text(
    'one folder a class with its {what|word} in it, below train, validation and test or not',
    '每个类别一个存放其{what|word}的文件夹，可以位于 train、validation 与 test 之下',
  ),
  fix: text('Put the files of each class into a folder with its name.', '把每个类别的文件放进以该类别命名的文件夹。'),
}
const noFiles = {
  message: text('There are no {what|word} in the folder.', '文件夹中没有{what|word}。'),
  expected: text('one folder a class with its {what|word} in it', '每个类别一个存放其{what|word}的文件夹'),
  fix: text('Check that it is the right folder.', '检查是否选对文件夹。'),
}
const tooMany = {
  received: text('more', '更多'),
  fix: text('Check that it is the right folder, or split it.', '检查是否选对文件夹，或将其拆分。'),
}

/** The code is that of the first file that training skips. */
const leftOut = {
  skipped: {
    message: text(
      '{count} of {total} {total?file/files} could not be read and {count?was left out:/were left out. The first:} {first}',
      '{total} 个文件中有 {count} 个无法读取，未被采用{count?：/。第一个：}{first}',
    ),
    fix: text('Remove or repair these files.', '移除或修复这些文件。'),
  },
  broken: {
    message: text(
      '{count} of {total} files cannot be read as images. The first: {first}',
      '{total} 个文件中有 {count} 个无法作为图像读取。第一个：{first}',
    ),
    expected: text('images in most of the files', '大多数文件是图像'),
    received: '{received|word}',
    fix: text(
      'Check that this is the right folder, and that the files are PNG, JPEG, WebP, BMP, TIFF or GIF.',
      '检查文件夹是否选对，文件是否为 PNG、JPEG、WebP、BMP、TIFF 或 GIF。',
    ),
  },
} as const

export const folderCases = {
  'data-split': {
    'folders-parts': {
      ...folders,
      message: text(
        'Folders of the same names lie in {folders|list}, so these are taken for parts of the data and not for classes.',
        '{folders|list} 中有同名的文件夹，因此它们被当作数据的各部分，而不是类别。',
      ),
      fix: text(
        'Say what each folder is for when you import it, or under data.source.folders; {braces} makes all of them classes.',
        '导入时说明每个文件夹的用途，或写入 data.source.folders；{braces} 表示都是类别。',
      ),
    },
    'folders-classes': {
      ...folders,
      message: text(
        'Folders of the same names lie in {folders|list}: these are taken for the classes, but may be parts of the data.',
        '{folders|list} 中有同名的文件夹：它们被当作类别，但也可能是数据的各部分。',
      ),
      fix: text(
        'Say what each folder is for when you import it, or under data.source.folders; {braces} makes all of them classes.',
        '导入时说明每个文件夹的用途，或写入 data.source.folders；{braces} 表示都是类别。',
      ),
    },
  },
  'data-empty': {
    ...leftOut,
    'empty-class': {
      message: text(
        'The class folder {name} holds no {what|word} and was left out.',
        '类别文件夹 {name} 中没有{what|word}，未被采用。',
      ),
      expected: '{what|word}',
      received: text('none', '无'),
      fix: text('Nothing; remove the folder to silence this.', '不必处理；移除该文件夹后不再提示。'),
    },
    'no-files': { ...noFiles, received: text('an empty folder', '空文件夹') },
    'empty-folders': {
      ...noFiles,
      received: text('{count} empty {count?folder/folders}', '{count} 个空文件夹'),
    },
    'files-left-out': {
      ...noFiles,
      received: text(
        '{count} {count?file/files} left out, such as {first}: {reason|reason}',
        '{count} 个文件未被采用，例如 {first}：{reason|reason}',
      ),
    },
  },
  'data-label': {
    'unseen-class': {
      message: text(
        'The class {name} is in the {split|word} folder but not in the training folder; its files were left out.',
        '类别 {name} 在{split|word}文件夹中，但不在训练文件夹中；其文件未被采用。',
      ),
      expected: text('classes that training sees', '训练集中有的类别'),
      received: text('{count} {what|word} of {name}', '{name} 的 {count} 个{what|word}'),
      fix: text('Add files of the class for training, or rename the folder.', '为训练添加该类别的文件，或改文件夹名。'),
    },
    'no-class-level': {
      ...noClasses,
      received: text('a training folder without folders in it', '训练文件夹中没有文件夹'),
    },
    'no-classes': {
      ...noClasses,
      received: text('{count} {count?file/files} in the folder itself', '文件夹本身有 {count} 个文件'),
    },
    'one-class-folder': {
      message: text('There is only one class.', '只有一个类别。'),
      expected: text('at least two class folders with files for training', '至少两个含训练文件的类别文件夹'),
      received: text('only {name}', '只有 {name}'),
      fix: text('Give the folder above, or add a folder for another class.', '选择上一级文件夹，或补充另一类别。'),
    },
  },
  'data-missing': leftOut,
  'data-encoding': leftOut,
  'data-truncated': leftOut,
  'data-too-large': {
    ...leftOut,
    'many-classes': {
      ...tooMany,
      message: text('The folder holds too many classes.', '文件夹中的类别太多。'),
      expected: text('at most {most} classes', '至多 {most} 个类别'),
    },
    'many-files': {
      ...tooMany,
      message: text('The folder holds too many files.', '文件夹中的文件太多。'),
      expected: text('at most {most} files', '至多 {most} 个文件'),
    },
  },
  'data-format': {
    ...leftOut,
    'left-out': {
      message: text(
        '{count} {count?file is/files are} left out{shown?/. The first}: {reason|reason}.',
        '有 {count} 个文件未被采用{shown?/。第一个}：{reason|reason}。',
      ),
      fix: text('Nothing needs to be done if they are not meant to be samples.', '若它们本不是样本，不必处理。'),
    },
    'several-tables': {
      message: text(
        'There are {count} tables in the folder, and one is wanted.',
        '文件夹中有 {count} 个表格，只能使用一个。',
      ),
      expected: text('one table', '一个表格'),
      received: '{received|list}',
      fix: text('Choose one of the files instead of the folder.', '直接选择其中一个文件。'),
    },
  },
} as const satisfies CasesByCode
