/** The problems of data in Chinese, as far as the table of sentences does not hold them yet. */
import type { ProblemCode } from '../codes'
import type { Translated } from './form'
import { sealedSentences } from './transforms'

/** Files that training goes on without, and too many of them; their code says what is wrong with the first. */
const leftOutSentences = {
  skipped: { message: '{total} 个文件中有 {count} 个无法读取，未被采用。', fix: '检查这些文件是否完整。' },
  broken: {
    message: '{total} 个文件中有 {count} 个无法作为图像读取。',
    fix: '检查文件夹是否选对，文件是否为 PNG、JPEG、WebP、BMP、TIFF 或 GIF。',
  },
}

export const dataSentences = {
  'data-missing': {
    cases: {
      ...leftOutSentences,
      none: { message: '尚未选择数据。', fix: '导入文件或文件夹，或选用内置数据集。' },
      pair: {
        message: '没有同时找到样本与标签。',
        fix: '把两者放在同一文件夹，名称中分别含 images 与 labels，或 x 与 y。',
      },
      images: { message: '列 {column} 列出的图像不在那里。', fix: '若要使用这些图像，把表格移到路径的起点。' },
      download: { message: '{title} 尚未下载。', fix: '在“数据”界面下载，或运行：layerloom data download {name}' },
    },
    otherwise: { message: '数据文件不存在或无法读取。', fix: '检查路径与访问权限。' },
  },
  'data-format': {
    cases: {
      'left-out': { message: '有 {count} 个文件未被采用。', fix: '若它们本不是样本，不必处理。' },
      ...leftOutSentences,
      'single-image': { message: '单个图像不是数据集。', fix: '选择各类别文件夹所在的文件夹。' },
      'image-kind': {
        message: '不支持这种 {format} 图像。',
        expected: '灰度、RGB 或 CMYK，每通道不超过 16 位',
        fix: '将图像另存为每通道 8 位的 PNG。',
      },
      'several-tables': { message: '文件夹中有 {count} 个表格，只能使用一个。', fix: '直接选择其中一个文件。' },
    },
    otherwise: { message: '数据文件的格式不符。', fix: '检查文件是否完整、格式是否正确。' },
  },
  'data-encoding': {
    cases: leftOutSentences,
    otherwise: {
      message: '文本的编码与读取时所用的不符，或编码只是推测。',
      fix: '在预览中核对文字，必要时选择编码。',
    },
  },
  'data-dialect': { message: '文本表格的写法只是推测。', fix: '在预览中核对，必要时自行指定。' },
  'data-truncated': {
    cases: leftOutSentences,
    otherwise: { message: '数据文件比其文件头所述的短。', fix: '重新获取该文件。' },
  },
  'data-too-large': {
    cases: leftOutSentences,
    otherwise: { message: '数据文件或其中的计数超过上限。', fix: '使用较小的文件，或将其拆分。' },
  },
  'data-checksum': {
    cases: {
      model: {
        message: '该处的数据不是训练此模型所用的数据。',
        fix: '用 --data 指明模型数据的位置，或给出其他带标签的数据，以其全部样本评估。',
      },
      'no-split': {
        message: '这不是训练此模型所用的数据，因此没有{split|word}集。',
        fix: '去掉 --split，以全部样本评估。',
      },
      run: { message: '数据在训练之后发生了变化。', fix: '恢复数据，或用现在的数据重新训练。' },
    },
    otherwise: { message: '数据文件的校验和不符。', fix: '重新获取该文件。' },
  },
  'data-empty': {
    cases: {
      'no-labels': { message: '列 {column} 是标签，但每一行都没有值。', fix: '选择其他标签列，或补上标签。' },
    },
    otherwise: { message: '数据文件中没有样本。', fix: '选择含有样本的文件。' },
  },
  'data-row': { message: '表格中有一行的单元格数不对。', fix: '改正这一行。' },
  'data-cell': {
    cases: {
      'array-finite': {
        message: '数组的样本 {sample} 含有 {value}，无法用于训练。',
        fix: '去掉该样本，或在保存数组之前替换该值，例如 numpy.nan_to_num(array)。',
      },
      'array-huge': {
        message: '数组的样本 {sample} 含有 {value}，超出 float32 的范围。',
        fix: '保存之前将数组除以一个固定数。',
      },
      comma: { message: '列 {column} 的数字以逗号作小数点，被当作文本。', fix: '把文件格式中的小数点设为逗号。' },
    },
    otherwise: { message: '表格中有一个单元格无法按其列的要求读取。', fix: '改正该单元格，或更改该列的类型。' },
  },
  'data-column': { message: '项目中提到的一列不在表格中，或不能这样使用。', fix: '检查列名与列的用途。' },
  'data-label': {
    cases: {
      'no-label': {
        message: '没有一列可以作标签：它们或为空，或总是相同，或每行都不同。',
        fix: '自行选择标签列，或检查分隔符。',
      },
      'no-classes': { message: '没有类别文件夹。', fix: '把每个类别的文件放进以该类别命名的文件夹。' },
      'one-class': { message: '只有一个类别。', fix: '选择上一级文件夹，或补充另一类别。' },
      'many-classes': { message: '标签的类别太多。', fix: '若标签是测量值，把任务设为回归；否则选择其他标签列。' },
      unlabelled: {
        message: '有 {count} 行没有标签，未被采用。',
        fix: '若标签已知，补上；否则不必处理。若表示缺失的词其实是类别，从表格的缺失词中去掉它。',
      },
    },
    otherwise: { message: '有一个标签不在类别之中。', fix: '改正该标签，或补充类别。' },
  },
  'data-count': { message: '成对的两个文件样本数不同。', fix: '选择属于同一数据集的文件。' },
  'data-split': {
    cases: {
      'folders-parts': {
        message: '{folders} 中有同名的文件夹，因此它们被当作数据的各部分，而不是类别。',
        expected: '以类别或划分命名的文件夹',
        received: '{folders}',
        fix: '导入时说明每个文件夹的用途，或写入 data.source.folders，留空表示都是类别。',
      },
      'folders-classes': {
        message: '{folders} 中有同名的文件夹：它们被当作类别，但也可能是数据的各部分。',
        expected: '以类别或划分命名的文件夹',
        received: '{folders}',
        fix: '导入时说明每个文件夹的用途，或写入 data.source.folders。',
      },
    },
    otherwise: { message: '划分之后，训练集或验证集没有样本。', fix: '调整验证集与测试集的比例。' },
  },
  'data-sealed': sealedSentences,
  'data-precision': {
    cases: {
      column: {
        message: '网络以 float32 计算，分不清 {columns} 的相近取值：相邻的数相差 {apart}。',
        fix: '为该列加上标准化或最小最大缩放，此步以 float64 计算。',
      },
      target: {
        message: '模型以 float32 输出，{column} 数值大而差别小，保留的位数太少。',
        fix: '改为预测与某个固定数的差。',
      },
      array: {
        message: '数组样本以 float32 读入，{all} 个位置中有 {places} 个分不清相近取值：相邻的数相差 {apart}。',
        fix: '保存数组之前先减去一个固定数，或存为表格：表格的步骤以 float64 计算。',
      },
      labels: {
        message: '模型以 float32 输出，标签数值大而差别小，保留的位数太少。',
        fix: '保存之前先从标签中减去一个固定数，改为预测差值。',
      },
    },
    otherwise: { message: '数据中的数相差太小，float32 分不清。', fix: '先标准化该列，或减去一个固定数。' },
  },
  'data-suspicious': {
    cases: {
      levels: {
        message: '{deep} 个 16 位图像中有 {count} 个只用到 {low} 至 {high} 的极小部分，最多只剩 16 级灰度。',
        expected: '数值范围相同的图像',
        received: '{count} 个图像不到该范围的十六分之一',
        fix: '把灰度范围设为有意义的部分，或统一图像的范围。',
      },
      sentinel: {
        message: '{columns} 中反复出现 {value}，与其余取值相差很远，看来表示缺失。',
        fix: '若不是测量值，把 {value} 加入表格的缺失值。',
      },
    },
    otherwise: { message: '数据中有值得再看一眼的地方。', fix: '查看数据界面中的说明。' },
  },
  'cache-write': {
    message: '预处理结果无法保存到磁盘。',
    fix: '清理磁盘或缓存，或将 LAYERLOOM_CACHE 设为其他文件夹。',
  },
  'data-download': {
    cases: {
      offline: { message: '{name} 无法下载：没有一个镜像可以连接。', fix: '检查网络连接后重试；已下载的部分会保留。' },
      mirrors: { message: '没有一个镜像给出 {name}。', fix: '稍后重试，或自行将该文件放入 {folder}。' },
      busy: { message: '该文件正由另一个窗口或命令下载。', fix: '等待其完成；若没有其他程序在运行，删除 {lock}。' },
    },
    otherwise: { message: '数据集无法下载。', fix: '稍后重试。' },
  },
} as const satisfies Partial<Record<ProblemCode, Translated>>
