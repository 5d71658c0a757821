/** The problems of files and folders: finding, naming, writing and uploading them. */
import { text } from '../../base/text'
import type { ProblemCode } from '../codes'
import { downloadCases } from './dataDownloads'
import type { CodeSentences } from './form'

const elsewhere = text('Save somewhere else.', '另存到别处。')
const freeSpace = text('Free some space or save somewhere else.', '释放一些空间，或另存到别处。')
const received = '{received}'
const wrongName = text('This name cannot be used for a file here.', '此名称不能用作这里的文件名。')
const otherName = text('Choose another name.', '换一个名称。')
const unused = text('an unused name', '未使用的名称')
const overwrite = text(
  'Choose another file with -o, or add --force to overwrite it.',
  '用 -o 选择其他文件，或加上 --force 将其覆盖。',
)

export const fileSentences = {
  'project-missing': {
    cases: {
      autosave: {
        message: text('The unsaved state is gone or damaged.', '未保存的状态已不存在或已损坏。'),
        fix: text('Open the project file instead.', '改为打开项目文件。'),
      },
      template: {
        message: text('There is no such template.', '没有这个模板。'),
        received: '{template}',
        fix: text('Choose a template from the list.', '从列表中选择模板。'),
      },
      unreadable: {
        message: text('The project file cannot be read.', '项目文件无法读取。'),
        received,
        fix: text('Check that it is still there and may be read.', '检查文件是否还在，以及访问权限。'),
      },
      named: {
        message: text('Cannot read the project {file}.', '无法读取项目 {file}。'),
        expected: text('a project file (.loom)', '项目文件（.loom）'),
        received: '{received|word}',
        fix: text(
          '{near|guess}Check the name; the sample projects are in resources/projects.',
          '{near|guess}检查名称；示例项目在 resources/projects 中。',
        ),
      },
      path: {
        message: text('There is no such file or folder.', '没有这个文件或文件夹。'),
        fix: text('Check the path.', '检查路径。'),
      },
    },
    otherwise: { message: '项目文件不存在或无法读取。', fix: '检查路径与访问权限。' },
  },
  'file-unknown': {
    cases: {
      grant: {
        message: text('This file is no longer known.', '此文件已失效。'),
        fix: text('Choose it again in the open dialog.', '在打开对话框中重新选择。'),
      },
      folder: {
        message: text('The folder cannot be read.', '文件夹无法读取。'),
        received,
        fix: text('Choose another folder.', '选择其他文件夹。'),
      },
    },
    otherwise: { message: '所请求的文件或文件夹已失效。', fix: '重新选择文件或文件夹。' },
  },
  'file-name': {
    cases: {
      project: {
        message: text('Project files end in .loom.', '项目文件以 .loom 结尾。'),
        expected: text('.loom', '.loom'),
        received: '{received|word}',
        fix: text('Choose a file whose name ends in .loom.', '选择名称以 .loom 结尾的文件。'),
      },
      form: {
        message: wrongName,
        expected: '{wanted}',
        received: '{name}',
        fix: otherName,
      },
      taken: {
        message: text('A project with this name already exists.', '已有同名的项目。'),
        expected: unused,
        received: '{name}',
        fix: overwrite,
      },
      'taken-folder': {
        message: text('A folder with this name exists.', '已有同名的文件夹。'),
        expected: unused,
        received: '{name}',
        fix: overwrite,
      },
      upload: {
        message: wrongName,
        expected: text(
          'names without special characters, below the folder that was dropped',
          '不含特殊字符、位于拖入的文件夹之内的名称',
        ),
        received: '{name}',
        fix: text('Rename the file, or leave it out.', '将文件改名，或不拖入它。'),
      },
    },
    otherwise: { message: '此文件名不能使用。', fix: '换一个文件名。' },
  },
  'file-write': {
    cases: {
      ...downloadCases['file-write'],
      full: { message: text('The disk is full.', '磁盘已满。'), received, fix: freeSpace },
      quota: { message: text('Your disk quota is used up.', '磁盘配额已用完。'), received, fix: freeSpace },
      size: {
        message: text('The file would be larger than is allowed here.', '文件会超过这里允许的大小。'),
        received,
        fix: elsewhere,
      },
      permission: {
        message: text('You may not write here.', '没有在此写入的权限。'),
        received,
        fix: text('Save somewhere else or change the permissions of the folder.', '另存到别处，或更改文件夹的权限。'),
      },
      'read-only': { message: text('This disk can only be read.', '此磁盘只能读取。'), received, fix: elsewhere },
      'no-folder': {
        message: text('The folder does not exist.', '文件夹不存在。'),
        received,
        fix: elsewhere,
      },
      'is-folder': { message: text('There is a folder of this name.', '已有同名的文件夹。'), received, fix: otherName },
      'long-name': {
        message: text('The name is too long for this disk.', '名称对此磁盘来说太长。'),
        received,
        fix: text('Choose a shorter name.', '换一个较短的名称。'),
      },
      other: { message: text('The file could not be written.', '文件无法写入。'), received, fix: elsewhere },
      'no-room': {
        message: text('The disk has no room for these files.', '磁盘没有空间存放这些文件。'),
        expected: text('{needed} free bytes', '{needed} 字节的可用空间'),
        received: text('{free} free bytes', '{free} 字节的可用空间'),
        fix: text(
          'Free some space, or start Layerloom with the path of the files instead of dropping them.',
          '释放一些空间，或用文件的路径启动 Layerloom，而不拖入它们。',
        ),
      },
    },
    otherwise: { message: '文件无法写入。', fix: '检查剩余空间与写入权限，或另存到别处。' },
  },
  'file-upload': {
    cases: {
      over: {
        message: text('This upload is over.', '此次上传已结束。'),
        expected: text('an upload in progress', '进行中的上传'),
        received: text('one that has ended, or waited too long', '已结束或等待过久的上传'),
        fix: text('Drop the files again.', '重新拖入文件。'),
      },
      announced: {
        message: text('The files are not what was announced.', '文件与所报的不符。'),
        expected: '{wanted}',
        received: text('{files} {files?file/files}, {bytes} bytes', '{files} 个文件，{bytes} 字节'),
        fix: text(
          'Drop the files again, and leave them unchanged while they are copied.',
          '重新拖入文件，复制期间不要更改它们。',
        ),
      },
    },
    otherwise: { message: '拖入的文件与所报的数量或大小不符，或上传已结束。', fix: '重新拖入文件。' },
  },
  'file-changed': {
    cases: {
      any: {
        message: text(
          'The file was changed by another window or program since it was opened.',
          '文件打开之后，已被其他窗口或程序修改。',
        ),
        fix: text('Save under another name, or replace the file.', '以其他名称保存，或替换该文件。'),
      },
    },
  },
} as const satisfies Partial<Record<ProblemCode, CodeSentences>>
