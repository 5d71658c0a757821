/** Asks the Train screen, which may have to be shown first, to open its export dialog. */
import { ref } from 'vue'

export const exportRequested = ref(false)
