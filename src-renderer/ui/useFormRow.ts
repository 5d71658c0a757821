/** How a form row and the control in it find each other: the label names the control, scrubs it and speaks in its errors. */
import { inject, provide, type InjectionKey } from 'vue'

export interface FormRowContext {
  /** Id for the control; the row's label points at it. */
  readonly controlId: string
  /** Text of the label, for error sentences. */
  readonly label: () => string
  /** A number field hands over what dragging the label does: steps to add, counted from where the drag began. */
  readonly setScrub: (scrub: ((steps: number, phase: 'start' | 'move' | 'end') => void) | null) => void
}

const key: InjectionKey<FormRowContext> = Symbol('formRow')

export function provideFormRow(context: FormRowContext): void {
  provide(key, context)
}

/** The row around the calling control, or null when it stands alone. */
export function useFormRow(): FormRowContext | null {
  return inject(key, null)
}
