/** Menu entries: actions, headings and separators. */
import type { Component } from 'vue'

interface MenuAction {
  readonly kind?: 'action'
  readonly id: string
  readonly label: string
  readonly icon?: Component
  readonly shortcut?: string
  readonly detail?: string
  readonly disabledReason?: string | null
  /** Set for a choice among several: shows a check mark or reserves its space. */
  readonly checked?: boolean
}

export type MenuEntry =
  MenuAction | { readonly kind: 'separator' } | { readonly kind: 'heading'; readonly label: string }
