/** Importing data: what was chosen or dropped, what it was found to be, and what the person changes of that. */
import { defineStore } from 'pinia'
import { ref } from 'vue'

export const useImport = defineStore('dataImport', () => {
  const isOpen = ref(false)

  function open(): void {
    isOpen.value = true
  }

  return { isOpen, open }
})
