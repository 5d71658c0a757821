/** What a library that computes ONNX graphs implements, in a folder of its own beside this file. */
import type { DeviceName } from '#core/graph/devices'
import type { Target } from '#core/onnx/target'
import type { Device, DeviceSettings } from './device'
import type { MakeTensor, OpenSession } from './session'

/** A loaded library. */
export interface Runtime {
  /** Its name in messages. */
  readonly title: string
  readonly version: string
  /** Whether this build has the device on this system at all; only a session shows whether it works. */
  offers(device: DeviceName): boolean
  /** What graphs for the device are written for. */
  target(device: DeviceName): Promise<Target>
  readonly open: OpenSession
  readonly tensor: MakeTensor
  openDevice(settings: DeviceSettings): Promise<Device>
}

export interface RuntimeLibrary {
  /** Devices that it may offer, the one to prefer first. */
  readonly devices: readonly DeviceName[]
  /** Loads the library, once. @throws ProblemError `device-unavailable` where this machine cannot load it */
  load(): Promise<Runtime>
}
