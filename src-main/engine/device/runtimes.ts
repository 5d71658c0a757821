/** The runtimes that graphs can run on, and the one of each device. */
import type { DeviceName } from '#core/graph/devices'
import { invariant } from '#core/base/assert'
import type { Device, DeviceSettings } from './device'
import { onnxRuntime } from './onnxruntime/onnxRuntime'
import type { Runtime, RuntimeLibrary } from './runtime'

/** A device belongs to the first runtime that lists it. */
export const runtimes: readonly RuntimeLibrary[] = [onnxRuntime]

/** The runtime of a device. @throws ProblemError `device-unavailable` where this machine cannot load it */
export async function loadRuntime(device: DeviceName): Promise<Runtime> {
  const library = runtimes.find(({ devices }) => devices.includes(device))
  invariant(library, `no runtime lists ${device}`)
  return library.load()
}

/** @throws ProblemError `device-unavailable` where this machine cannot load the runtime of the device */
export async function openDevice(settings: DeviceSettings): Promise<Device> {
  return (await loadRuntime(settings.name)).openDevice(settings)
}
