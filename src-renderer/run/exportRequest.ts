/** Asks the Train screen to open its dialog for taking the model away; it may have to be shown first. */
import { ref } from 'vue'

export const exportRequested = ref(false)
