/**
 * Confirms actions that undo cannot revert: `await ask({ … })` resolves to the id of the answer, or null if dismissed.
 */
import { shallowRef } from 'vue'

export interface Answer {
  readonly id: string
  /** A verb with its object, never "OK". */
  readonly label: string
  /** `safe` is primary and focused; `quiet` is a plain way out. */
  readonly weight?: 'safe' | 'normal' | 'quiet'
}

export interface Question {
  readonly title: string
  readonly text?: string
  readonly answers: readonly Answer[]
}

interface OpenQuestion {
  readonly question: Question
  readonly resolve: (answer: string | null) => void
}

/** The open question; QuestionDialog shows it. */
export const openQuestion = shallowRef<OpenQuestion | null>(null)

/** A second question dismisses the first. */
export function ask(question: Question): Promise<string | null> {
  answerQuestion(null)
  return new Promise((resolve) => {
    openQuestion.value = { question, resolve }
  })
}

export function answerQuestion(answer: string | null): void {
  const current = openQuestion.value
  openQuestion.value = null
  current?.resolve(answer)
}
