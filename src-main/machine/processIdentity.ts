/**
 * Which process writes a run, so that it can be told later whether it still does. A number alone does not say: it is given
 * to other processes in time, a restart begins anew with it, and a computer may change its name.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

export interface ProcessIdentity {
  readonly id: number
  readonly host: string
  /** When it was started, in whatever way the system says so; no two processes have number and start in common. */
  readonly started?: string
  /** Of this start of the system, with the space of process numbers where there are several (containers). */
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

/** `unknown` where the process belongs to another computer, or to one of which this one cannot say that it is the same. */
export function stateOfProcess(identity: ProcessIdentity): 'alive' | 'gone' | 'unknown' {
  const here = bootId()
  const { boot, host } = identity
  // The same start of the same system: its name does not matter.
  if (boot !== undefined && here !== undefined && boot === here) return lives(identity) ? 'alive' : 'gone'
  if (host !== hostname()) return 'unknown'
  // The same name with another start: in containers another one of the same name, else this computer before a restart.
  if (boot !== undefined && here !== undefined) return sameSystem(boot, here) ? 'unknown' : 'gone'
  return lives(identity) ? 'alive' : 'gone'
}

/** Whether this computer was started anew since: why the process is gone. */
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

/** Two spaces of process numbers on one start of a system. */
const sameSystem = (a: string, b: string): boolean => a.split(' ')[0] === b.split(' ')[0]

function bootId(): string | undefined {
  try {
    if (process.platform === 'linux')
      return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`
    if (process.platform === 'darwin') return ask('sysctl', ['-n', 'kern.bootsessionuuid'])
  } catch {
    // A system that does not say has its name and the process numbers.
  }
  return undefined
}

function startOf(id: number): string | undefined {
  try {
    if (process.platform === 'linux') return statOf(id)[22 - 3]
    if (process.platform === 'darwin') return ask('ps', ['-o', 'lstart=', '-p', String(id)])
  } catch {
    // Gone, or not to be asked.
  }
  return undefined
}

/**
 * Whether it is dead and only its number is kept, until its parent asks how it ended. In a container whose first process
 * never asks, that is for ever.
 */
function hasEnded(id: number): boolean {
  try {
    return process.platform === 'linux' && ['Z', 'X'].includes(statOf(id)[0]!)
  } catch {
    return false
  }
}

/** What Linux says of a process, from field 3 (its state); 22 is its start. */
function statOf(id: number): string[] {
  const text = readFileSync(`/proc/${id}/stat`, 'utf8')
  // The name in parentheses may itself hold blanks and parentheses.
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}

function ask(command: string, args: readonly string[]): string | undefined {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || undefined
}
