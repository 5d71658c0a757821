/** The words of the native parts of the desktop app: menu, dialogs, questions. The page has its own. */
import type { FileKind } from '#core/rpc/contract/file'
import type { Settings } from '#core/rpc/contract/settings'

const en = {
  file: 'File',
  newProject: 'New project',
  open: 'Open…',
  openRecent: 'Open recent',
  noRecent: 'No recent projects',
  save: 'Save',
  saveAs: 'Save as…',
  closeWindow: 'Close',
  quit: 'Quit Layerloom',
  edit: 'Edit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select all',
  view: 'View',
  commands: 'Search commands…',
  fit: 'Fit network to window',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fullScreen: 'Full screen',
  training: 'Training',
  start: 'Start',
  pause: 'Pause or resume',
  stop: 'Stop',
  help: 'Help',
  openHelp: 'Layerloom help',
  about: 'About Layerloom',
  runningQuestion: 'Training is running',
  runningDetail: 'Closing stops it. What it has learned so far is kept: {titles}.',
  keepTraining: 'Keep training',
  stopAndClose: 'Stop and close',
  saveQuestion: 'Save changes to {title}?',
  saveDetail: 'Without saving, the changes are lost.',
  dontSave: "Don't save",
  cancel: 'Cancel',
  goneQuestion: 'The window stopped working',
  goneDetail: 'Unsaved changes were kept and are offered when it is reloaded. Reason: {reason}.',
  reload: 'Reload',
  projects: 'Layerloom projects',
  models: 'ONNX models',
  tables: 'Tables',
  images: 'Images',
  allFiles: 'All files',
}
export type Messages = Readonly<Record<keyof typeof en, string>>

const zh: Messages = {
  file: '文件',
  newProject: '新建项目',
  open: '打开…',
  openRecent: '打开最近的项目',
  noRecent: '没有最近的项目',
  save: '保存',
  saveAs: '另存为…',
  closeWindow: '关闭',
  quit: '退出 Layerloom',
  edit: '编辑',
  undo: '撤销',
  redo: '重做',
  cut: '剪切',
  copy: '复制',
  paste: '粘贴',
  selectAll: '全选',
  view: '视图',
  commands: '搜索命令…',
  fit: '让网络适合窗口',
  zoomIn: '放大',
  zoomOut: '缩小',
  fullScreen: '全屏',
  training: '训练',
  start: '开始',
  pause: '暂停或继续',
  stop: '停止',
  help: '帮助',
  openHelp: 'Layerloom 帮助',
  about: '关于 Layerloom',
  runningQuestion: '训练正在进行',
  runningDetail: '关闭会停止训练，已学到的内容会保留：{titles}。',
  keepTraining: '继续训练',
  stopAndClose: '停止并关闭',
  saveQuestion: '保存对 {title} 的更改？',
  saveDetail: '不保存，更改就会丢失。',
  dontSave: '不保存',
  cancel: '取消',
  goneQuestion: '窗口停止工作',
  goneDetail: '未保存的更改已保留，重新加载后可以恢复。原因：{reason}。',
  reload: '重新加载',
  projects: 'Layerloom 项目',
  models: 'ONNX 模型',
  tables: '表格',
  images: '图像',
  allFiles: '所有文件',
}

export function messagesFor(language: Settings['language'], systemLanguage: string): Messages {
  const tag = language === 'system' ? systemLanguage : language
  return tag.toLowerCase().startsWith('zh') ? zh : en
}

/** Whether the native parts speak Chinese. */
export function isChinese(messages: Messages): boolean {
  return messages === zh
}

/** Puts values into the places of a message, `{title}` and so on. */
export function fill(message: string, values: Readonly<Record<string, string>>): string {
  return message.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place)
}

/** What files of a kind are called in a dialog. */
export const kindNames: Readonly<Record<FileKind, keyof Messages>> = {
  project: 'projects',
  model: 'models',
  table: 'tables',
  image: 'images',
  idx: 'allFiles',
  data: 'allFiles',
  'data-folder': 'allFiles',
}
