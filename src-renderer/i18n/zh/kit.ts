/** Chinese messages of the UI kit. */
import type { kit as english } from '../en/kit'
import type { Translation } from '../translation'

export const kit = {
  allColumns: '所有适用的列',
  cancel: '取消',
  clearSearch: '清空搜索',
  close: '关闭',
  error: '错误',
  explain: '说明：{name}',
  furtherFixes: '更多修复方法',
  goTo: '转到 {name}',
  keep: '保留 {value}',
  loading: '正在加载',
  lowerEnd: '{name}，下限',
  notAbove: '{name}必须大于 {min}，当前为 {received}。',
  notBelow: '{name}必须小于 {max}，当前为 {received}。',
  notInteger: '{name}必须为整数，当前为 {received}。',
  notNumber: '{name}必须为数字，当前为 {received}。',
  notThere: '数据中不存在',
  nothing: '空',
  notifications: '通知',
  reset: '重置{name}',
  resetTo: '将{name}重置为 {value}',
  resizePanel: '调整{name}的大小',
  stepMoved: '{name} 已移到第 {place} 位，共 {count} 步',
  suggestion: '建议',
  tooLarge: '{name}不能大于 {max}，当前为 {received}。',
  tooSmall: '{name}不能小于 {min}，当前为 {received}。',
  upperEnd: '{name}，上限',
  value: '数值',
  warning: '警告',
} as const satisfies Translation<typeof english>
