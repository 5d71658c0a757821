/**
 * The preload script of the desktop app, sandboxed: it passes one message port from the main process to the page, and
 * the paths of
 * dropped items to the main process. contextBridge cannot transfer a port; window.postMessage can.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron'

// The names of src-core/rpc/bridge.ts; the preload script cannot import it, so a test compares them.
contextBridge.exposeInMainWorld('layerloom', {
  connect: () => ipcRenderer.send('layerloom:connect'),
  // The path comes from the file itself, so a page cannot name one; a file created by a page has none.
  dropped: async (file: File): Promise<unknown> => {
    const path = webUtils.getPathForFile(file)
    return path === '' ? null : ipcRenderer.invoke('layerloom:dropped', path)
  },
})

ipcRenderer.on('layerloom:port', (event) => {
  window.postMessage('layerloom:port', window.location.origin, [...event.ports])
})
