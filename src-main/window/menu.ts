/** The native menu. Its items are commands of the page, which runs them as if invoked there. */
import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '#core/rpc/contract/app'
import type { Messages } from './messages'

export interface MenuOptions {
  readonly messages: Messages
  /** Project files, most recent first. */
  readonly recent: readonly { readonly path: string; readonly label: string }[]
  readonly onCommand: (command: MenuCommand) => void
  readonly onOpen: (path: string) => void
  readonly developerTools: boolean
}

export function setMenu(options: MenuOptions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options)))
}

export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const { messages } = options
  const isMac = process.platform === 'darwin'
  const item = (command: MenuCommand, label: string, accelerator?: string): MenuItemConstructorOptions => ({
    id: command,
    label,
    ...(accelerator !== undefined && { accelerator }),
    click: () => options.onCommand(command),
  })
  return [
    ...(isMac ? [macAppMenu(messages)] : []),
    { label: messages.file, submenu: fileMenu(options, item, isMac) },
    { label: messages.edit, submenu: editMenu(messages, item) },
    {
      label: messages.view,
      submenu: [
        item('view.commands', messages.commands, 'CmdOrCtrl+K'),
        { type: 'separator' },
        item('view.fit', messages.fit),
        item('view.zoomIn', messages.zoomIn, 'CmdOrCtrl+='),
        item('view.zoomOut', messages.zoomOut, 'CmdOrCtrl+-'),
        { type: 'separator' },
        { role: 'togglefullscreen', label: messages.fullScreen },
        ...(options.developerTools ? [{ role: 'toggleDevTools' } as const] : []),
      ],
    },
    {
      label: messages.training,
      submenu: [
        item('training.start', messages.start, 'CmdOrCtrl+Enter'),
        item('training.pause', messages.pause),
        item('training.stop', messages.stop),
      ],
    },
    { role: 'help', label: messages.help, submenu: [item('help.open', messages.openHelp, 'F1')] },
  ]
}

type MakeItem = (command: MenuCommand, label: string, accelerator?: string) => MenuItemConstructorOptions

function fileMenu(
  { messages, recent, onOpen }: MenuOptions,
  item: MakeItem,
  isMac: boolean,
): MenuItemConstructorOptions[] {
  const recentItems = recent.map(({ path, label }) => ({ label, click: () => onOpen(path) }))
  return [
    item('project.new', messages.newProject, 'CmdOrCtrl+N'),
    item('project.open', messages.open, 'CmdOrCtrl+O'),
    {
      label: messages.openRecent,
      submenu: recentItems.length > 0 ? recentItems : [{ label: messages.noRecent, enabled: false }],
    },
    { type: 'separator' },
    item('project.save', messages.save, 'CmdOrCtrl+S'),
    item('project.saveAs', messages.saveAs, 'CmdOrCtrl+Shift+S'),
    { type: 'separator' },
    isMac ? { role: 'close', label: messages.closeWindow } : { role: 'quit', label: messages.quit },
  ]
}

function editMenu(messages: Messages, item: MakeItem): MenuItemConstructorOptions[] {
  return [
    item('edit.undo', messages.undo, 'CmdOrCtrl+Z'),
    item('edit.redo', messages.redo, 'CmdOrCtrl+Shift+Z'),
    { type: 'separator' },
    // Menu roles, so that they work in text fields; the page receives them as clipboard events.
    { role: 'cut', label: messages.cut },
    { role: 'copy', label: messages.copy },
    { role: 'paste', label: messages.paste },
    { role: 'selectAll', label: messages.selectAll },
  ]
}

function macAppMenu(messages: Messages): MenuItemConstructorOptions {
  return {
    role: 'appMenu',
    submenu: [
      { role: 'about', label: messages.about },
      { type: 'separator' },
      { role: 'services' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit', label: messages.quit },
    ],
  }
}
