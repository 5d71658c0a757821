/**
 * What the frame shows of the project and the run. The stores that own them lie above the frame, so they register how to
 * read what is shown; nothing is copied.
 */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { LiveState } from '#core/runs/runState'

export interface OpenProject {
  readonly name: string
  /** Changed since the last save. */
  readonly dirty: boolean
  /** Written by a newer version, or opened from a read-only location. */
  readonly readOnly: boolean
}

export interface DeviceEntry {
  readonly id: string
  /** E.g. "CPU · 2 threads". */
  readonly label: string
  readonly detail?: string
  /** Why it cannot be used on this computer. */
  readonly disabledReason?: string | null
}

export interface ProblemCounts {
  readonly errors: number
  readonly warnings: number
  readonly suggestions: number
}

export interface LiveRunStatus {
  /** E.g. "Run 12". */
  readonly name: string
  readonly state: LiveState
  /** 1-based. */
  readonly epoch: number
  readonly epochs: number
  /** Fraction done, 0 to 1. */
  readonly share: number
  readonly secondsLeft?: number
}

/** `done`: step complete; `live`: running; a number: error count. */
export type RailMark = 'done' | 'live' | number
export type RailMarks = Readonly<Record<string, RailMark>>

/** What the stores of projects and runs have to show, read when it is drawn. */
export interface FrameSource {
  readonly project: () => OpenProject | null
  readonly problems: () => ProblemCounts | null
  /** Number of values rejected by fields; any of them blocks a new run. */
  readonly refused: () => number
  readonly liveRun: () => LiveRunStatus | null
  readonly devices: () => readonly DeviceEntry[]
  /** Id of the chosen device. */
  readonly device: () => string | null
  readonly chooseDevice: (id: string) => void
  /** Marks of rail items by screen name; those of several sources are joined. */
  readonly marks: () => RailMarks
  /** Short facts at the right end of the status bar, e.g. "13 layers · 13 edges"; the last ones are hidden first. */
  readonly facts: () => readonly string[]
}

export const useSession = defineStore('session', () => {
  const sources = shallowRef<readonly Partial<FrameSource>[]>([])
  const find = <Name extends keyof FrameSource>(name: Name): FrameSource[Name] | undefined =>
    sources.value.findLast((source) => source[name] !== undefined)?.[name]

  return {
    project: computed(() => find('project')?.() ?? null),
    problems: computed(() => find('problems')?.() ?? null),
    refused: computed(() => find('refused')?.() ?? 0),
    liveRun: computed(() => find('liveRun')?.() ?? null),
    devices: computed(() => find('devices')?.() ?? []),
    device: computed(() => find('device')?.() ?? null),
    marks: computed(() => sources.value.reduce<RailMarks>((marks, source) => ({ ...marks, ...source.marks?.() }), {})),
    facts: computed(() => find('facts')?.() ?? []),
    /** The host is unreachable, so the run is shown as last reported. */
    hostLost: ref(false),
    /** Time of the last autosave, in milliseconds since 1970. */
    autosavedAt: ref<number | null>(null),
    chooseDevice: (id: string) => find('chooseDevice')?.(id),
    show(source: Partial<FrameSource>): void {
      sources.value = [...sources.value, source]
    },
  }
})
