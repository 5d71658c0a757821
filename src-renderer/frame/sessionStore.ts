/**
 * What the frame shows of the project and the run, whoever owns them: the screens and the connection write it, the top bar,
 * the rail and the status bar read it. It holds facts to show, no logic.
 */
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'

export interface OpenProject {
  readonly name: string
  /** Changed since it was last saved. */
  readonly dirty: boolean
  /** Written by a newer version, or opened from a place that cannot be written. */
  readonly readOnly: boolean
}

export interface DeviceChoice {
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

export interface LiveRun {
  /** E.g. "Run 12". */
  readonly name: string
  readonly state: 'compiling' | 'training' | 'paused'
  /** 1-based. */
  readonly epoch: number
  readonly epochs: number
  /** Done, 0 to 1. */
  readonly share: number
  readonly secondsLeft?: number
}

/** `done`: step complete; `live`: running; a number: errors. */
export type RailMark = 'done' | 'live' | number

export const useSession = defineStore('session', () => ({
  project: shallowRef<OpenProject | null>(null),
  problems: shallowRef<ProblemCounts | null>(null),
  /** Values that fields refuse and that keep a run from being started. */
  refused: ref(0),
  liveRun: shallowRef<LiveRun | null>(null),
  /** Nothing is heard of the host, so what is shown of a run is what was heard last. */
  hostLost: ref(false),
  devices: shallowRef<readonly DeviceChoice[]>([]),
  /** Id of the chosen device. */
  device: ref<string | null>(null),
  /** Marks of rail items by screen name. */
  marks: shallowRef<Readonly<Record<string, RailMark>>>({}),
  /** Short facts at the right end of the status bar, e.g. "13 layers · 13 edges"; the later ones give way first. */
  facts: shallowRef<readonly string[]>([]),
  /** When the project was last saved by itself, in milliseconds since 1970. */
  autosavedAt: ref<number | null>(null),
}))
