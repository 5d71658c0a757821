/** The problems of data: files, tables, labels, splits, downloads; each code joins the cases of several areas. */
import { text } from '../../base/text'
import type { ProblemCode } from '../codes'
import { archiveCases } from './dataArchives'
import { downloadCases } from './dataDownloads'
import { fileCases } from './dataFiles'
import { folderCases } from './dataFolders'
import { imageCases } from './dataImages'
import { modelDataCases } from './dataModels'
import { parquetCases } from './dataParquet'
import { sampleCases } from './dataSamples'
import { sourceCases } from './dataSources'
import { tableCases } from './dataTables'
import { textCases } from './dataTexts'
import type { CodeSentences } from './form'

export const dataSentences = {
  'file-outside': {
    cases: { ...fileCases['file-outside'] },
    otherwise: { message: '文件或文件夹不在允许使用的范围内。', fix: '选择允许范围内的文件夹。' },
  },
  'data-missing': {
    cases: {
      ...archiveCases['data-missing'],
      ...fileCases['data-missing'],
      ...folderCases['data-missing'],
      ...modelDataCases['data-missing'],
      ...sampleCases['data-missing'],
      ...sourceCases['data-missing'],
      ...tableCases['data-missing'],
    },
    otherwise: { message: '数据文件不存在或无法读取。', fix: '检查路径与访问权限。' },
  },
  'data-format': {
    cases: {
      ...archiveCases['data-format'],
      ...fileCases['data-format'],
      ...folderCases['data-format'],
      ...imageCases['data-format'],
      ...parquetCases['data-format'],
      ...sourceCases['data-format'],
      ...textCases['data-format'],
    },
    otherwise: { message: '数据文件的格式不符。', fix: '检查文件是否完整、格式是否正确。' },
  },
  'data-encoding': {
    cases: { ...folderCases['data-encoding'], ...textCases['data-encoding'] },
    otherwise: {
      message: '文本的编码与读取时所用的不符，或编码只是推测。',
      fix: '在预览中核对文字，必要时选择编码。',
    },
  },
  'data-dialect': {
    cases: { ...textCases['data-dialect'] },
    otherwise: { message: '文本表格的写法只是推测。', fix: '在预览中核对，必要时自行指定。' },
  },
  'data-truncated': {
    cases: {
      ...archiveCases['data-truncated'],
      ...fileCases['data-truncated'],
      ...folderCases['data-truncated'],
      ...imageCases['data-truncated'],
      ...parquetCases['data-truncated'],
    },
    otherwise: { message: '数据文件比其文件头所述的短。', fix: '重新获取该文件。' },
  },
  'data-too-large': {
    cases: {
      ...fileCases['data-too-large'],
      ...folderCases['data-too-large'],
      ...imageCases['data-too-large'],
      ...parquetCases['data-too-large'],
      ...tableCases['data-too-large'],
      ...textCases['data-too-large'],
    },
    otherwise: { message: '数据文件或其中的计数超过上限。', fix: '使用较小的文件，或将其拆分。' },
  },
  'data-checksum': {
    cases: { ...fileCases['data-checksum'], ...modelDataCases['data-checksum'] },
    otherwise: { message: '数据文件的校验和不符。', fix: '重新获取该文件。' },
  },
  'data-empty': {
    cases: {
      ...archiveCases['data-empty'],
      ...folderCases['data-empty'],
      ...imageCases['data-empty'],
      ...modelDataCases['data-empty'],
      ...parquetCases['data-empty'],
      ...sampleCases['data-empty'],
      ...sourceCases['data-empty'],
      ...tableCases['data-empty'],
      ...textCases['data-empty'],
    },
    otherwise: { message: '数据文件中没有样本。', fix: '选择含有样本的文件。' },
  },
  'data-row': {
    cases: { ...textCases['data-row'] },
    otherwise: { message: '表格中有一行的单元格数不对。', fix: '改正这一行。' },
  },
  'data-cell': {
    cases: {
      ...archiveCases['data-cell'],
      ...modelDataCases['data-cell'],
      ...parquetCases['data-cell'],
      ...sampleCases['data-cell'],
      ...sourceCases['data-cell'],
      ...tableCases['data-cell'],
    },
    otherwise: { message: '表格中有一个单元格无法按其列的要求读取。', fix: '改正该单元格，或更改该列的类型。' },
  },
  'data-column': {
    cases: {
      ...parquetCases['data-column'],
      ...sampleCases['data-column'],
      ...tableCases['data-column'],
      ...textCases['data-column'],
    },
    otherwise: { message: '项目中提到的一列不在表格中，或不能这样使用。', fix: '检查列名与列的用途。' },
  },
  'data-label': {
    cases: {
      ...archiveCases['data-label'],
      ...folderCases['data-label'],
      ...sampleCases['data-label'],
      ...sourceCases['data-label'],
      ...tableCases['data-label'],
    },
    otherwise: { message: '有一个标签不在类别之中。', fix: '改正该标签，或补充类别。' },
  },
  'data-count': {
    cases: { ...sourceCases['data-count'] },
    otherwise: { message: '成对的两个文件样本数不同。', fix: '选择属于同一数据集的文件。' },
  },
  'data-split': {
    cases: { ...folderCases['data-split'], ...modelDataCases['data-split'], ...sourceCases['data-split'] },
    otherwise: { message: '划分之后，训练集或验证集没有样本。', fix: '调整验证集与测试集的比例。' },
  },
  'data-sealed': {
    cases: { ...modelDataCases['data-sealed'], ...sourceCases['data-sealed'] },
    otherwise: { message: '测试集已封存，查看前须先计一次查看。', fix: '确认查看测试集，或查看其他样本。' },
  },
  'data-precision': {
    cases: { ...sourceCases['data-precision'], ...tableCases['data-precision'] },
    otherwise: { message: '数据中的数相差太小，float32 分不清。', fix: '先标准化该列，或减去一个固定数。' },
  },
  'cache-write': {
    cases: { ...sourceCases['cache-write'] },
    otherwise: {
      message: '预处理结果无法保存到磁盘。',
      fix: '清理磁盘或缓存，或将 LAYERLOOM_CACHE 设为其他文件夹。',
    },
  },
  'data-download': {
    cases: { ...downloadCases['data-download'] },
    otherwise: { message: '数据集无法下载。', fix: '稍后重试。' },
  },
  'model-input': {
    cases: { ...modelDataCases['model-input'], ...sampleCases['model-input'] },
    otherwise: { message: '输入与模型不符。', fix: '使用形状与类型相符的输入。' },
  },
  'data-suspicious': {
    cases: {
      ...imageCases['data-suspicious'],
      ...tableCases['data-suspicious'],
      'duplicates-across': {
        message: text(
          '{count} of {of} {to|word} samples {count?is/are} also in the {from|word} split, so they measure memory and not understanding.',
          '{of} 个{to|word}样本中有 {count} 个也在{from|word}集中，测得的是记忆而非理解。',
        ),
        expected: text('no sample in two splits', '没有样本同时在两个划分中'),
        received: text(
          '{count} {count?sample/samples} of {to|word} in {from|word}',
          '{count} 个{to|word}样本在{from|word}集中',
        ),
        fix: text(
          'Remove the repeated samples, or split by a column that keeps them together.',
          '去掉重复样本，或按某一列划分，使它们留在同一侧。',
        ),
      },
      'duplicates-within': {
        message: text(
          '{count} of {of} training samples repeat another one.',
          '{of} 个训练样本中有 {count} 个与其他样本相同。',
        ),
        fix: text(
          'Nothing where repetition is meant; otherwise remove the copies.',
          '若重复是有意的，不必处理；否则去掉副本。',
        ),
      },
      unseen: {
        message: text('The training split has no sample of {classes}.', '训练集中没有这些类别的样本：{classes}。'),
        expected: text('samples of every class in the training split', '训练集包含每个类别的样本'),
        received: text('samples of {seen} of {of} classes', '{of} 个类别中有 {seen} 个'),
        fix: text(
          'Stratify the split or, where the data gives it, put samples of every class into its training part.',
          '启用分层划分；若划分由数据给出，让其训练部分包含每个类别。',
        ),
      },
      'one-class': {
        message: text(
          'All training samples are of the class {class}, so there is nothing to tell apart.',
          '训练样本都属于类别 {class}，没有可区分的内容。',
        ),
        expected: text('training samples of two classes or more', '训练集包含两个或更多类别'),
        received: text('samples of 1 of {of} {of?class/classes}', '{of} 个类别中有 1 个'),
        fix: text(
          'Give the training split samples of other classes: correct the split or the labels.',
          '改正划分或标签，使训练集包含其他类别的样本。',
        ),
      },
      rare: {
        message: text(
          '{classes}: less than a tenth of the samples of the largest class.',
          '{classes} 的样本不足最大类别的十分之一。',
        ),
        fix: text(
          'Draw the classes equally often (balanced sampling), and look at figures by class, not only at accuracy.',
          '启用均衡采样，并按类别查看指标，不要只看准确率。',
        ),
      },
      constant: {
        message: text(
          'Column {column} has the same value in every training row.',
          '列 {column} 在所有训练行中取值相同。',
        ),
        fix: text('Give it the role "ignored": it cannot tell anything apart.', '把它设为“忽略”：它区分不了任何东西。'),
      },
      missing: {
        message: text(
          'Column {column} is missing in {count} of {of} training rows.',
          '列 {column} 在 {of} 行训练数据中缺失 {count} 行。',
        ),
        fix: text('Ignore the column, or fill it with an indicator column.', '忽略该列，或填补并增加缺失指示列。'),
      },
      outliers: {
        message: text(
          'Column {column} has {count} {count?value/values} far outside the others.',
          '列 {column} 有 {count} 个值远离其余取值。',
        ),
        fix: text(
          'Look at them; the pre-transforms clip-outliers and log take their power away.',
          '检查这些值；预处理 clip-outliers 和 log 可削弱其影响。',
        ),
      },
    },
    otherwise: { message: '数据中有值得再看一眼的地方。', fix: '查看数据界面中的说明。' },
  },
} as const satisfies Partial<Record<ProblemCode, CodeSentences>>
