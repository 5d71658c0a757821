/** How many cores the processor really has: threads beyond them share a core and make matrix products slower. */
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'

/** Physical cores that this process may use; the variable `OMP_NUM_THREADS`, which PyTorch and NumPy heed too, allows fewer. */
export function physicalCores(): number {
  const logical = availableParallelism()
  const cores = Math.max(1, Math.min(logical, coresOfSystem(logical)))
  const allowed = Number.parseInt(process.env['OMP_NUM_THREADS'] ?? '')
  return allowed >= 1 ? Math.min(allowed, cores) : cores
}

function coresOfSystem(logical: number): number {
  if (process.platform === 'linux') return linuxCores('/sys/devices/system/cpu') ?? logical
  // Macs that ONNX Runtime still supports have one thread a core; on Windows two are the rule on x64.
  return process.platform === 'win32' && process.arch === 'x64' ? Math.ceil(logical / 2) : logical
}

/** Counts the groups of logical processors that share a core; undefined where the system does not tell. */
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

/** Processors that are switched off have no such file. */
function siblings(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return undefined
  }
}
