/** How a form row and its control find each other: the label names the control, scrubs it and is used in its errors. */
import { inject, provide, type InjectionKey } from 'vue'

export interface FormRowContext {
  /** Id for the control, referenced by the row's label. */
  readonly controlId: string
  /** Text of the label, for error sentences. */
  readonly label: () => string
  /** A number field registers what dragging the label does: steps to add, counted from the start of the drag. */
  readonly setScrub: (scrub: ((steps: number, phase: 'start' | 'move' | 'end') => void) | null) => void
}

const key: InjectionKey<FormRowContext> = Symbol('formRow')

export function provideFormRow(context: FormRowContext): void {
  provide(key, context)
}

/** The row around the calling control, or null if there is none. */
export function useFormRow(): FormRowContext | null {
  return inject(key, null)
}
