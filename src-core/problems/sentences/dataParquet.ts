/** Parquet files that cannot be read. */
import { text } from '../../base/text'
import type { CasesByCode } from './form'

const rewrite = text('Copy or download the file again, or write it again.', '重新复制、下载或写出该文件。')

const metadata = {
  message: text('The description at the end of the Parquet file is damaged.', 'Parquet 文件末尾的描述已损坏。'),
  fix: rewrite,
}
const footer = {
  ...metadata,
  expected: text('at most {most} bytes', '至多 {most} 字节'),
  received: text('{size} bytes', '{size} 字节'),
}

const group = {
  message: text('Row group {group} of the Parquet file cannot be read.', 'Parquet 文件的第 {group} 个行组无法读取。'),
  fix: text(
    'Copy or download the file again, or write it again in one file with common settings.',
    '重新复制或下载该文件，或以常用设置重新写成单个文件。',
  ),
}

const page = {
  message: text('A page of the Parquet file cannot be read.', 'Parquet 文件的一页无法读取。'),
  fix: rewrite,
}

export const parquetCases = {
  'data-format': {
    'parquet-magic': {
      message: text('This is not a Parquet file that can be read.', '这不是可读取的 Parquet 文件。'),
      expected: text('PAR1 at the begin and at the end', '开头与末尾都是 PAR1'),
      received: '{received|word}',
      fix: text('Give a Parquet file that is not encrypted.', '选择未加密的 Parquet 文件。'),
    },
    'parquet-rows': {
      ...metadata,
      expected: text('at most {most} rows, as many as the row groups have', '至多 {most} 行，与各行组的行数一致'),
      received: text('{said} and {rows} rows', '{said} 与 {rows} 行'),
    },
    'parquet-footer': footer,
    'parquet-description': {
      ...metadata,
      expected: text('a complete description of the file', '完整的文件描述'),
      received: '{detail}',
    },
    'parquet-columns': {
      ...metadata,
      expected: text('1 to {most} columns', '1 至 {most} 列'),
      received: '{received}',
    },
    'parquet-schema': {
      ...metadata,
      expected: text('a schema of {count} columns', '{count} 列的结构'),
      received: text('{found} columns', '{found} 列'),
    },
    'parquet-tree': {
      ...metadata,
      expected: text('a schema that is a tree', '树形的结构'),
      received: text('column {column}', '列 {column}'),
    },
    'group-rows': {
      ...group,
      expected: text('0 to {most} rows', '0 至 {most} 行'),
      received: text('{rows} rows', '{rows} 行'),
    },
    'group-file': {
      ...group,
      expected: text('columns in this file', '列在此文件中'),
      received: text('a column in {other}', '一列在 {other} 中'),
    },
    'group-encrypted': {
      ...group,
      expected: text('columns that are not encrypted', '未加密的列'),
      received: text('an encrypted column', '加密的列'),
    },
    'group-column': {
      ...group,
      expected: text('columns of the schema', '结构中的列'),
      received: text('a column {column}', '列 {column}'),
    },
    'group-type': {
      ...group,
      expected: '{said}',
      received: text('{stored} in {column}', '{column} 中的 {stored}'),
    },
    'group-bytes': {
      ...group,
      expected: text('at most {most} bytes', '至多 {most} 字节'),
      received: text('columns of {size} bytes', '共 {size} 字节的列'),
    },
    'group-missing': {
      ...group,
      expected: text('a column {column}', '列 {column}'),
      received: text('none', '无'),
    },
    'group-place': {
      ...group,
      expected: text('columns in bytes 4 to {end}', '列在字节 4 至 {end} 之内'),
      received: text('bytes {begin} to {last}', '字节 {begin} 至 {last}'),
    },
    'group-codec': {
      ...group,
      expected: '{expected|list}',
      received: text('the compression {codec}', '压缩方式 {codec}'),
    },
    'page-content': {
      ...page,
      expected: text('a page as its header describes it', '与页头所述一致的页'),
      received: '{detail}',
    },
    'page-header': { ...page, expected: text('the header of a page', '页头'), received: '{detail}' },
  },
  'data-truncated': {
    'parquet-end': {
      message: text(
        'The Parquet file ends too early: its description stands at the end.',
        'Parquet 文件过早结束：其描述位于末尾。',
      ),
      expected: text('PAR1 as the last bytes', '以 PAR1 结尾'),
      received: '{received}',
      fix: text('Copy or download the file again.', '重新复制或下载该文件。'),
    },
    'page-values': {
      ...page,
      expected: text('{count} more values', '还有 {count} 个值'),
      received: text('the end of the column', '列的末尾'),
    },
    'page-place': {
      ...page,
      expected: text('a page in bytes {begin} to {end}', '页在字节 {begin} 至 {end} 之内'),
      received: text('{size} bytes', '{size} 字节'),
    },
  },
  'data-too-large': {
    'page-size': {
      ...page,
      expected: text('a page of at most {most} bytes', '不超过 {most} 字节的页'),
      received: text('{size} bytes', '{size} 字节'),
    },
    'page-total': {
      ...page,
      expected: text('pages of at most {most} bytes together', '各页合计不超过 {most} 字节'),
      received: text('more', '更多'),
    },
  },
  'data-empty': {
    'parquet-rows': {
      message: text('The table has no rows.', '表格没有行。'),
      expected: text('at least one row', '至少一行'),
      received: text('a Parquet file without rows', '没有行的 Parquet 文件'),
      fix: text(
        'Check that it is the right file and that it was exported completely.',
        '检查是否选对文件，导出是否完整。',
      ),
    },
  },
  'data-cell': {
    'parquet-value': {
      message: text('A value of the Parquet file cannot be read as text.', 'Parquet 文件中有一个值无法读作文本。'),
      expected: text('a {kind} of at most {most} characters', '不超过 {most} 个字符的{kind}'),
      received: '{detail}',
      fix: text('Leave the column out, or write it again.', '去掉该列，或重新写出。'),
    },
  },
  'data-column': {
    'parquet-nested': {
      message: text(
        'Column {name} does not hold single numbers, texts or dates.',
        '列 {name} 的单元格不是单个的数、文本或日期。',
      ),
      expected: text('one number, text or date a cell', '每个单元格一个数、文本或日期'),
      received: '{refusal}',
      fix: text('Leave the column out, or write it as columns of single values.', '去掉该列，或写成若干单值的列。'),
    },
    'parquet-left-out': {
      message: text('Column {name} was left out: it holds {refusal}.', '列 {name} 未被采用：其内容为{refusal}。'),
      fix: text(
        'Nothing needs to be done, unless the column is needed: then write it as numbers or texts.',
        '若不需要该列，不必处理；否则写成数或文本。',
      ),
    },
    'parquet-to-leave-out': {
      message: text('Column {name} will be left out: it holds {refusal}.', '列 {name} 不会被采用：其内容为{refusal}。'),
      fix: text(
        'Nothing needs to be done, unless the column is needed: then write it as numbers or texts.',
        '若不需要该列，不必处理；否则写成数或文本。',
      ),
    },
  },
} as const satisfies CasesByCode
