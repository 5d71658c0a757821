/** Names of devices: proper names, the same in both languages. */

const labels: Readonly<Record<string, string>> = { cpu: 'CPU', webgpu: 'WebGPU', cuda: 'CUDA', dml: 'DirectML' }

export function deviceLabel(device: string): string {
  return labels[device] ?? device
}
