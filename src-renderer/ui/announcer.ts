/** Says things to screen readers: politely for results and metrics, at once for what stops the work. */
import { ref } from 'vue'

export const politeText = ref('')
export const urgentText = ref('')

/** The same sentence twice in a row needs a change of the text to be read again. */
function fresh(previous: string, text: string): string {
  return previous === text ? `${text}\u00a0` : text
}

export function announce(text: string, urgency: 'polite' | 'urgent' = 'polite'): void {
  const target = urgency === 'polite' ? politeText : urgentText
  target.value = fresh(target.value, text)
}
