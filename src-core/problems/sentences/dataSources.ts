/** Data sets: their files, how these belong together, the split, pre-transforms, the cache and downloads. */
import { text } from '../../base/text'
import type { CasesByCode } from './form'

const sameSet = text('Give two files of the same data set.', '选择同一数据集的两个文件。')
const outside = text('The label of sample {sample} is outside the classes.', '样本 {sample} 的标签不在类别之中。')
const wrongLabel = {
  message: outside,
  received: '{received}',
  fix: text('Correct the labels; they count up from 0.', '改正标签；标签从 0 开始计数。'),
} as const
const unnamedLabel = {
  message: outside,
  received: '{received}',
  fix: text('Name all classes in the project, or correct the labels.', '在项目中写出所有类别，或改正标签。'),
} as const
const anyFrom0 = text('0 to {largest}', '0 至 {largest}')
const wholeFrom0 = text('a whole number from 0 to {largest}', '0 至 {largest} 的整数')
const numbersForSamples = {
  expected: text('{count} numbers, one for each sample of {samples}', '{count} 个数，{samples} 的每个样本一个'),
  received: '{received}',
  fix: text('Give the two arrays of the same set.', '选择同一数据集的两个数组。'),
} as const
const notFinite = {
  expected: text('finite numbers below 3.4e38', '小于 3.4e38 的有限数'),
  received: text('{value} at [{place}] of {shape} {type}', '{shape} 的 {type} 数组中 [{place}] 处的 {value}'),
}
const spread = text('numbers that differ by a good part of their size', '差别与其大小相称的数')
const shares = {
  message: text('The shares of the split leave a part of it empty.', '按此比例划分，有一部分没有样本。'),
  expected: text(
    'at least one sample for training and one for every share above 0',
    '训练集至少一个样本，每个大于 0 的比例至少一个样本',
  ),
  fix: text('Change the shares, set one to 0, or add data.', '调整比例，把其中一个设为 0，或增加数据。'),
}
const cache = {
  expected: text('room for the result of the pre-transforms', '存放预处理结果的空间'),
  received: '{received}',
} as const

export const sourceCases = {
  'data-missing': {
    none: {
      message: text('No data has been chosen yet.', '尚未选择数据。'),
      fix: text(
        'Import a file or a folder, or take one of the embedded data sets.',
        '导入文件或文件夹，或选用内置数据集。',
      ),
    },
    'test-idx': {
      message: text('A test set needs images and labels.', '测试集需要图像与标签。'),
      expected: text('testImages and testLabels, or neither', 'testImages 与 testLabels，或两者皆无'),
      received: text('no {absent}', '没有 {absent}'),
      fix: text('Set {absent}, or remove the other.', '设置 {absent}，或移除另一项。'),
    },
    'test-arrays': {
      message: text('A test set needs samples and labels.', '测试集需要样本与标签。'),
      expected: text('testSamples and testLabels, or neither', 'testSamples 与 testLabels，或两者皆无'),
      received: text('no {absent}', '没有 {absent}'),
      fix: text('Set {absent}, or remove the other.', '设置 {absent}，或移除另一项。'),
    },
    pair: {
      message: text('Images and labels were not found together.', '没有同时找到图像与标签。'),
      expected: text(
        'two files in the same folder, one with “images” and one with “labels” in its name',
        '同一文件夹中的两个文件，名称中分别含“images”与“labels”',
      ),
      received: '{received|list}',
      fix: text(
        'Put both files into one folder, or name them like train-images-idx3-ubyte and train-labels-idx1-ubyte.',
        '把两者放在同一文件夹，或命名为 train-images-idx3-ubyte 与 train-labels-idx1-ubyte 的形式。',
      ),
    },
    'array-pair': {
      message: text('Samples and labels were not found together.', '没有同时找到样本与标签。'),
      expected: text(
        'arrays named like x and y, images and labels, or x_train, y_train, x_test and y_test',
        '名称形如 x 与 y、images 与 labels，或 x_train、y_train、x_test、y_test 的数组',
      ),
      received: '{received|list}',
      fix: text(
        'Save samples and labels under such names, in one .npz file or beside each other.',
        '以这样的名称保存样本与标签，放在同一 .npz 文件中，或放在一起。',
      ),
    },
    download: {
      message: text('{title} has not been downloaded yet.', '{title} 尚未下载。'),
      expected: '{expected|list}',
      received: text('nothing', '无'),
      fix: text(
        'Download it on the Data screen or with: layerloom data download {name}',
        '在“数据”界面下载，或运行：layerloom data download {name}',
      ),
    },
    'download-part': {
      message: text('{title} has not been downloaded yet.', '{title} 尚未下载。'),
      expected: '{expected|list}',
      received: text('{bytes} bytes of it', '其中 {bytes} 字节'),
      fix: text(
        'Download it on the Data screen or with: layerloom data download {name}',
        '在“数据”界面下载，或运行：layerloom data download {name}',
      ),
    },
  },
  'data-format': {
    'idx-labels': {
      message: text('The IDX file does not hold labels.', 'IDX 文件中不是标签。'),
      expected: text('integers in one dimension', '一维的整数'),
      received: text('{type|word} as {shape}', '{shape} 的{type|word}'),
      fix: text(
        'Give the file of the labels here and the file of the images as the images.',
        '此处选择标签文件，图像处选择图像文件。',
      ),
    },
    'idx-images': {
      message: text('The IDX file does not hold images.', 'IDX 文件中不是图像。'),
      expected: text(
        'unsigned bytes as count × height × width or count × channels × height × width',
        '无符号字节，形状为 数量 × 高 × 宽 或 数量 × 通道 × 高 × 宽',
      ),
      received: text('{type|word} as {shape}', '{shape} 的{type|word}'),
      fix: text(
        'Give the file of the images here and the file of the labels as the labels.',
        '此处选择图像文件，标签处选择标签文件。',
      ),
    },
    'test-size': {
      message: text('The test images have another size than the training images.', '测试图像与训练图像的尺寸不同。'),
      expected: '{expected}',
      received: '{received}',
      fix: sameSet,
    },
    'test-form': {
      message: text(
        'The test samples are of another form than the training samples.',
        '测试样本与训练样本的形式不同。',
      ),
      expected: '{expected}',
      received: '{received}',
      fix: text('Give two arrays of the same data set.', '选择同一数据集的两个数组。'),
    },
    'array-labels': {
      ...numbersForSamples,
      message: text('The array does not hold labels.', '数组中不是标签。'),
    },
    'array-samples': {
      message: text('The array does not hold samples.', '数组中没有样本。'),
      expected: text(
        'at least one sample along the first axis, and numbers along at least one more axis',
        '第一个轴上至少一个样本，且至少还有一个轴',
      ),
      received: '{received|word}',
      fix: text('Give an array [samples, …].', '选择形如 [样本, …] 的数组。'),
    },
    'channels-last': {
      message: text('The images have their channels last.', '图像的通道在最后一个轴。'),
      expected: text('{shape} (samples × channels × height × width)', '{shape}（样本 × 通道 × 高 × 宽）'),
      received: '{received}',
      fix: text(
        'Save the array with channels first, in NumPy: array.transpose(0, 3, 1, 2).',
        '保存时让通道在前，在 NumPy 中：array.transpose(0, 3, 1, 2)。',
      ),
    },
  },
  'data-count': {
    images: {
      message: text('Images and labels differ in number.', '图像与标签的数量不同。'),
      expected: text('{count} labels, one for each image of {images}', '{count} 个标签，{images} 的每个图像一个'),
      received: text('{labels} labels', '{labels} 个标签'),
      fix: text(
        'Give two files of the same set, for example both of the training set.',
        '选择属于同一部分的两个文件，例如都属于训练集。',
      ),
    },
    arrays: {
      ...numbersForSamples,
      message: text('Samples and labels differ in number.', '样本与标签的数量不同。'),
    },
  },
  'data-empty': {
    dropped: {
      message: text('There is no file in what was dropped.', '拖入的内容中没有文件。'),
      expected: text('a file, or a folder with files', '文件，或含有文件的文件夹'),
      received: '{received}',
      fix: text('Drop the folder that the files are in.', '拖入文件所在的文件夹。'),
    },
    'idx-images': {
      message: text('The file holds no images.', '文件中没有图像。'),
      expected: text('at least one image', '至少一个图像'),
      received: text('a count of 0', '数量为 0'),
      fix: text('Give a file with images.', '选择含有图像的文件。'),
    },
  },
  'data-label': {
    code: { ...wrongLabel, expected: anyFrom0 },
    'unnamed-code': { ...unnamedLabel, expected: anyFrom0 },
    'array-code': { ...wrongLabel, expected: wholeFrom0 },
    'unnamed-array-code': { ...unnamedLabel, expected: wholeFrom0 },
  },
  'data-cell': {
    'array-huge': {
      ...notFinite,
      message: text(
        'Sample {sample} of the array has a number that float32, which samples are read as, cannot hold.',
        '数组的样本 {sample} 含有超出 float32 范围的数，而样本以 float32 读入。',
      ),
      fix: text('Divide the array by a fixed number before it is saved.', '保存之前将数组除以一个固定数。'),
    },
    'array-finite': {
      ...notFinite,
      message: text(
        'Sample {sample} of the array has a value that is not a number to learn from.',
        '数组的样本 {sample} 含有无法用于训练的值。',
      ),
      fix: text(
        'Leave the sample out, or replace the value before the array is saved, in NumPy: numpy.nan_to_num(array).',
        '去掉该样本，或在保存数组之前替换该值，例如 numpy.nan_to_num(array)。',
      ),
    },
  },
  'data-precision': {
    array: {
      message: text(
        'Samples of arrays are float32, which cannot tell their values apart at {places} of {all} places: around {mean} they are {apart} from each other.',
        '数组样本以 float32 读入，{all} 个位置中有 {places} 个分不清相近取值：在 {mean} 附近，相邻的数相差 {apart}。',
      ),
      expected: spread,
      received: text('values from {min} to {max} at place {place}', '位置 {place} 的值为 {min} 至 {max}'),
      fix: text(
        'Subtract a fixed number before the array is saved, or save it as a table: its steps are done in float64.',
        '保存数组之前先减去一个固定数，或存为表格：表格的步骤以 float64 计算。',
      ),
    },
    labels: {
      message: text(
        'Models answer in float32, which keeps too little of the labels: they are large and differ by little.',
        '模型以 float32 输出，标签数值大而差别小，保留的位数太少。',
      ),
      expected: spread,
      received: text('values from {min} to {max}', '{min} 至 {max} 的值'),
      fix: text(
        'Predict the difference to a fixed number: subtract it from the labels before they are saved.',
        '改为预测与某个固定数的差：保存之前从标签中减去它。',
      ),
    },
  },
  'data-split': {
    'shares-training': {
      ...shares,
      received: text(
        'nothing for training: {count} samples, validation {validation}, test {test}',
        '训练集没有样本：共 {count} 个样本，验证 {validation}，测试 {test}',
      ),
    },
    'shares-validation': {
      ...shares,
      received: text(
        'no sample for validation: {count} samples, validation {validation}, test {test}',
        '验证集没有样本：共 {count} 个样本，验证 {validation}，测试 {test}',
      ),
    },
    'shares-test': {
      ...shares,
      received: text(
        'no sample for the test set: {count} samples, validation {validation}, test {test}',
        '测试集没有样本：共 {count} 个样本，验证 {validation}，测试 {test}',
      ),
    },
  },
  'data-sealed': {
    any: {
      message: text('The test set is sealed.', '测试集已封存。'),
      expected: text('a look at it that is counted', '计入次数的一次查看'),
      received: text('a question for some of its {count} samples', '查看其 {count} 个样本中的一部分'),
      fix: text(
        'Look at samples of the training or the validation split, or open the test set, which is counted.',
        '查看训练集或验证集的样本；或打开测试集，这会计入次数。',
      ),
    },
  },
  'cache-write': {
    full: {
      ...cache,
      message: text('The disk is full: the prepared data could not be kept.', '磁盘已满：预处理结果无法保存。'),
      fix: text(
        'Free some space, clear the cache on the Data screen or with `layerloom data cache clear`, or set LAYERLOOM_CACHE to a folder on another disk.',
        '腾出空间，在“数据”界面或用 `layerloom data cache clear` 清空缓存，或将 LAYERLOOM_CACHE 设为另一磁盘上的文件夹。',
      ),
    },
    'read-only': {
      ...cache,
      message: text(
        'The prepared data could not be kept: this disk can only be read.',
        '预处理结果无法保存：此磁盘只能读取。',
      ),
      fix: text('Set LAYERLOOM_CACHE to a folder on another disk.', '将 LAYERLOOM_CACHE 设为另一磁盘上的文件夹。'),
    },
    forbidden: {
      ...cache,
      message: text(
        'The prepared data could not be kept: this folder cannot be written.',
        '预处理结果无法保存：此文件夹无法写入。',
      ),
      fix: text(
        'Change the permissions of the folder, or set LAYERLOOM_CACHE to another folder.',
        '修改该文件夹的权限，或将 LAYERLOOM_CACHE 设为其他文件夹。',
      ),
    },
  },
} as const satisfies CasesByCode
