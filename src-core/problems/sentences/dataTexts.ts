/** Text tables and text files: how they are written, and rows that cannot be cut into cells. */
import { text } from '../../base/text'
import type { CasesByCode } from './form'

const exported = text(
  'Check that it is the right file and that it was exported completely.',
  '检查是否选对文件，导出是否完整。',
)
const noTable = {
  message: text('This is not a text table.', '这不是文本表格。'),
  expected: text('a table as text, such as CSV or TSV', 'CSV 或 TSV 等文本表格'),
  received: '{received|word}',
} as const
const quotes = {
  message: text('The quotes of the row that begins here do not fit.', '从此处开始的一行引号不配对。'),
  expected: text('{quote} around whole cells, doubled inside them', '{quote} 包住整个单元格，其中的 {quote} 写两次'),
  received: '{received|reason}',
  fix: text(
    'Close the quote, or write {quote}{quote} for a quote inside a quoted cell.',
    '补上引号；单元格内的引号写作 {quote}{quote}。',
  ),
} as const
const comma = {
  expected: text('numbers that can be read in one way', '只有一种读法的数'),
  received: '{number}',
  fix: text(
    'Look at the preview; choose the decimal mark and the thousands mark where the numbers are wrong.',
    '查看预览；若数字不对，选择小数点与千位分隔符。',
  ),
} as const
const header = {
  expected: text('names of the columns in the first row', '第一行为列名'),
  received: '{received|list}',
  fix: text(
    'Look at the preview; say that there is no header where the first row is data.',
    '查看预览；若第一行是数据，选择没有表头。',
  ),
} as const
const row = {
  expected: text('{cells} {cells?cell/cells}, delimited by {delimiter}', '{cells} 个单元格，以 {delimiter} 分隔'),
  received: text('{count} {count?cell/cells}', '{count} 个单元格'),
}
const fewer = text('more', '更多')

export const textCases = {
  'data-format': {
    'table-sheet': { ...noTable, fix: text('Export the sheet as CSV (UTF-8).', '将工作表导出为 CSV（UTF-8）。') },
    'table-parquet': { ...noTable, fix: text('Give it the extension .parquet.', '将扩展名改为 .parquet。') },
    'table-gzip': { ...noTable, fix: text('Unpack it first.', '先将其解压。') },
    'table-pdf': { ...noTable, fix: text('Export the table as CSV (UTF-8).', '将表格导出为 CSV（UTF-8）。') },
    'table-image': { ...noTable, fix: text('Give a table.', '选择表格。') },
    quotes,
    'nul-byte': {
      message: text('The file holds a NUL byte, so it is not a text file.', '文件中有 NUL 字节，不是文本文件。'),
      expected: text('text', '文本'),
      received: text('a zero byte', '零字节'),
      fix: text(
        'Check that it is the right file; export a table as CSV (UTF-8).',
        '检查是否选对文件；表格应导出为 CSV（UTF-8）。',
      ),
    },
  },
  'data-empty': {
    'no-rows': {
      message: text('The table has no rows.', '表格没有行。'),
      expected: text('at least one row, below the header if there is one', '至少一行；有表头时在表头之下'),
      received: '{received|word}',
      fix: exported,
    },
  },
  'data-too-large': {
    'long-cell': {
      message: text('A cell of the row that begins here is too long.', '从此处开始的一行有一个单元格太长。'),
      expected: text('at most {most} characters a cell', '每个单元格至多 {most} 个字符'),
      received: fewer,
      fix: text('Check for a quote that is never closed, or shorten the cell.', '检查是否缺少引号，或缩短该单元格。'),
    },
    'long-row': {
      message: text('The row that begins here is too long.', '从此处开始的一行太长。'),
      expected: text('at most {most} characters a row', '每行至多 {most} 个字符'),
      received: fewer,
      fix: text(
        'Check that it is a text table and that its lines are ended by line breaks.',
        '检查它是否为文本表格，各行是否以换行符结尾。',
      ),
    },
    'many-columns': {
      message: text('The table has too many columns.', '表格的列太多。'),
      expected: text('at most {most}', '至多 {most}'),
      received: fewer,
      fix: text('Remove columns, or check the delimiter.', '去掉一些列，或检查分隔符。'),
    },
  },
  'data-encoding': {
    guessed: {
      message: text(
        'The text was taken for {encoding}, which is a guess: {doubt}.',
        '文本按 {encoding} 读取，这只是推测：{doubt}。',
      ),
      expected: text('UTF-8, or an encoding that is chosen', 'UTF-8，或已选择的编码'),
      received: text('bytes that fit {encoding}', '与 {encoding} 相符的字节'),
      fix: text(
        'Look at the letters in the preview; choose the encoding where they are wrong.',
        '在预览中核对文字；若不对，选择编码。',
      ),
    },
    wrong: {
      message: text('The text is not encoded in {encoding}.', '文本的编码不是 {encoding}。'),
      expected: '{encoding}',
      received: text('bytes that are not {encoding}', '不属于 {encoding} 的字节'),
      fix: text(
        'Choose the encoding that the file was saved in, or save it as UTF-8.',
        '选择文件保存时的编码，或将其存为 UTF-8。',
      ),
    },
  },
  'data-dialect': {
    'thousands-comma': {
      ...comma,
      message: text(
        'The comma in {number} was taken for the thousands mark, which is a guess: it may be the decimal mark.',
        '{number} 中的逗号被当作千位分隔符，这只是推测：它也可能是小数点。',
      ),
    },
    'decimal-comma': {
      ...comma,
      message: text(
        'The comma in {number} was taken for the decimal mark, which is a guess: it may be the thousands mark.',
        '{number} 中的逗号被当作小数点，这只是推测：它也可能是千位分隔符。',
      ),
    },
    'header-numbers': {
      ...header,
      message: text(
        'The first row was taken for the names of the columns, which is a guess: it holds numbers.',
        '第一行被当作列名，这只是推测：其中有数字。',
      ),
    },
    'header-texts': {
      ...header,
      message: text(
        'The first row was taken for the names of the columns, which is a guess: all rows hold texts.',
        '第一行被当作列名，这只是推测：每一行都是文本。',
      ),
    },
    delimiter: {
      message: text(
        'The delimiter was taken for {delimiter}, which is a guess: {doubt}.',
        '{delimiter} 被当作分隔符，这只是推测：{doubt}。',
      ),
      expected: text('one delimiter that cuts all rows into equally many cells', '使每行单元格数相同的唯一分隔符'),
      received: '{delimiter}',
      fix: text(
        'Look at the preview; choose the delimiter where the columns are wrong.',
        '查看预览；若列不对，选择分隔符。',
      ),
    },
  },
  'data-row': {
    short: {
      ...row,
      message: text('The row is too short.', '这一行太短。'),
      fix: text('Add the missing cells; they may be empty.', '补上缺少的单元格，可以为空。'),
    },
    long: {
      ...row,
      message: text('The row is too long.', '这一行太长。'),
      fix: text('Put quotes around cells that contain the delimiter.', '给含有分隔符的单元格加上引号。'),
    },
  },
  'data-column': {
    unnamed: {
      message: text('Column {number} has no name.', '第 {number} 列没有名称。'),
      expected: text('a name of its own for every column', '每列各有名称'),
      received: text('an empty header cell', '空的表头单元格'),
      fix: text('Rename the column in the file.', '在文件中改列名。'),
    },
    'same-name': {
      message: text('Two columns have the name {name}.', '有两列同名：{name}。'),
      expected: text('a name of its own for every column', '每列各有名称'),
      received: text('{name} as column {first} and column {second}', '第 {first} 列与第 {second} 列都是 {name}'),
      fix: text('Rename the column in the file.', '在文件中改列名。'),
    },
    absent: {
      message: text('There is no column {quoted}.', '没有列 {quoted}。'),
      expected: '{expected|list}',
      received: '{received}',
      fix: text('Correct the name; upper and lower case count.', '改正名称；区分大小写。'),
    },
  },
} as const satisfies CasesByCode
