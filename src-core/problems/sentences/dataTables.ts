/** Columns of tables: labels, features, cells that their column cannot take, and images that a table lists. */
import { text } from '../../base/text'
import type { CasesByCode } from './form'

const inProject = text('Correct the name in the project; upper and lower case count.', '改正项目中的名称；区分大小写。')
const unlabelled = text(
  '{count} of {rows} {rows?row/rows} {count?has no/have no} {label} and {count?was/were} left out.',
  '{rows} 行中有 {count} 行没有{label}，未被采用。',
)
const leftOut = text(
  'Give it a type in the project to use it, or the role "ignored" to silence this.',
  '若要使用，在项目中给它类型；设为“忽略”后不再提示。',
)
const classCount = text('2 to {most} classes', '2 至 {most} 个类别')
const noFeatures = {
  message: text('No column is left as a feature.', '没有一列可作特征。'),
  expected: text('at least one column beside the label that is not ignored', '除标签外至少有一列未设为“忽略”'),
  fix: text(
    'Check the delimiter, or give a column the role "feature" and a type.',
    '检查分隔符，或把某一列设为“特征”并给它类型。',
  ),
}

export const tableCases = {
  'data-cell': {
    number: {
      message: text('The column is numeric, but this cell is not a number.', '该列为数值列，但此单元格不是数。'),
      expected: text('a decimal number below 3.4e38, or an empty cell', '小于 3.4e38 的十进制数，或空单元格'),
      received: '{received}',
      fix: text(
        'Correct or empty the cell, add its word to data.source.missing if it stands for a missing value, or give the column the type "categorical".',
        '改正或清空该单元格；若其中的词表示缺失，把它加入 data.source.missing；或将该列设为“类别”类型。',
      ),
    },
    category: {
      message: text('The category is not one that the model knows.', '模型没有学过这个类别值。'),
      expected: '{expected|list}',
      received: '{received}',
      fix: text('Correct the spelling, or leave the cell empty.', '改正拼写，或让该单元格留空。'),
    },
    split: {
      message: text('The cell does not name a split.', '此单元格不是划分的名称。'),
      expected: text(
        'train, validation or test, or an empty cell for a row whose split is drawn',
        'train、validation 或 test；留空则随机划分该行',
      ),
      received: '{received}',
      fix: text('Correct the cell, or give the column the role "ignored".', '改正该单元格，或把该列设为“忽略”。'),
    },
    comma: {
      message: text(
        'The numbers of {column} have a comma in place of the point, so they are taken for texts.',
        '列 {column} 的数字以逗号作小数点，被当作文本。',
      ),
      expected: text('numbers like 1.5', '形如 1.5 的数'),
      received: '{received}',
      fix: text('Set the decimal mark of the file to the comma.', '把文件格式中的小数点设为逗号。'),
    },
    'no-image': {
      message: text('The row has a label but no image.', '这一行有标签，但没有图像。'),
      expected: text('the path of an image file, relative to the table', '图像文件相对于表格的路径'),
      received: text('an empty cell', '空单元格'),
      fix: text('Fill in the path, or remove the row.', '填写路径，或移除该行。'),
    },
  },
  'data-label': {
    unlabelled: {
      message: unlabelled,
      fix: text(
        'Nothing needs to be done, unless the labels are known: then fill them in.',
        '若标签已知，将其补上；否则不必处理。',
      ),
    },
    'unlabelled-words': {
      message: unlabelled,
      received: text('{words|list} in place of a value', '以 {words|list} 代替值'),
      fix: text(
        'Nothing needs to be done, unless the labels are known: then fill them in. Where {words|list} is a class, take it off the missing words of the table.',
        '若标签已知，将其补上；否则不必处理。若 {words|list} 是类别，从表格的缺失词中去掉它。',
      ),
    },
    'many-classes': {
      message: text('The label has too many classes.', '标签的类别太多。'),
      expected: classCount,
      received: text('more than {most} different values', '超过 {most} 个不同的值'),
      fix: text(
        'For a measurement set the task to regression, else choose another label column.',
        '若标签是测量值，把任务设为回归；否则选择其他标签列。',
      ),
    },
    'one-class': {
      message: text('The label has only one class.', '标签只有一个类别。'),
      expected: classCount,
      received: text('only {class}', '只有 {class}'),
      fix: text('Choose another label column.', '选择其他标签列。'),
    },
    'no-label': {
      message: text(
        'No column can be the label: in the {read} rows that were read each is empty, always the same, or different in every row.',
        '没有一列可以作标签：在读取的 {read} 行中，它们或为空，或总是相同，或每行都不同。',
      ),
      expected: text('a column with classes or numbers to predict', '含有可预测的类别或数的列'),
      received: '{received|list}',
      fix: text('Choose the label yourself, or check the delimiter.', '自行选择标签列，或检查分隔符。'),
    },
  },
  'data-column': {
    'all-missing': {
      message: text('Column {column} was left out: every cell is missing.', '列 {column} 未被采用：每个单元格都缺失。'),
      fix: leftOut,
    },
    'row-names': {
      message: text(
        'Column {column} was left out: it has no name in the file, like an index of its rows.',
        '列 {column} 未被采用：它在文件中没有名称，看来是行的编号。',
      ),
      fix: leftOut,
    },
    'many-texts': {
      message: text(
        'Column {column} was left out: it holds more than {most} different texts, like names or identifiers.',
        '列 {column} 未被采用：其中有超过 {most} 个不同的文本，看来是名称或编号。',
      ),
      fix: leftOut,
    },
    identifiers: {
      message: text(
        'Column {column} was left out: it holds {count} different texts in {rows} rows, like names or identifiers.',
        '列 {column} 未被采用：{rows} 行中有 {count} 个不同的文本，看来是名称或编号。',
      ),
      fix: leftOut,
    },
    'no-features': { ...noFeatures, received: '{received|list}' },
    'only-label': { ...noFeatures, received: text('only the label', '只有标签列') },
    'text-beside': {
      message: text(
        'The samples are the texts of {text}, so {other} cannot be a feature beside them.',
        '样本是 {text} 列的文本，{other} 不能与之并作特征。',
      ),
      expected: text('{text} as the only feature', '以 {text} 为唯一特征'),
      received: text('{text} and {other}', '{text} 与 {other}'),
      fix: text(
        'Give {other} the role "ignored", or {text} another type.',
        '把 {other} 设为“忽略”，或给 {text} 其他类型。',
      ),
    },
    'not-there': {
      message: text('There is no column {quoted}.', '没有列 {quoted}。'),
      expected: '{expected|list}',
      received: '{received}',
      fix: inProject,
    },
    'not-numbered': {
      message: text(
        'There is no column {quoted}; the first row looks like data, so columns are numbered.',
        '没有列 {quoted}；第一行看来是数据，因此各列以序号命名。',
      ),
      expected: '{expected|list}',
      received: '{received}',
      fix: inProject,
    },
    'second-label': {
      message: text('Two columns have the role "label".', '有两列设为“标签”。'),
      expected: text('one label, {first}', '一个标签列，即 {first}'),
      received: text('{first} and {second}', '{first} 与 {second}'),
      fix: text('Give {second} the role "feature" or "ignored".', '把 {second} 设为“特征”或“忽略”。'),
    },
    'second-split': {
      message: text('Two columns have the role "split".', '有两列设为“划分”。'),
      expected: text('one split, {first}', '一个划分列，即 {first}'),
      received: text('{first} and {second}', '{first} 与 {second}'),
      fix: text('Give {second} the role "feature" or "ignored".', '把 {second} 设为“特征”或“忽略”。'),
    },
  },
  'data-precision': {
    target: {
      message: text(
        'Models answer in float32, which keeps too little of {column}: its values are large and differ by little.',
        '模型以 float32 输出，{column} 数值大而差别小，保留的位数太少。',
      ),
      expected: text('numbers that differ by a good part of their size', '差别与其大小相称的数'),
      fix: text(
        'Predict the difference to a fixed number: subtract it from {column} in the table.',
        '改为预测与某个固定数的差：在表格中从 {column} 减去它。',
      ),
    },
    column: {
      message: text(
        'Networks calculate in float32, which cannot tell values of {columns} apart: around {mean} they are {apart} from each other.',
        '网络以 float32 计算，分不清 {columns} 的相近取值：在 {mean} 附近，相邻的数相差 {apart}。',
      ),
      expected: text('numbers that differ by a good part of their size', '差别与其大小相称的数'),
      received: text('values from {min} to {max}', '{min} 至 {max} 的值'),
      fix: text(
        'Add the pre-transform standardize or min-max for the column: it is done in float64.',
        '为该列加上预处理 standardize 或 min-max，此步以 float64 计算。',
      ),
    },
  },
  'data-empty': {
    'no-labels': {
      message: text('No row has a label.', '每一行都没有标签。'),
      expected: text('a value in {column}', '{column} 列有值'),
      received: text('{count} {count?row/rows} in which it is missing', '{count} 行缺失'),
      fix: text('Choose another label column or fill it in.', '选择其他标签列，或补上标签。'),
    },
    'no-listed-images': {
      message: text('The table lists no labeled images.', '表格没有列出带标签的图像。'),
      expected: text('rows with a path and a label', '含路径与标签的行'),
      received: text('none', '无'),
      fix: text('Give a table that lists images.', '选择列出图像的表格。'),
    },
  },
  'data-too-large': {
    'many-categories': {
      message: text('The column has too many categories.', '该列的类别值太多。'),
      expected: text('at most {most}', '至多 {most}'),
      received: text('more than {most}', '超过 {most}'),
      fix: text('Give the column the role "ignored".', '把该列设为“忽略”。'),
    },
  },
  'data-missing': {
    images: {
      message: text(
        'Column {column} lists images, but the first of them are not there.',
        '列 {column} 列出图像，但前几个不存在。',
      ),
      expected: text('paths relative to the folder of the table', '相对于表格所在文件夹的路径'),
      received: '{received}',
      fix: text(
        'Move {table} to where its paths begin, if the images are meant to be used.',
        '若要使用这些图像，把 {table} 移到路径的起点。',
      ),
    },
  },
  'data-suspicious': {
    sentinel: {
      message: text(
        '{value} stands again and again in {columns|list}, far from all other values: it seems to stand for a missing cell.',
        '{columns|list} 中反复出现 {value}，与其余取值相差很远，看来表示缺失。',
      ),
      expected: text('measured values', '测量值'),
      received: '{value}',
      fix: text(
        'Add {value} to the values that mean “missing” of the table, unless it was measured.',
        '若不是测量值，把 {value} 加入表格的缺失值。',
      ),
    },
  },
} as const satisfies CasesByCode
