/** Problems of files, data, runs and devices in Chinese: one sentence per code; the place gives the details. */
import type { ProblemCode } from '../codes'
import type { Translated } from './form'
import { dataSentences } from './data'
import { inputSentences } from './transforms'

export const fileSentences = {
  'project-format': {
    cases: { data: { message: '这是数据，不是项目。', fix: '用它新建项目：{command}' } },
    otherwise: { message: '文件不是 Layerloom 项目，或有一处形式不对。', fix: '改正该处，或打开备份。' },
  },
  'command-line': { message: '命令行的写法不对。', fix: '用 --help 查看用法。' },
  'setting-unknown': { message: '设置的路径在项目中不存在。', fix: '改正路径。' },
  ...dataSentences,
  'training-not-finite': {
    cases: {
      'no-weight': {
        message: '训练在第 {epoch} 轮第 {step} 步中断：该批样本的类别权重全为 0，损失没有均值。',
        expected: '每批至少一个权重大于 0 的样本',
        received: '{batch} 个样本，权重均为 0',
        fix: '把每个类别的权重设为大于 0，或增大批大小。',
      },
    },
    otherwise: { message: '损失或网络中的某个值变成了 NaN 或无穷大。', fix: '降低学习率，或裁剪梯度。' },
  },
  'training-memory': { message: '一步训练所需的内存超过现有内存。', fix: '减小批大小或网络。' },
  'device-unavailable': { message: '所选设备在这台计算机上不可用。', fix: '选择其他设备。' },
  'engine-died': {
    cases: {
      killed: {
        message: '计算进程意外结束。',
        fix: '若无人结束它，就是内存不足：减小批大小，或关闭其他程序。',
      },
    },
    otherwise: { message: '计算进程意外结束。', fix: '再试一次；若再次发生，可减小批大小。' },
  },
  'run-missing': {
    cases: { proof: { message: '该训练没有保留可用于验证模型的样本。', fix: '恢复数据，用其样本验证模型。' } },
    otherwise: { message: '运行记录的文件夹不存在，或不是运行记录。', fix: '检查路径。' },
  },
  'run-damaged': {
    cases: {
      checksum: { message: '检查点的内容与写入时不同：校验和不符。', fix: '使用其他检查点，或重新训练。' },
      proof: { message: '为验证模型而保留的样本已损坏。', fix: '恢复数据，用其样本验证模型。' },
      'other-proof': { message: '为验证模型而保留的样本属于较早的权重。', fix: '恢复数据，用其样本验证模型。' },
    },
    otherwise: { message: '运行记录中有一个文件已损坏。', fix: '使用其他检查点，或重新训练。' },
  },
  'run-interrupted': {
    message: '在训练开始之前已停止。',
    fix: '再次开始：已准备好的数据会保留。',
  },
  'run-elsewhere': {
    message: '该训练正在另一个进程中进行。',
    expected: '已停止或已中断的训练',
    fix: '先在那里停止它；若该进程已不存在，可选择“仍要继续”。',
  },
  'run-ended': {
    message: '该训练已结束，只能增加轮次后继续。',
    expected: '多于 {epochs} 轮',
    fix: '增加轮次。',
  },
  'run-weights': { message: '该运行记录还没有权重。', fix: '至少训练一个轮次。' },
  'model-input': inputSentences,
  'export-mismatch': { message: '导出的模型与训练器的结果不一致。', fix: '再导出一次；若仍不一致，应报告此问题。' },
} as const satisfies Partial<Record<ProblemCode, Translated>>
