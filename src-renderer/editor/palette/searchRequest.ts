/** Counts the requests to search the palette: `/` anywhere on the screen focuses its search field. */
import { ref } from 'vue'

export const searchRequest = ref(0)
