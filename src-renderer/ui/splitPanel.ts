/** A panel of SplitPanels; its id also names its slot. */
export interface SplitPanel<Id extends string = string> {
  readonly id: Id
  /** Accessible name, also of its splitter. */
  readonly label: string
  /** Default width or height, any CSS length such as `var(--w-inspector)`; if absent, takes the remaining space. */
  readonly size?: string
  /** Minimum and maximum size in pixels for dragging. */
  readonly min?: number
  readonly max?: number
  /** Removed from the row together with its splitter. */
  readonly hidden?: boolean
  /** Region for F6, see frame/focusRegions. */
  readonly region?: 'left' | 'center' | 'right' | 'dock'
}
