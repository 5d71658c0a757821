/** The problems of project files. */
import { text } from '../../base/text'
import type { ProblemCode } from '../codes'
import type { CodeSentences } from './form'

const notJson = text('The file is not valid JSON.', '文件不是有效的 JSON。')
const jsonFault = { expected: '{expected|word}', received: '{found|word}{context}' } as const
const savedFile = text('Choose a file that Layerloom has saved.', '选择由 Layerloom 保存的文件。')
const newerVersion = {
  expected: text('version {supported} or older', '版本 {supported} 或更早'),
  received: text('version {version}', '版本 {version}'),
} as const

export const projectSentences = {
  'project-not-json': {
    cases: {
      empty: {
        message: text('The file is empty.', '文件是空的。'),
        ...jsonFault,
        fix: text('Choose a project file, or restore this one from a backup.', '选择项目文件，或从备份恢复此文件。'),
      },
      conflict: {
        message: notJson,
        ...jsonFault,
        fix: text('Resolve the merge conflict in the file.', '解决文件中的合并冲突。'),
      },
      comma: {
        message: notJson,
        ...jsonFault,
        fix: text(
          'Remove the comma before line {line}, column {column}.',
          '移除第 {line} 行第 {column} 列之前的逗号。',
        ),
      },
      comment: {
        message: notJson,
        ...jsonFault,
        fix: text('Remove the comment in line {line}; JSON has none.', '移除第 {line} 行的注释；JSON 没有注释。'),
      },
      quotes: {
        message: notJson,
        ...jsonFault,
        fix: text('Use double quotes in line {line}.', '在第 {line} 行使用双引号。'),
      },
      'cut-short': {
        message: notJson,
        ...jsonFault,
        fix: text(
          'The file is cut short: restore it from a backup or from version control.',
          '文件不完整：从备份或版本控制中恢复。',
        ),
      },
      other: {
        message: notJson,
        ...jsonFault,
        fix: text('Correct line {line} at column {column}.', '改正第 {line} 行第 {column} 列。'),
      },
    },
    otherwise: { message: '项目文件不是有效的 JSON。', fix: '用文本编辑器改正该处，或打开备份。' },
  },
  'project-format': {
    cases: {
      missing: {
        message: text('{path|word} is missing.', '缺少 {path|word}。'),
        expected: '{wanted}',
        received: text('nothing', '空值'),
        fix: text('Add {path|word}: {wanted}.', '补上 {path|word}：{wanted}。'),
      },
      form: {
        message: text('{path|word} does not have the right form.', '{path|word} 的形式不对。'),
        expected: '{wanted}',
        received: '{received}',
        fix: text('{near|guess}Set {path|word} to {wanted}.', '{near|guess}将 {path|word} 设为{wanted}。'),
      },
      'unknown-field': {
        message: text('{path} is not a field of a project and is ignored.', '{path} 不是项目的字段，已忽略。'),
        expected: text('one of {known|list}', '{known|list} 之一'),
        received: '{name}',
        fix: text('{guess|guess}Correct the name, or remove {path}.', '{guess|guess}改正名称，或移除 {path}。'),
      },
      'too-long': {
        message: text('The file is too long for a project.', '文件太长，不是项目。'),
        expected: text('at most {most} characters', '至多 {most} 个字符'),
        received: '{received}',
        fix: savedFile,
      },
      'not-project': {
        message: text('The file is not a Layerloom project.', '文件不是 Layerloom 项目。'),
        expected: '{expected}',
        received: '{received|word}',
        fix: savedFile,
      },
      data: {
        message: text('This is data, not a project.', '这是数据，不是项目。'),
        expected: text('a project file (.loom)', '项目文件（.loom）'),
        received: '{received|word}',
        fix: text('Start a project from it: {command}.', '用它新建项目：{command}。'),
      },
      version: {
        message: text('The version of the file is missing or wrong.', '文件的版本缺失或不对。'),
        expected: text('a whole number up to {supported}', '不大于 {supported} 的整数'),
        received: '{received|word}',
        fix: savedFile,
      },
    },
    otherwise: { message: '文件不是 Layerloom 项目，或有一处形式不对。', fix: '改正该处，或打开备份。' },
  },
  'project-version': {
    cases: {
      'read-only': {
        message: text(
          'The project was written by a newer version of Layerloom and is opened for reading only.',
          '项目由较新版本的 Layerloom 创建，只能查看。',
        ),
        ...newerVersion,
        fix: text('Update Layerloom to edit and train it.', '更新 Layerloom 后再编辑和训练。'),
      },
      'not-editable': {
        message: text(
          'The project is read-only because a newer version of Layerloom wrote it.',
          '项目由较新版本的 Layerloom 创建，只能查看。',
        ),
        expected: text('a project of this version', '由当前版本创建的项目'),
        received: text('a project of a newer version', '由较新版本创建的项目'),
        fix: text('Save it under another name to edit it.', '另存为新文件后再编辑。'),
      },
      unreadable: {
        message: text(
          'The project was written by a newer version of Layerloom and cannot be read by this one.',
          '项目由较新版本的 Layerloom 创建，当前版本无法读取。',
        ),
        ...newerVersion,
        fix: text('Update Layerloom to open it.', '更新 Layerloom 后再打开。'),
      },
      'not-trained': {
        message: text(
          'The project was saved by a newer version of Layerloom; this version can open but not train it.',
          '项目由较新版本的 Layerloom 保存，当前版本可以打开，但不能训练。',
        ),
        ...newerVersion,
        fix: text('Update Layerloom to train it.', '更新 Layerloom 后再训练。'),
      },
      'not-replaced': {
        message: text(
          'The file was written by a newer version of Layerloom and is not replaced.',
          '文件由较新版本的 Layerloom 写入，不会被替换。',
        ),
        fix: text('Save under another name.', '以其他名称保存。'),
      },
    },
    otherwise: {
      message: '项目由较新版本的 Layerloom 写成，只能查看。',
      fix: '另存为新文件后再修改，或更新 Layerloom。',
    },
  },
} as const satisfies Partial<Record<ProblemCode, CodeSentences>>
