/** Announces to screen readers: politely for results and metrics, assertively for what blocks the user. */
import { ref } from 'vue'

export const politeText = ref('')
export const urgentText = ref('')

/** A repeated sentence has to differ in text to be announced again. */
function fresh(previous: string, text: string): string {
  return previous === text ? `${text}\u00a0` : text
}

export function announce(text: string, urgency: 'polite' | 'urgent' = 'polite'): void {
  const target = urgency === 'polite' ? politeText : urgentText
  target.value = fresh(target.value, text)
}
