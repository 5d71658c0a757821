/** The notice at the end of a training, in both languages. */
import { text } from '#core/base/text'
import { translateProblem } from '#core/problems/translate'
import type { ErrorEvent, RunEvent } from '#core/runs/events'
import type { DesktopNotice } from '../desktop/desktop'

/** Undefined where a user stopped the run, who needs no notice. */
export function endNotice(name: string, event: RunEvent): DesktopNotice | undefined {
  if (event.event === 'error') return event.code === 'run-interrupted' ? undefined : failedNotice(name, event)
  if (event.event !== 'finished' || event.reason === 'stopped') return undefined
  const { bestEpoch, epochs } = event
  return {
    title: text('Training finished', '训练已完成'),
    body: text(`${name}: best epoch ${bestEpoch} of ${epochs}`, `${name}：共 ${epochs} 轮，最佳为第 ${bestEpoch} 轮`),
  }
}

function failedNotice(name: string, { message, interrupted, problems: [problem] }: ErrorEvent): DesktopNotice {
  const translated = problem === undefined ? message : translateProblem(problem, 'zh-CN').message
  return {
    title: interrupted ? text('Training interrupted', '训练已中断') : text('Training failed', '训练失败'),
    body: text(`${name}: ${message}`, `${name}：${translated}`),
  }
}
