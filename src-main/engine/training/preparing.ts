/** Prepares the data of a run: reports progress, and cancels immediately if the run is stopped. */
import { fail } from '#core/problems/problem'
import { TimeLeft } from '../../data/prepare/timeLeft'
import { openWork, type Progress, type Work } from '../../data/prepare/work'
import type { Emit } from './openTraining'
import type { RunControl } from './runControl'

/** Minimum milliseconds between reports. */
const SPACING = 100

export async function whilePreparing<T>(
  control: RunControl,
  emit: Emit,
  prepare: (work: Work) => Promise<T>,
): Promise<T> {
  emit({ event: 'state', state: 'preparing', phase: 'data' })
  const left = new TimeLeft()
  let told = performance.now()
  const report = (progress: Progress): void => {
    const secondsLeft = left.take(progress)
    if (performance.now() - told < SPACING) return
    told = performance.now()
    emit({ event: 'state', state: 'preparing', phase: 'data', progress: { ...progress, secondsLeft } })
  }
  try {
    const prepared = await prepare(openWork(report, control.stopSignal))
    emit({ event: 'state', state: 'preparing', phase: 'network' })
    return prepared
  } catch (error) {
    if (control.stopping && error === control.stopSignal.reason) return failStopped()
    throw error
  }
}

function failStopped(): never {
  return fail('run-interrupted', 'any')
}
