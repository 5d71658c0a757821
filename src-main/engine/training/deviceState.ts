/** The buffers that training changes, uploaded to the device. */
import type { StepProgram } from '#core/compiler/packing'
import type { Device } from '../device/device'
import type { RuntimeTensor } from '../device/session'
import type { State } from './stepRunner'

/** `frozen`, if layers are frozen. */
export async function makeFrozen(device: Device, buffer: Float32Array): Promise<Record<string, RuntimeTensor>> {
  return buffer.length === 0 ? {} : { frozen: await device.upload('float32', [buffer.length], buffer) }
}

/** `parameters` with the optimizer's slots, and `statistics`: each if the network has any. */
export async function makeState(
  device: Device,
  program: StepProgram,
  buffers: { parameters: Float32Array; statistics: Float32Array; slots: Readonly<Record<string, Float32Array>> },
): Promise<State> {
  const vector = (data: Float32Array) => device.upload('float32', [data.length], data)
  const state: Record<string, RuntimeTensor> = {}
  if (program.state.parameters.total > 0) {
    state.parameters = await vector(buffers.parameters)
    for (const name of program.slots) state[`slot.${name}`] = await vector(buffers.slots[name]!)
  }
  if (program.state.statistics.total > 0) state.statistics = await vector(buffers.statistics)
  return state
}
