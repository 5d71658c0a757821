/** Chinese messages of the Runs screen. */
import type { runs as english } from '../en/runs'
import type { Translation } from '../translation'

export const runs = {
  batch: '批大小',
  best: '最佳轮次',
  chooseFirst: '先选择一次运行',
  damaged: '{n} 个文件夹无法读取',
  date: '开始时间',
  emptyText: '每次训练都会连同曲线、指标和最佳权重保存在这里。',
  emptyTitle: '还没有运行记录',
  epochs: '轮次',
  failed: '无法读取运行记录',
  goTrain: '转到训练',
  name: '项目',
  open: '打开运行',
  openProject: '作为项目打开',
  openProjectHint: '把这次运行的网络、数据和设置作为新项目打开。',
  optimizer: '优化器',
  parameters: '参数',
  rate: '学习率',
  remove: '删除运行',
  removed: '已删除运行 {name}',
  runningNow: '该运行仍在进行',
  state: '状态',
  takeOverLeave: '不动它',
  takeOverText:
    '另一个进程（或另一台计算机）表示正在进行这次训练。两个进程同时写入会损坏记录。仅在确定对方已不存在时继续。',
  takeOverTitle: '这次训练似乎仍在进行，要继续吗？',
  time: '用时',
  title: '运行记录',
  trainLoss: '训练损失',
  tryAgain: '重试',
  undo: '撤销',
  validationAccuracy: '验证准确率',
  validationLoss: '验证损失',
  validationMae: '验证 MAE',
} as const satisfies Translation<typeof english>
