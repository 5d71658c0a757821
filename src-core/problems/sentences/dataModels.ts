/** Data that runs and models are asked about, or were trained on. */
import { text } from '../../base/text'
import type { CasesByCode } from './form'

const otherData = text('data with SHA-256 {found}…', 'SHA-256 为 {found}… 的数据')
const otherModelData = {
  message: text(
    'The data in {path} is not what the model was trained on.',
    '{path} 处的数据不是训练此模型所用的数据。',
  ),
  received: otherData,
  fix: text(
    'Use --data to name the folder with the data of the model, or give other labeled data to measure on all of it.',
    '用 --data 指明模型数据的位置，或给出其他带标签的数据，以其全部样本评估。',
  ),
} as const
const otherSample = text('Choose another sample.', '选择其他样本。')
const noText = {
  message: text('The model does not take texts.', '此模型的输入不是文本。'),
  received: text('a text', '文本'),
  fix: text('Choose a run that was trained on texts.', '选择以文本训练的运行。'),
} as const
const wrongRow = {
  message: text('The row does not fit the model.', '该行与模型不符。'),
  received: text('a row of {count} {count?cell/cells}', '{count} 个单元格的一行'),
  fix: text('Choose a run that was trained on this table.', '选择以此表格训练的运行。'),
} as const
const notPlaced = {
  message: text('{name} has a value that the model does not know.', '{name} 的值是模型未见过的。'),
  received: '{received|word}',
  fix: text('Fill in the cell.', '填写该单元格。'),
} as const
const missing = {
  ...notPlaced,
  message: text(
    '{name} is missing, and the model was not trained to fill it.',
    '{name} 缺失，而此模型训练时没有学习填补它。',
  ),
  received: text('nothing', '空值'),
} as const
const finite = text('a finite number', '有限的数')

export const modelDataCases = {
  'data-missing': {
    cache: {
      message: text('The prepared samples cannot be read any more.', '已准备好的样本无法再读取。'),
      expected: text('the files of the cache as they were written', '缓存的文件保持写入时的样子'),
      received: '{received}',
      fix: text('Train again: what is missing is prepared anew.', '重新训练：缺失的部分会重新准备。'),
    },
    browse: {
      message: text('Cannot open the folder to browse.', '无法打开要浏览的文件夹。'),
      expected: text('a readable folder', '可读取的文件夹'),
      received: '{received|word}',
      fix: text(
        'Check the path after --browse and the permissions of the folder.',
        '检查 --browse 后的路径与文件夹的权限。',
      ),
    },
  },
  'data-checksum': {
    run: {
      message: text('The data has changed since the run.', '数据在训练之后发生了变化。'),
      expected: text('the data with SHA-256 {wanted}…', 'SHA-256 为 {wanted}… 的数据'),
      received: otherData,
      fix: text('Restore the data, or train a new run on the data as it is now.', '恢复数据，或用现在的数据重新训练。'),
    },
    model: { ...otherModelData, expected: text('data with SHA-256 {wanted}…', 'SHA-256 为 {wanted}… 的数据') },
    'model-form': {
      ...otherModelData,
      expected: text('the same columns, categories and classes', '相同的列、取值与类别'),
    },
    'no-split': {
      message: text(
        'This is not the data that the model was trained on, so it has no {split} split.',
        '这不是训练此模型所用的数据，因此没有{split|word}集。',
      ),
      expected: text('the data of the training, or no --split', '训练所用的数据，或不用 --split'),
      received: text('other data', '其他数据'),
      fix: text('Leave out --split to measure on all samples.', '去掉 --split，以全部样本评估。'),
    },
  },
  'data-sealed': {
    transforms: {
      message: text(
        'Sample {sample} belongs to the test set, which transforms are not chosen by.',
        '样本 {sample} 属于测试集，变换不应参照测试集来选。',
      ),
      expected: text('a sample of the training or validation split', '训练集或验证集的样本'),
      received: text('sample {sample} of the test split', '测试集的样本 {sample}'),
      fix: otherSample,
    },
  },
  'data-split': {
    'none-to-measure': {
      message: text('The data has no {split} samples.', '数据中没有{split|word}样本。'),
      expected: text('samples in the {split} split', '{split|word}集中有样本'),
      received: text('none', '无'),
      fix: text(
        'Evaluate on the {other} split, or train with a share for the {split} set.',
        '改用{other|word}集评估，或为{split|word}集留出一部分重新训练。',
      ),
    },
  },
  'data-empty': {
    'nothing-to-predict': {
      message: text('The file holds no samples.', '文件中没有样本。'),
      expected: text('at least one sample', '至少一个样本'),
      received: text('none', '无'),
      fix: text('Choose another file.', '选择其他文件。'),
    },
  },
  'data-cell': {
    'missing-number': { ...missing, expected: finite },
    'missing-category': { ...missing, expected: '{known|list}' },
    'unknown-number': { ...notPlaced, expected: finite },
    'unknown-category': { ...notPlaced, expected: '{known|list}' },
  },
  'model-input': {
    failed: {
      message: text('The model failed on the input.', '模型无法计算此输入。'),
      expected: text('an input that the model can compute with', '模型能够计算的输入'),
      received: '{received}',
      fix: text('Check that the file is what the model was made for.', '检查文件是否适合此模型。'),
    },
    'too-many': {
      message: text('These are too many images to show at once.', '图像太多，无法同时显示。'),
      expected: text('at most {most} pixels over all steps', '所有步骤共不超过 {most} 个像素'),
      received: text('{pixels} pixels of {rows} images', '{rows} 张图像共 {pixels} 个像素'),
      fix: text('Choose fewer samples.', '减少样本。'),
    },
    'no-index': {
      message: text('There is no such sample.', '没有这个样本。'),
      expected: text('indices from 0 to {last}', '0 至 {last} 的序号'),
      received: '{received|word}',
      fix: text('Choose other samples.', '选择其他样本。'),
    },
    'text-for-row': { ...noText, expected: text('a row of {count} {count?cell/cells}', '{count} 个单元格的一行') },
    'text-for-array': { ...noText, expected: text('a sample of {shape}', '{shape} 的样本') },
    sample: {
      message: text('The sample does not fit the model.', '该样本与模型不符。'),
      expected: text('{count} numbers of {dtype} ({shape})', '{count} 个 {dtype} 数（{shape}）'),
      received: text('{found} of {given}', '{found} 个 {given} 数'),
      fix: text('Choose a run that was trained on data of this form.', '选择以这种数据训练的运行。'),
    },
    'row-for-image': { ...wrongRow, expected: text('an image of {shape}', '{shape} 的图像') },
    'row-width': { ...wrongRow, expected: text('{columns} {columns?cell/cells}', '{columns} 个单元格') },
    position: {
      message: text('The {split} split has no sample number {position}.', '{split|word}集中没有第 {position} 个样本。'),
      expected: text('a number from 1 to {count}', '1 至 {count} 的数'),
      received: '{position}',
      fix: otherSample,
    },
  },
} as const satisfies CasesByCode
