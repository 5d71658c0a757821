/** Two connected in-memory ports, over Node's MessageChannel: real structured clone, real order, real closing. */
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { RpcPort } from '#core/rpc/port'

export function portPair(): [RpcPort, RpcPort] {
  const { port1, port2 } = new MessageChannel()
  return [nodePort(port1), nodePort(port2)]
}

function nodePort(port: MessagePort): RpcPort {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => void port.on('message', listener),
    onClose: (listener) => void port.on('close', listener),
    close: () => port.close(),
  }
}
