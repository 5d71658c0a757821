/** The problems of the command line: commands, options, and settings given with --set. */
import { text } from '../../base/text'
import type { ProblemCode } from '../codes'
import type { CodeSentences } from './form'

const received = '{received}'
const commandHelp = text(
  '{near|guess}See layerloom {command} --help.',
  '{near|guess}用 layerloom {command} --help 查看用法。',
)
const positive = text('an integer of 1 or more', '不小于 1 的整数')
const anotherFile = text('Choose another file with -o.', '用 -o 选择其他文件。')
const correctPath = text('{near|guess}Correct the path {path}.', '{near|guess}改正路径 {path}。')
const wrongOption = {
  message: text('{option} does not work with {path}.', '{option} 不能用于 {path}。'),
  received: '{path}',
} as const
const oneKey = {
  expected: text('the beginning of exactly one key', '恰好一个键的开头'),
  received,
  fix: text('See layerloom data cache list.', '用 layerloom data cache list 查看。'),
} as const
const noLabel = {
  message: text('There is no column {label} to predict in {title}.', '{title} 中没有可预测的列 {label}。'),
  received: '{label}',
  fix: text(
    '{near|guess}Name a column of the table, or leave --label out.',
    '{near|guess}给出表格中的一列，或去掉 --label。',
  ),
} as const

/** Of the words behind a command, before it runs. */
const wordCases = {
  command: {
    message: text('There is no command “{name}”.', '没有命令“{name}”。'),
    expected: text('one of {known|list}', '{known|list} 之一'),
    received: '{name}',
    fix: text('{near|guess}See layerloom --help.', '{near|guess}用 layerloom --help 查看用法。'),
  },
  'argument-missing': {
    message: text('{command} needs {argument}.', '{command} 需要 {argument}。'),
    expected: '{expected}',
    received: text('nothing', '空值'),
    fix: commandHelp,
  },
  'argument-extra': {
    message: text('{command} takes no more arguments.', '{command} 的参数过多。'),
    expected: '{expected}',
    received,
    fix: commandHelp,
  },
  words: {
    message: text('{fault}', '命令行的写法不对：{fault}'),
    expected: text('options {known|list}', '选项 {known|list}'),
    received,
    fix: commandHelp,
  },
  twice: {
    message: text('--{option} can be given only once.', '--{option} 只能给出一次。'),
    expected: text('one value', '一个值'),
    received,
    fix: commandHelp,
  },
  choice: {
    message: text('--{option} does not accept “{value}”.', '--{option} 不接受“{value}”。'),
    expected: text('one of {known|list}', '{known|list} 之一'),
    received: '{value}',
    fix: commandHelp,
  },
  count: {
    message: text('--{option} must be a positive integer.', '--{option} 须为正整数。'),
    expected: positive,
    received,
    fix: commandHelp,
  },
} as const

export const commandLineSentences = {
  'command-line': {
    cases: {
      ...wordCases,
      setting: {
        message: text('--{option} must be {accepted}.', '--{option} 须为{accepted}。'),
        expected: text('{accepted}, such as {default}', '{accepted}，例如 {default}'),
        received,
        fix: text('See layerloom resume --help.', '用 layerloom resume --help 查看用法。'),
      },
      'over-input': {
        message: text('The table would overwrite an input file.', '表格会覆盖一个输入文件。'),
        expected: text('a different file', '其他文件'),
        received,
        fix: anotherFile,
      },
      'no-folder': {
        message: text('The folder of the table does not exist.', '表格所在的文件夹不存在。'),
        expected: text('an existing folder', '已有的文件夹'),
        received,
        fix: anotherFile,
      },
      'output-folder': {
        message: text('-o is a folder.', '-o 是文件夹。'),
        expected: text('a file', '文件'),
        received,
        fix: anotherFile,
      },
      'no-samples': {
        message: text('predict needs a file, or a text with --text.', 'predict 需要文件，或用 --text 给出文本。'),
        expected: text('a file with samples, or --text', '含有样本的文件，或 --text'),
        received: text('nothing', '空值'),
        fix: text('See layerloom predict --help.', '用 layerloom predict --help 查看用法。'),
      },
      resumed: {
        message: text('A run resumes with its original settings.', '继续训练时沿用原有的设置。'),
        expected: text('no settings with the run folder', '运行文件夹之外没有设置'),
        received: text('settings for a new run', '用于新训练的设置'),
        fix: text(
          'Remove them, train the project again with them, or see layerloom resume --help for what can be changed.',
          '去掉这些设置，或用它们重新训练项目；可更改的设置见 layerloom resume --help。',
        ),
      },
      'label-without-table': {
        ...wrongOption,
        expected: text('a table', '表格'),
        fix: text(
          'Use --set data.source.label=… for the table of a project.',
          '对项目的表格，使用 --set data.source.label=…。',
        ),
      },
      'set-without-project': {
        ...wrongOption,
        expected: text('a project (.loom)', '项目（.loom）'),
        fix: text('Only projects have settings; remove --set.', '只有项目才有设置；去掉 --set。'),
      },
      'set-of-file': {
        message: text('--set works with projects only.', '--set 只能用于项目。'),
        expected: text('a project (.loom)', '项目（.loom）'),
        received: '{file}',
        fix: text('Remove --set.', '去掉 --set。'),
      },
      dataset: {
        message: text('There is no dataset “{name}” to download.', '没有可下载的数据集“{name}”。'),
        expected: text('one of {known|list}', '{known|list} 之一'),
        received: '{name}',
        fix: text('{near|guess}See layerloom data downloads.', '{near|guess}用 layerloom data downloads 查看。'),
      },
      'no-key': { ...oneKey, message: text('No key starts with {begin}.', '没有以 {begin} 开头的键。') },
      'several-keys': {
        ...oneKey,
        message: text('{count} keys start with {begin}.', '有 {count} 个以 {begin} 开头的键。'),
      },
      'cache-size': {
        message: text('{size} is not a valid cache size.', '{size} 不是有效的缓存大小。'),
        expected: text(
          '1 MB or more, as bytes or with MB, GB, TB, MiB, GiB or TiB',
          '不小于 1 MB，以字节计，或带 MB、GB、TB、MiB、GiB 或 TiB',
        ),
        received: '{size}',
        fix: text('Write e.g. 20GiB.', '例如写作 20GiB。'),
      },
      weights: {
        message: text('--weights does not work with this file.', '--weights 不能用于此文件。'),
        expected: text(
          'a run folder, a checkpoint (.safetensors) or a model (.onnx)',
          '运行文件夹、检查点（.safetensors）或模型（.onnx）',
        ),
        received: '{file}',
        fix: text('Choose a file with weights; a project has none.', '选择含有权重的文件；项目没有权重。'),
      },
      'no-output': {
        message: text('export needs -o FILE.', 'export 需要 -o FILE。'),
        expected: text('-o with the output file', '用 -o 给出输出文件'),
        received: text('nothing', '空值'),
        fix: text('Add e.g. -o model.onnx.', '例如加上 -o model.onnx。'),
      },
      'no-label': { ...noLabel, expected: text('a table', '表格') },
      'no-column': { ...noLabel, expected: '{known|list}' },
    },
    otherwise: { message: '命令行的写法不对。', fix: '用 --help 查看用法。' },
  },
  'setting-unknown': {
    cases: {
      form: {
        message: text('--set {given} is not of the form path=value.', '--set {given} 的形式不是 path=value。'),
        expected: text('path=value, e.g. training.batchSize=128', 'path=value，例如 training.batchSize=128'),
        received: '{given}',
        fix: text('Write the path, an equal sign and the value.', '写出路径、等号与值。'),
      },
      step: {
        message: text('{where} has no “{step}”.', '{where} 中没有“{step}”。'),
        expected: text('one of {known|list}', '{known|list} 之一'),
        received: '{step}',
        fix: correctPath,
      },
      end: {
        message: text('{where} is a single value without “{step}”.', '{where} 是单个值，其中没有“{step}”。'),
        expected: text('a path that ends at {where}', '止于 {where} 的路径'),
        received: '{step}',
        fix: correctPath,
      },
      field: {
        message: text('{path} is not a project setting.', '{path} 不是项目的设置。'),
        expected: text('one of {known|list}', '{known|list} 之一'),
        received: '{name}',
        fix: correctPath,
      },
    },
    otherwise: { message: '设置的路径在项目中不存在。', fix: '改正路径。' },
  },
} as const satisfies Partial<Record<ProblemCode, CodeSentences>>
