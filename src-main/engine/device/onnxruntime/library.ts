/** Loads onnxruntime-node. */
import { fail } from '#core/problems/problem'

export type Library = typeof import('onnxruntime-node')
let loading: Promise<Library> | undefined

/** Loads the native library, once. @throws ProblemError `device-unavailable` where it does not load on this machine */
export async function loadLibrary(): Promise<Library> {
  loading ??= import('onnxruntime-node').then((loaded) => {
    // Failures are thrown as well; if logged, probing a device would look like an error.
    loaded.env.logLevel = 'fatal'
    return loaded
  })
  try {
    return await loading
  } catch (error) {
    return fail('device-unavailable', 'library', {
      received: `${process.platform} ${process.arch}: ${(error as Error).message}`,
    })
  }
}
