/** Texts of the native parts of the desktop app: menu, dialogs, questions. The page has its own. */
import { text, textIn, type Language } from '#core/base/text'
import type { FileKind } from '#core/rpc/contract/file'
import type { Settings } from '#core/rpc/contract/settings'

const texts = {
  file: text('File', '文件'),
  newProject: text('New project', '新建项目'),
  open: text('Open…', '打开…'),
  openRecent: text('Open recent', '打开最近的项目'),
  noRecent: text('No recent projects', '没有最近的项目'),
  save: text('Save', '保存'),
  saveAs: text('Save as…', '另存为…'),
  closeWindow: text('Close', '关闭'),
  quit: text('Quit Layerloom', '退出 Layerloom'),
  edit: text('Edit', '编辑'),
  undo: text('Undo', '撤销'),
  redo: text('Redo', '重做'),
  cut: text('Cut', '剪切'),
  copy: text('Copy', '复制'),
  paste: text('Paste', '粘贴'),
  selectAll: text('Select all', '全选'),
  view: text('View', '视图'),
  commands: text('Search commands…', '搜索命令…'),
  fit: text('Fit network to window', '让网络适合窗口'),
  zoomIn: text('Zoom in', '放大'),
  zoomOut: text('Zoom out', '缩小'),
  fullScreen: text('Full screen', '全屏'),
  training: text('Training', '训练'),
  start: text('Start', '开始'),
  pause: text('Pause or resume', '暂停或继续'),
  stop: text('Stop', '停止'),
  help: text('Help', '帮助'),
  openHelp: text('Layerloom help', 'Layerloom 帮助'),
  about: text('About Layerloom', '关于 Layerloom'),
  runningQuestion: text('Training is in progress', '训练正在进行'),
  runningDetail: text('Closing stops it. Progress is saved: {titles}.', '关闭会停止训练，进度会保存：{titles}。'),
  keepTraining: text('Keep training', '继续训练'),
  stopAndClose: text('Stop and close', '停止并关闭'),
  saveQuestion: text('Save changes to {title}?', '保存对 {title} 的更改？'),
  saveDetail: text("Your changes will be lost if you don't save them.", '不保存的话，更改将丢失。'),
  dontSave: text("Don't save", '不保存'),
  cancel: text('Cancel', '取消'),
  goneQuestion: text('The window has crashed', '窗口已崩溃'),
  goneDetail: text(
    'Unsaved changes are kept and can be recovered after reloading. Reason: {reason}.',
    '未保存的更改已保留，重新加载后可恢复。原因：{reason}。',
  ),
  reload: text('Reload', '重新加载'),
  projects: text('Layerloom projects', 'Layerloom 项目'),
  models: text('ONNX models', 'ONNX 模型'),
  tables: text('Tables', '表格'),
  images: text('Images', '图像'),
  allFiles: text('All files', '所有文件'),
}

/** The words in one language. */
export type Messages = Readonly<Record<keyof typeof texts, string>>

/** The language of the native parts: the one that is set, or the system's where the app has it. */
export function nativeLanguage(language: Settings['language'], systemLanguage: string): Language {
  const tag = language === 'system' ? systemLanguage : language
  return tag.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

export function messagesIn(language: Language): Messages {
  const entries = Object.entries(texts).map(([key, words]) => [key, textIn(words, language)] as const)
  return Object.fromEntries(entries) as Messages
}

/** Fills the placeholders of a message, `{title}` and so on. */
export function fillMessage(message: string, values: Readonly<Record<string, string>>): string {
  return message.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place)
}

/** Names of the file kinds in dialogs. */
export const kindNames: Readonly<Record<FileKind, keyof Messages>> = {
  project: 'projects',
  model: 'models',
  table: 'tables',
  image: 'images',
  idx: 'allFiles',
  data: 'allFiles',
  'data-folder': 'allFiles',
}
