/**
 * What the start screen needs from the host. The app is given an object of this form when it is mounted
 * (`app.provide(startBackendKey, …)`); the connection over RPC implements it, the gallery uses fixtures.
 */
import { inject, type InjectionKey } from 'vue'
import type { Text } from '#core/base/text'
import type { LayerCategory } from '../ui/categoryGlyphs'

/** One bar of a template's picture, in units of a 240 × 84 drawing: height for spatial size, width for channels. */
export interface PictureBar {
  readonly category: LayerCategory
  readonly height: number
  readonly width: number
}

export const templateAreas = ['images', 'tables', 'text', 'series'] as const
export type TemplateArea = (typeof templateAreas)[number]

/** What the template reaches on its validation split when it is trained as it comes. */
export type ExpectedResult =
  | { readonly kind: 'accuracy'; readonly value: number }
  /** Mean absolute error in the unit of the target. */
  | { readonly kind: 'error'; readonly value: number; readonly unit: string }

export interface TemplateEntry {
  /** Lower-case with dashes, e.g. `mnist-cnn`; the card's test id is `template-<name>`. */
  readonly name: string
  readonly title: Text
  /** A few words on the network. */
  readonly summary: Text
  readonly area: TemplateArea
  readonly picture: readonly PictureBar[]
  /** Trainable parameters. */
  readonly parameters: number
  /** Null where it has not been measured. */
  readonly expected: ExpectedResult | null
  /** Seconds to train it on a computer like this one, where known. */
  readonly trainingSeconds?: number
  /** The one to begin with. */
  readonly recommended?: boolean
}

export interface RecentFile {
  readonly id: string
  readonly name: string
  /** Folder as it is shown, shortened by the host. */
  readonly folder: string
  /** Milliseconds since 1970. */
  readonly openedAt: number
  /** The file is no longer where it was. */
  readonly missing?: boolean
}

/** Work that was never saved because the app ended before it could be. */
export interface RecoverableProject {
  readonly id: string
  readonly name: string
  /** Milliseconds since 1970. */
  readonly savedAt: number
}

/** A run that was stopped or interrupted before its planned end and can be gone on with. */
export interface UnfinishedRun {
  /** Name of its folder. */
  readonly id: string
  /** Of the project. */
  readonly name: string
  /** Done, 0 to 1. */
  readonly share: number
  /** Milliseconds since 1970. */
  readonly startedAt: number
}

/** Every call rejects with an error whose message can be shown; those that open resolve false when the person thought better of it. */
export interface StartBackend {
  listTemplates(): Promise<readonly TemplateEntry[]>
  /** Latest first. */
  listRecentFiles(): Promise<readonly RecentFile[]>
  /** Autosaves whose window is gone, latest first. */
  listRecoverable(): Promise<readonly RecoverableProject[]>
  /** The last run of a project where that has not come to its end, latest first. */
  listUnfinished(): Promise<readonly UnfinishedRun[]>
  /** Opens the project of the run and goes on with the run from its checkpoint; false where the person thought better of it. */
  continueRun(id: string): Promise<boolean>
  createFromTemplate(name: string): Promise<boolean>
  createEmpty(): Promise<boolean>
  /** Lets the person choose a project file, in the dialog of the system or of the browser. */
  chooseFile(): Promise<boolean>
  openRecentFile(id: string): Promise<boolean>
  forgetRecentFile(id: string): Promise<void>
  recover(id: string): Promise<boolean>
  /** Throws the autosave away. */
  discardRecoverable(id: string): Promise<void>
  /** A `.loom` file dropped onto the window. */
  openDroppedFile(file: File): Promise<boolean>
}

export const startBackendKey: InjectionKey<StartBackend> = Symbol('startBackend')

export function useStartBackend(): StartBackend {
  const backend = inject(startBackendKey)
  if (backend === undefined) throw new Error('internal: the app was mounted without a start backend')
  return backend
}
