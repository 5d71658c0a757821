/**
 * Identifies the process that writes a run, to check later whether it is still alive. A process id alone is not enough:
 * it is reused over time and after a restart, and the host name may change.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

export interface ProcessIdentity {
  readonly id: number
  readonly host: string
  /** Start time, in the system's own format; no two processes share both id and start. */
  readonly started?: string
  /** Identifies this boot of the system, plus the process id namespace if there are several (containers). */
  readonly boot?: string
}

export const thisProcess = (): ProcessIdentity => {
  const started = startOf(process.pid)
  const boot = bootId()
  return {
    id: process.pid,
    host: hostname(),
    ...(started !== undefined && { started }),
    ...(boot !== undefined && { boot }),
  }
}

/** `unknown` if the process belongs to another computer, or to one that cannot be identified as this one. */
export function stateOfProcess(identity: ProcessIdentity): 'alive' | 'gone' | 'unknown' {
  const here = bootId()
  const { boot, host } = identity
  // Same boot of the same system, regardless of its name.
  if (boot !== undefined && here !== undefined && boot === here) return lives(identity) ? 'alive' : 'gone'
  if (host !== hostname()) return 'unknown'
  // Same name, different boot: in containers another one with the same name, otherwise this computer before a restart.
  if (boot !== undefined && here !== undefined) return sameSystem(boot, here) ? 'unknown' : 'gone'
  return lives(identity) ? 'alive' : 'gone'
}

/** Whether this computer has restarted since, which is why the process is gone. */
export function beforeRestart({ boot, host }: ProcessIdentity): boolean {
  const here = bootId()
  return host === hostname() && boot !== undefined && here !== undefined && !sameSystem(boot, here)
}

function lives({ id, started }: ProcessIdentity): boolean {
  try {
    process.kill(id, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  if (hasEnded(id)) return false
  const now = started === undefined ? undefined : startOf(id)
  return now === undefined || now === started
}

/** Two process id namespaces on one boot of a system. */
const sameSystem = (a: string, b: string): boolean => a.split(' ')[0] === b.split(' ')[0]

function bootId(): string | undefined {
  try {
    if (process.platform === 'linux')
      return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`
    if (process.platform === 'darwin') return ask('sysctl', ['-n', 'kern.bootsessionuuid'])
  } catch {
    // Without a boot id, the host name and process ids have to do.
  }
  return undefined
}

function startOf(id: number): string | undefined {
  try {
    if (process.platform === 'linux') return statOf(id)[22 - 3]
    if (process.platform === 'darwin') return ask('ps', ['-o', 'lstart=', '-p', String(id)])
  } catch {
    // Gone, or cannot be queried.
  }
  return undefined
}

/**
 * Whether it is a zombie: dead, with its id kept until its parent reaps it. In a container whose first process never
 * reaps, that is forever.
 */
function hasEnded(id: number): boolean {
  try {
    return process.platform === 'linux' && ['Z', 'X'].includes(statOf(id)[0]!)
  } catch {
    return false
  }
}

/** Linux process status, from field 3 (its state); 22 is its start time. */
function statOf(id: number): string[] {
  const text = readFileSync(`/proc/${id}/stat`, 'utf8')
  // The name in parentheses may itself contain spaces and parentheses.
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}

function ask(command: string, args: readonly string[]): string | undefined {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || undefined
}
