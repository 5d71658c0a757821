/** A tab of PanelTabs; its value also names the slot of its panel. */
export interface PanelTab<Value extends string = string> {
  readonly value: Value
  readonly label: string
  readonly badge?: string
  readonly badgeTone?: 'neutral' | 'accent' | 'warn' | 'error'
}
