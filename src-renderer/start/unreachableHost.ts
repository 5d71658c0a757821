/**
 * The start backend while no host is connected: every call fails with that reason, and the start screen offers a retry.
 */
import type { StartBackend } from './useStartBackend'
import { useText } from '../i18n/useText'

function refuse(): Promise<never> {
  return Promise.reject(new Error(useText().t('start.unreachable')))
}

export const unreachableHost: StartBackend = {
  listTemplates: refuse,
  listRecentFiles: refuse,
  listRecoverable: refuse,
  listUnfinished: refuse,
  continueRun: refuse,
  createFromTemplate: refuse,
  createEmpty: refuse,
  chooseFile: refuse,
  openRecentFile: refuse,
  forgetRecentFile: refuse,
  recover: refuse,
  discardRecoverable: refuse,
  openDroppedFile: refuse,
}
