/** New samples that a model is asked about, and that it is measured on. */
import { text } from '../../base/text'
import type { CasesByCode } from './form'

const misfit = { message: text('This does not fit the model.', '这与模型不符。') }
const wrongKind = {
  message: text('A file of this kind cannot be read as input of this model.', '这种文件无法作为此模型的输入读取。'),
  received: '{received|word}',
} as const
const convert = text('Convert the file.', '转换该文件。')
const notPixels = {
  message: text(
    'The numbers are not pixels on the scale of the training images.',
    '这些数不是与训练图像同一范围的像素值。',
  ),
  expected: text('whole numbers from 0 to 255', '0 至 255 的整数'),
}
const element = text('{value} at element {at} of {shape}', '{shape} 中第 {at} 个元素为 {value}')
const notACellValue = {
  message: text('Element {index} cannot be a value of column {name}.', '第 {index} 个元素不能作 {name} 列的值。'),
  received: '{received}',
} as const
const unknownClass = {
  expected: text('folders named {expected|list}', '名为 {expected|list} 的文件夹'),
  received: '{received|list}',
  fix: text('Name the folders as the classes of the model.', '用模型的类别为文件夹命名。'),
} as const

export const sampleCases = {
  'model-input': {
    'table-shape': {
      ...misfit,
      expected: text('{count} columns: {columns|list}', '{count} 列：{columns|list}'),
      received: '{received|word}',
      fix: text('Give a table with these columns.', '选择含有这些列的表格。'),
    },
    'table-width': {
      ...misfit,
      expected: text('{count} columns: {columns|list}', '{count} 列：{columns|list}'),
      received: text('{found} columns', '{found} 列'),
      fix: text('Give a table with these columns.', '选择含有这些列的表格。'),
    },
    'text-shape': {
      ...misfit,
      expected: text('texts', '文本'),
      received: '{received|word}',
      fix: text('Give a text file, or a table with a column of texts.', '选择文本文件，或含有文本列的表格。'),
    },
    'array-shape': {
      ...misfit,
      expected: text('arrays of {shape}', '{shape} 的数组'),
      received: '{received|word}',
      fix: text('Give an .npy file of this shape.', '选择此形状的 .npy 文件。'),
    },
    'image-shape': {
      ...misfit,
      expected: text('images of {shape} (channels × height × width)', '{shape} 的图像（通道 × 高 × 宽）'),
      received: '{received|word}',
      fix: text(
        'Resize, crop or convert the image to this shape, or train with the pre-transforms color and resize.',
        '将图像缩放、裁剪或转换为此形状，或以预处理 color 与 resize 训练。',
      ),
    },
    'image-file': {
      ...wrongKind,
      expected: text('an image ({extensions}), .idx or .npy', '图像（{extensions}）、.idx 或 .npy'),
      fix: text('Convert the image to PNG or JPEG.', '将图像转为 PNG 或 JPEG。'),
    },
    'table-file': {
      ...wrongKind,
      expected: text('a table (.csv, .tsv, .parquet) or .npy', '表格（.csv、.tsv、.parquet）或 .npy'),
      fix: convert,
    },
    'text-file': { ...wrongKind, expected: text('a text', '文本'), fix: convert },
    'array-file': { ...wrongKind, expected: '{extension}', fix: convert },
    'unit-pixels': {
      ...notPixels,
      received: text('{type} from 0 to 1', '0 至 1 的 {type}'),
      fix: text('Multiply by 255 and save as uint8.', '乘以 255，并存为 uint8。'),
    },
    pixels: {
      ...notPixels,
      received: element,
      fix: text('Scale the pixels to 0…255 and save as uint8.', '将像素值缩放到 0…255，并存为 uint8。'),
    },
    'token-ids': {
      message: text('The numbers are not token ids of the vocabulary.', '这些数不是词表中的词元编号。'),
      expected: text('whole numbers from 0 to {largest}', '0 至 {largest} 的整数'),
      received: element,
      fix: text('Give the text itself.', '给出文本本身。'),
    },
    'other-files': {
      message: text(
        'A model of this data set is not measured on other files.',
        '使用此数据集的模型不能用其他文件评估。',
      ),
      expected: text(
        'a model of a table, of folders, of arrays or of IDX files',
        '使用表格、文件夹、数组或 IDX 文件的模型',
      ),
      received: '{received}',
      fix: text('Leave out --data to measure on the data set itself.', '去掉 --data，以数据集本身评估。'),
    },
    'no-sample': {
      message: text('There is no such sample.', '没有这个样本。'),
      expected: text('an index from 0 to {last}', '0 至 {last} 的序号'),
      received: '{received}',
      fix: text('Choose another sample.', '选择其他样本。'),
    },
  },
  'data-column': {
    'text-column': {
      message: text('The table does not say which of its columns holds the texts.', '无法得知表格的哪一列是文本。'),
      expected: text('a table of one column', '只有一列的表格'),
      received: '{received|list}',
      fix: text(
        'Name the column as in the training data, or leave only the texts.',
        '按训练数据为该列命名，或只保留文本。',
      ),
    },
    'named-text-column': {
      message: text('The table does not say which of its columns holds the texts.', '无法得知表格的哪一列是文本。'),
      expected: text('{name}, or a table of one column', '{name}，或只有一列的表格'),
      received: '{received|list}',
      fix: text(
        'Name the column as in the training data, or leave only the texts.',
        '按训练数据为该列命名，或只保留文本。',
      ),
    },
    'model-label': {
      message: text('The table has no column {quoted} with the labels.', '表格没有标签列 {quoted}。'),
      expected: '{expected}',
      received: '{received|list}',
      fix: text(
        'Give a table with the columns of the training data, the label among them.',
        '选择含有训练数据各列（包括标签）的表格。',
      ),
    },
    'model-column': {
      message: text('The table has no column {quoted}, which the model needs.', '表格没有模型所需的列 {quoted}。'),
      expected: '{expected}',
      received: '{received|list}',
      fix: text(
        'Add the column; its cells may be empty where the model fills missing values.',
        '添加该列；若模型会填补缺失值，其单元格可以为空。',
      ),
    },
  },
  'data-cell': {
    missing: {
      message: text(
        'The cell is missing, and the model was not trained to fill it.',
        '此单元格缺失，而模型训练时没有填补缺失值。',
      ),
      expected: text('a value', '一个值'),
      received: text('a missing cell', '缺失的单元格'),
      fix: text(
        'Fill in the cell, or train with the pre-transform fill-missing.',
        '填写该单元格，或以预处理 fill-missing 训练。',
      ),
    },
    'array-number': {
      ...notACellValue,
      expected: text('a finite number or NaN', '有限数或 NaN'),
      fix: text('Correct the number.', '改正该数。'),
    },
    'array-category': {
      ...notACellValue,
      expected: text('a category code from 0 to {largest} or NaN', '0 至 {largest} 的类别编号或 NaN'),
      fix: text(
        'Give the codes of the training data, or a CSV file with the names.',
        '给出训练数据中的编号，或含有名称的 CSV 文件。',
      ),
    },
  },
  'data-label': {
    'unknown-class': {
      ...unknownClass,
      message: text('The model does not know a class of the folder.', '文件夹中有一个类别是模型没有学过的。'),
    },
    'unknown-classes': {
      ...unknownClass,
      message: text('The model does not know classes of the folder.', '文件夹中有模型没有学过的类别。'),
    },
  },
  'data-missing': {
    'labeled-files': {
      message: text('The files with samples and labels are not there.', '没有样本与标签的文件。'),
      expected: '{pairs}',
      received: text('none of them', '一个也没有'),
      fix: text('Give a folder that holds these files.', '选择含有这些文件的文件夹。'),
    },
  },
  'data-empty': {
    'no-labeled': {
      message: text('The file holds no labeled samples.', '文件中没有带标签的样本。'),
      expected: text('at least one sample with a label', '至少一个带标签的样本'),
      received: text('none', '无'),
      fix: text('Choose another file.', '选择其他文件。'),
    },
    'nothing-to-answer': {
      message: text('The folder holds nothing that this model takes.', '文件夹中没有此模型可用的文件。'),
      expected: text(
        'files of the kind that the model was trained on, in the folder or in those below it',
        '与训练数据同类的文件，位于该文件夹或其子文件夹中',
      ),
      received: text('none', '无'),
      fix: text(
        'Check that it is the right folder, or name the files themselves.',
        '检查是否选对文件夹，或直接给出文件。',
      ),
    },
  },
} as const satisfies CasesByCode
