/** The user's settings on disk. */
import { join } from 'node:path'
import { settingsSchema, type Settings, type SettingsChanges } from '#core/rpc/contract/settings'
import { KeptFile } from '../disk/keptFile'

export class SettingsFile {
  readonly #kept: KeptFile<Settings>
  readonly #listeners: ((settings: Settings) => void)[] = []

  constructor(dataFolder: string) {
    this.#kept = new KeptFile(join(dataFolder, 'settings.json'), settingsSchema, settingsSchema.parse({}))
  }

  read(): Promise<Settings> {
    return this.#kept.read()
  }

  async change({ panels, ...changes }: SettingsChanges): Promise<Settings> {
    const changed = await this.#kept.change((settings) => ({
      ...settings,
      ...changes,
      panels: { ...settings.panels, ...panels },
    }))
    for (const listener of this.#listeners) listener(changed)
    return changed
  }

  /** Called after every change; the desktop's menu follows the language. */
  onChange(listener: (settings: Settings) => void): void {
    this.#listeners.push(listener)
  }
}
