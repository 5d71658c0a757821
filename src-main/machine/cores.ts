/** Physical core count: threads beyond it share a core and slow down matrix products. */
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'

/**
 * Physical cores available to this process; the variable `OMP_NUM_THREADS`, which PyTorch and NumPy also use, can lower
 * it.
 */
export function physicalCores(): number {
  const logical = availableParallelism()
  const cores = Math.max(1, Math.min(logical, coresOfSystem(logical)))
  const allowed = Number.parseInt(process.env['OMP_NUM_THREADS'] ?? '')
  return allowed >= 1 ? Math.min(allowed, cores) : cores
}

function coresOfSystem(logical: number): number {
  if (process.platform === 'linux') return linuxCores('/sys/devices/system/cpu') ?? logical
  // Macs that ONNX Runtime still supports have one thread per core; on Windows x64, two are typical.
  return process.platform === 'win32' && process.arch === 'x64' ? Math.ceil(logical / 2) : logical
}

/** Counts the groups of logical processors that share a core; undefined if the system does not report them. */
export function linuxCores(folder: string): number | undefined {
  try {
    const groups = readdirSync(folder)
      .filter((name) => /^cpu\d+$/.test(name))
      .map((name) => siblings(`${folder}/${name}/topology/thread_siblings_list`))
    const known = new Set(groups.filter((group) => group !== undefined))
    return known.size === 0 ? undefined : known.size
  } catch {
    return undefined
  }
}

/** Offline processors have no such file. */
function siblings(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return undefined
  }
}
