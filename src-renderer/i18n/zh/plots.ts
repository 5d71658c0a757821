/** Chinese messages of the charts. */
import type { plots as english } from '../en/plots'
import type { Translation } from '../translation'

export const plots = {
  accuracy: '准确率',
  atEpoch: '第 {epoch} 轮',
  best: '最佳',
  bestAt: '最佳为第 {epoch} 轮',
  binReading: '{low} 至 {high}：{count}，{share}',
  epoch: '逐轮',
  epochHint: '每轮所有批次的平均，与日志一致',
  epochRange: '第 {from} – {to} 轮',
  linear: '线性',
  lines: '训练曲线',
  log: '对数',
  loss: '损失',
  moreClasses: '其余 {n} 类的概率更低',
  notZoomed: '已显示整个运行',
  probabilities: '各类别的概率',
  readAt: '{name}：查看某一轮的数值',
  resetZoom: '显示整个运行',
  scale: '纵轴刻度',
  schedule: '学习率，最高 {highest}，最终 {last}，共 {n} 轮',
  smooth: '平滑',
  smoothHint: '最近 {n} 批的平均；范围带为其第 10 至第 90 百分位',
  step: '逐步',
  stepHint: '每一批的数值',
  train: '训练',
  truth: '真实',
  validation: '验证',
} as const satisfies Translation<typeof english>
