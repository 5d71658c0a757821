/**
 * The preload script of the desktop app, sandboxed: it passes one message port from the main process to the page and
 * exposes nothing else. contextBridge cannot carry a port, window.postMessage can.
 */
import { contextBridge, ipcRenderer } from 'electron'

// The names of src-core/rpc/bridge.ts; this side imports no other, and a test compares them.
contextBridge.exposeInMainWorld('layerloom', { connect: () => ipcRenderer.send('layerloom:connect') })

ipcRenderer.on('layerloom:port', (event) => {
  window.postMessage('layerloom:port', window.location.origin, [...event.ports])
})
