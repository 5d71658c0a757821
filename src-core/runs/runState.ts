/** What a run is doing, or how it ended. run.json keeps less: see `recordedStates`. */

export const liveStates = ['preparing', 'training', 'paused', 'stopping'] as const
export type LiveState = (typeof liveStates)[number]

/** Why a run ended that did not break. */
export const endReasons = ['completed', 'early-stopping', 'stopped'] as const
export type EndReason = (typeof endReasons)[number]

/** `interrupted`: ended from outside, and can be resumed as if nothing had happened; `failed`: it broke by itself. */
export const brokenStates = ['interrupted', 'failed'] as const

export const runStates = [...liveStates, ...endReasons, ...brokenStates] as const
export type RunState = (typeof runStates)[number]

/** The states of run.json, where early stopping is the reason of a completed run. */
export const recordedStates = ['running', 'completed', 'stopped', ...brokenStates] as const
export type RecordedState = (typeof recordedStates)[number]

export function isLiveState(state: RunState): state is LiveState {
  return (liveStates as readonly RunState[]).includes(state)
}
