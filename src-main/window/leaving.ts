/** Confirmations before the window closes: for running work, and for unsaved changes. */
import { dialog, type BrowserWindow } from 'electron'
import type { Host } from '../rpc/host'
import { fillMessage, type Messages } from './messages'

export interface LeavingOptions {
  readonly window: BrowserWindow
  readonly host: Pick<Host, 'activities' | 'autosaves' | 'events'>
  readonly messages: () => Messages
}

type Choice = 'save' | 'discard' | 'cancel'

export class Leaving {
  /** The page's last reported state. */
  document = { title: '', edited: false }
  #allowed = false
  #asking = false

  constructor(private readonly options: LeavingOptions) {
    options.window.on('close', (event) => {
      if (this.#allowed) return
      event.preventDefault()
      if (this.#asking) return
      this.#asking = true
      void this.#ask().finally(() => (this.#asking = false))
    })
  }

  /** Closes the window without confirmation. */
  leave(): void {
    this.#allowed = true
    this.options.window.close()
  }

  async #ask(): Promise<void> {
    const { activities, autosaves, events } = this.options.host
    if (activities.titles.length > 0 && !(await this.#askToStop(activities.titles))) return
    const choice = this.document.edited ? await this.#askToSave() : 'discard'
    if (choice === 'cancel') return
    // The page saves and then quits; if that fails or is canceled, the window stays open.
    if (choice === 'save') return events.publish({ type: 'saveAndQuit' })
    await activities.stopAll()
    await autosaves.discardOwned()
    this.leave()
  }

  async #askToStop(titles: readonly string[]): Promise<boolean> {
    const { window, messages } = this.options
    const texts = messages()
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      message: texts.runningQuestion,
      detail: fillMessage(texts.runningDetail, { titles: titles.join(', ') }),
      buttons: [texts.keepTraining, texts.stopAndClose],
      defaultId: 0,
      cancelId: 0,
    })
    return response === 1
  }

  async #askToSave(): Promise<Choice> {
    const { window, messages } = this.options
    const texts = messages()
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      message: fillMessage(texts.saveQuestion, { title: this.document.title }),
      detail: texts.saveDetail,
      buttons: [texts.save, texts.dontSave, texts.cancel],
      defaultId: 0,
      cancelId: 2,
    })
    return (['save', 'discard', 'cancel'] as const)[response] ?? 'cancel'
  }
}
