/** Counts the requests to search the palette: `/` from anywhere on the screen puts the cursor into its field. */
import { ref } from 'vue'

export const searchRequest = ref(0)
