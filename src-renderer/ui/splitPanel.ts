/** A panel of SplitPanels; its id also names its slot. */
export interface SplitPanel<Id extends string = string> {
  readonly id: Id
  /** Accessible name, also of its splitter. */
  readonly label: string
  /** Width or height by default, any CSS length such as `var(--w-inspector)`; absent: takes what is left. */
  readonly size?: string
  /** Smallest and largest size in pixels that dragging allows. */
  readonly min?: number
  readonly max?: number
  /** Taken out of the row together with its splitter. */
  readonly hidden?: boolean
  /** Region for F6, see frame/focusRegions. */
  readonly region?: 'left' | 'centre' | 'right' | 'dock'
}
