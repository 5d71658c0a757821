/** The problems of runs. */
import { text } from '../../base/text'
import type { ProblemCode } from '../codes'
import { checkpointCases } from './checkpoints'
import type { CodeSentences } from './form'
import { runWriteCases } from './runWrites'

const cutOff = text(
  'The run was cut off: the process that ran it does not exist any more.',
  '训练被中断：负责它的进程已不存在。',
)
const restarted = text('The run was cut off: the computer was started anew.', '训练被中断：计算机重新启动过。')
const resume = text('Resume the run; it continues at step {step}.', '可从第 {step} 步继续训练。')
const startAgain = text('Start it again; no checkpoint had been written yet.', '当时还没有检查点，重新开始训练。')
const reportIt = text('Report it with the text above.', '附上以上文字报告此问题。')
const died = {
  message: text(
    'The engine process ended unexpectedly while it was asked to {call}.',
    '计算进程在执行“{call}”时意外结束。',
  ),
  expected: text('an answer', '回应'),
  received: '{received}',
} as const

export const runSentences = {
  'engine-died': {
    cases: {
      'cut-off': { message: cutOff, fix: resume },
      'cut-off-early': { message: cutOff, fix: startAgain },
      restart: { message: restarted, fix: resume },
      'restart-early': { message: restarted, fix: startAgain },
      defect: {
        message: text('The run failed because of a defect in Layerloom.', '训练因 Layerloom 的缺陷而失败。'),
        received: '{received}',
        fix: reportIt,
      },
      'engine-defect': {
        message: text('The engine failed because of a defect in Layerloom.', '计算进程因 Layerloom 的缺陷而失败。'),
        received: '{received}',
        fix: reportIt,
      },
      killed: {
        ...died,
        fix: text(
          'If the process was not ended on purpose, memory ran out: use a smaller batch size or close other programs, then try again.',
          '若该进程不是被有意结束的，就是内存不足：减小批大小，或关闭其他程序，然后重试。',
        ),
      },
      ended: {
        ...died,
        fix: text(
          'Try again; if it happens again, report it with the text above.',
          '再试一次；若再次发生，附上以上文字报告此问题。',
        ),
      },
    },
    otherwise: { message: '计算进程意外结束。', fix: '再试一次；若再次发生，可减小批大小。' },
  },
  'run-missing': {
    cases: {
      ...checkpointCases['run-missing'],
      'no-record': {
        message: text('There is no run in this folder.', '此文件夹中没有运行记录。'),
        expected: text('a folder with {record}', '含有 {record} 的文件夹'),
        received: '{received|word}',
        fix: text('Choose a folder that training has written.', '选择由训练写入的文件夹。'),
      },
      gone: {
        message: text('The run “{id}” is not there any more.', '运行“{id}”已不存在。'),
        received: '{received}',
        fix: text('Look at the list again.', '重新查看列表。'),
      },
    },
    otherwise: { message: '运行记录的文件夹不存在，或不是运行记录。', fix: '检查路径。' },
  },
  'run-damaged': {
    cases: {
      ...checkpointCases['run-damaged'],
      record: {
        message: text('run.json cannot be read.', 'run.json 无法读取。'),
        expected: '{expected}',
        received: '{received}',
        fix: text(
          'Restore the file from a backup, or train again; checkpoints and model.onnx of the run may still be whole.',
          '从备份恢复该文件，或重新训练；此运行的检查点与 model.onnx 可能仍然完好。',
        ),
      },
      newer: {
        message: text('The run was written by a newer version of Layerloom.', '运行记录由较新版本的 Layerloom 写入。'),
        expected: text('version {supported} or older', '版本 {supported} 或更早'),
        received: text('version {version}', '版本 {version}'),
        fix: text('Update Layerloom.', '更新 Layerloom。'),
      },
      checkpoint: {
        message: text('The checkpoint is not one that Layerloom wrote.', '此检查点不是由 Layerloom 写入的。'),
        expected: '{expected}',
        received: '{received}',
        fix: text('Use another checkpoint of the run, or train again.', '使用其他检查点，或重新训练。'),
      },
      unreadable: {
        message: text('The run cannot be read.', '运行记录无法读取。'),
        received: '{received}',
        fix: text('Restore the folder from a backup, or delete it.', '从备份恢复该文件夹，或将其删除。'),
      },
    },
    otherwise: { message: '运行记录中有一个文件已损坏。', fix: '使用其他检查点，或重新训练。' },
  },
  'run-write': {
    cases: {
      ...runWriteCases,
      taken: {
        message: text('The folder holds a run already.', '文件夹中已有运行记录。'),
        expected: text('an empty or a new folder', '空文件夹或新文件夹'),
        received: text('a folder with {record}', '含有 {record} 的文件夹'),
        fix: text('Choose another folder, or resume that run.', '选择其他文件夹，或继续那次训练。'),
      },
      'not-allowed': {
        message: text('The run “{id}” cannot be moved.', '运行“{id}”无法移动。'),
        received: '{received}',
        fix: text(
          'Change the permissions of the folder of the runs, or make its disk writable.',
          '更改运行文件夹的权限，或让其磁盘可写。',
        ),
      },
      'in-use': {
        message: text('The run “{id}” cannot be moved.', '运行“{id}”无法移动。'),
        received: '{received}',
        fix: text('Close other programs that use the folder.', '关闭使用该文件夹的其他程序。'),
      },
    },
    otherwise: { message: '运行记录无法写入。', fix: '检查剩余空间与写入权限。' },
  },
  'run-busy': {
    cases: {
      any: {
        message: text('“{name}” is being trained.', '“{name}”正在训练。'),
        expected: text('no other run in progress', '没有其他训练在进行'),
        received: text('a run that has not ended', '尚未结束的训练'),
        fix: text('Stop that run, or wait until it has ended.', '停止那次训练，或等待其结束。'),
      },
    },
    otherwise: { message: '另一次训练正在进行。', fix: '等它结束，或先将其停止。' },
  },
} as const satisfies Partial<Record<ProblemCode, CodeSentences>>
