/** A choice of a select or a segmented control. */
import type { Component } from 'vue'

export interface ChoiceItem<Value extends string = string> {
  readonly value: Value
  readonly label: string
  /** A second line in a select, or the tooltip of a segment. */
  readonly detail?: string
  readonly icon?: Component
  /** Heading under which a select shows it. */
  readonly group?: string
  readonly disabledReason?: string | null
}

export interface ChoiceGroup<Value extends string = string> {
  readonly name: string | undefined
  readonly choices: readonly ChoiceItem<Value>[]
}

/** Choices under their headings, both in the order they first appear. */
export function groupChoices<Value extends string>(
  choices: readonly ChoiceItem<Value>[],
): readonly ChoiceGroup<Value>[] {
  const groups = new Map<string | undefined, ChoiceItem<Value>[]>()
  for (const choice of choices) {
    const group = groups.get(choice.group)
    if (group === undefined) groups.set(choice.group, [choice])
    else group.push(choice)
  }
  return [...groups].map(([name, members]) => ({ name, choices: members }))
}
