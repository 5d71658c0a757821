/** What a network can be computed on: the one list of names. */

/** As ONNX Runtime calls its providers. */
export const deviceNames = ['cpu', 'webgpu', 'cuda', 'dml'] as const
export type DeviceName = (typeof deviceNames)[number]

/** Proper names, the same in every language. */
export const deviceTitles: Readonly<Record<DeviceName, string>> = {
  cpu: 'CPU',
  webgpu: 'WebGPU',
  cuda: 'CUDA',
  dml: 'DirectML',
}

/** What a project can ask for. */
export const deviceSettings = ['auto', ...deviceNames] as const
export type DeviceSetting = (typeof deviceSettings)[number]

export function isDeviceName(name: string): name is DeviceName {
  return (deviceNames as readonly string[]).includes(name)
}
