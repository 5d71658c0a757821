/**
 * What the start screen needs from the host. The app provides an object of this shape when it is mounted
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

/** The validation result of the template when trained unchanged. */
export type ExpectedResult =
  | { readonly kind: 'accuracy'; readonly value: number }
  /** Mean absolute error in the unit of the target. */
  | { readonly kind: 'error'; readonly value: number; readonly unit: string }

export interface TemplateEntry {
  /** Lowercase with dashes, e.g. `mnist-cnn`; the card's test id is `template-<name>`. */
  readonly name: string
  readonly title: Text
  /** A short description of the network. */
  readonly summary: Text
  readonly area: TemplateArea
  readonly picture: readonly PictureBar[]
  /** Trainable parameters. */
  readonly parameters: number
  /** Null if not measured. */
  readonly expected: ExpectedResult | null
  /** Training time in seconds on a computer like this one, if known. */
  readonly trainingSeconds?: number
  /** The suggested template to start with. */
  readonly recommended?: boolean
}

export interface RecentFile {
  readonly id: string
  readonly name: string
  /** Folder as displayed, shortened by the host. */
  readonly folder: string
  /** Milliseconds since 1970. */
  readonly openedAt: number
  /** The file no longer exists at its path. */
  readonly missing?: boolean
}

/** Work that was never saved because the app ended first. */
export interface RecoverableProject {
  readonly id: string
  readonly name: string
  /** Milliseconds since 1970. */
  readonly savedAt: number
}

/** A run that was stopped or interrupted before its planned end and can be resumed. */
export interface UnfinishedRun {
  /** Name of its folder. */
  readonly id: string
  /** Name of the project. */
  readonly name: string
  /** Fraction done, 0 to 1. */
  readonly share: number
  /** Milliseconds since 1970. */
  readonly startedAt: number
}

/** Every call rejects with a displayable error; calls that open something resolve to false if the user canceled. */
export interface StartBackend {
  listTemplates(): Promise<readonly TemplateEntry[]>
  /** Newest first. */
  listRecentFiles(): Promise<readonly RecentFile[]>
  /** Autosaves whose window is gone, newest first. */
  listRecoverable(): Promise<readonly RecoverableProject[]>
  /** The last run of each project where it is unfinished, newest first. */
  listUnfinished(): Promise<readonly UnfinishedRun[]>
  /** Opens the project of the run and resumes it from its checkpoint; false if the user canceled. */
  continueRun(id: string): Promise<boolean>
  createFromTemplate(name: string): Promise<boolean>
  createEmpty(): Promise<boolean>
  /** Lets the user choose a project file, in the dialog of the system or of the browser. */
  chooseFile(): Promise<boolean>
  openRecentFile(id: string): Promise<boolean>
  forgetRecentFile(id: string): Promise<void>
  recover(id: string): Promise<boolean>
  /** Deletes the autosave. */
  discardRecoverable(id: string): Promise<void>
  /** Opens a `.loom` file dropped onto the window. */
  openDroppedFile(file: File): Promise<boolean>
}

export const startBackendKey: InjectionKey<StartBackend> = Symbol('startBackend')

export function useStartBackend(): StartBackend {
  const backend = inject(startBackendKey)
  if (backend === undefined) throw new Error('internal: the app was mounted without a start backend')
  return backend
}
