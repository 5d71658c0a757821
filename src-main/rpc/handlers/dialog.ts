/** Handlers of `dialog`. */
import { invariant } from '#core/base/assert'
import { withExtension } from '../../project/folders'
import type { Desktop, NativeDialogs } from '../../desktop/desktop'
import { procedures } from '../procedures'

const { dialog } = procedures

export const dialogHandlers = dialog.router({
  open: dialog.open.handler(async ({ context: { desktop, files }, input }) => {
    const paths = await native(desktop).open(input)
    return paths.map((path) => files.file(path))
  }),

  save: dialog.save.handler(async ({ context: { desktop, files }, input }) => {
    const path = await native(desktop).save(input)
    return path === undefined ? null : files.file(withExtension(path, input.kind))
  }),

  places: dialog.places.handler(({ context: { desktop, folders } }) => {
    browsable(desktop)
    return folders.places()
  }),

  browse: dialog.browse.handler(({ context: { desktop, folders }, input }) => {
    browsable(desktop)
    return folders.list(input.folder, input.kind)
  }),

  find: dialog.find.handler(({ context: { desktop, folders }, input }) => {
    browsable(desktop)
    return folders.find(input.path, input.from, input.kind)
  }),

  folder: dialog.folder.handler(({ context: { desktop, folders }, input }) => {
    browsable(desktop)
    return folders.chosen(input.folder)
  }),

  target: dialog.target.handler(({ context: { desktop, folders }, input }) => {
    browsable(desktop)
    return folders.target(input.folder, input.kind, input.name)
  }),
})

function native({ dialogs }: Desktop): NativeDialogs {
  invariant(dialogs !== null, 'native dialogs were asked for in browser mode')
  return dialogs
}

/** With native dialogs, the window must not browse the disk. */
function browsable({ dialogs }: Desktop): void {
  invariant(dialogs === null, 'browsing was asked for where there are native dialogs')
}
