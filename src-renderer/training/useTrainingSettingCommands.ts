/** Every training setting as a command that leads to it, found by its title in every language. */
import { SlidersHorizontal } from '@lucide/vue'
import { findLoss } from '#core/losses/index'
import { findOptimizer } from '#core/optimizers/index'
import type { ParamSpecs } from '#core/params/params'
import { findSchedule } from '#core/schedules/index'
import { useCommandList, type Command } from '../commands/useCommands'
import { navigate } from '../frame/router'
import { allWords } from '../i18n/allWords'
import { useText, type PlainKey } from '../i18n/useText'
import { useProject } from '../stores/projectStore'
import { focusSetting } from '../ui/focusSetting'

const PANEL = '[data-testid="hyperparameters"]'

/** The settings that have a field of their own whatever else is chosen, with the sentence that explains them. */
const settings: readonly (readonly [PlainKey, PlainKey | null])[] = [
  ['training.optimizer', null],
  ['training.learningRate', 'training.learningRateHelp'],
  ['training.schedule', 'training.scheduleHelp'],
  ['training.lossOf', null],
  ['training.batchSize', 'training.batchSizeHelp'],
  ['training.epochs', 'training.epochsHelp'],
  ['training.seed', 'training.seedHelp'],
  ['training.device', 'training.deviceHelp'],
  ['training.threads', 'training.threadsHelp'],
  ['training.dropLast', 'training.dropLastHelp'],
  ['training.workers', 'training.workersHelp'],
  ['training.prefetch', 'training.prefetchHelp'],
  ['training.earlyStopping', 'training.earlyStoppingHelp'],
]

export function useTrainingSettingCommands(): void {
  const { t, language } = useText()
  const store = useProject()

  function leadingTo(id: string, title: () => string, keywords: () => string): Command {
    return {
      id: `training.setting.${id}`,
      group: 'training',
      label: () => t('frame.settingOf', { name: title(), place: t('frame.train') }),
      icon: SlidersHorizontal,
      keywords,
      onlyFound: true,
      run() {
        navigate('train')
        focusSetting(PANEL, title())
      },
    }
  }

  const ofSpecs = (part: string, specs: ParamSpecs | undefined): Command[] =>
    Object.entries(specs ?? {}).map(([name, { label, doc }]) =>
      leadingTo(
        `${part}.${name}`,
        () => (language.value === 'zh-CN' ? label.zh : label.en),
        () => `${label.en} ${label.zh} ${name} ${doc.en} ${doc.zh}`,
      ),
    )

  useCommandList(() => {
    const { project } = store
    if (project === null) return []
    const { optimizer, schedule, loss, earlyStopping } = project.training
    const keys = [
      ...settings,
      ...(project.task === 'classification' ? [['training.balanced', 'training.balancedHelp'] as const] : []),
      ...(earlyStopping === null
        ? []
        : ([
            ['training.watch', null],
            ['training.patience', null],
            ['training.minDelta', null],
          ] as const)),
    ]
    return [
      ...keys.map(([key, help]) =>
        leadingTo(
          key,
          () => t(key),
          () => `${allWords(key)} ${help === null ? '' : allWords(help)}`,
        ),
      ),
      ...ofSpecs('optimizer', findOptimizer(optimizer.kind)?.params),
      ...ofSpecs('schedule', findSchedule(schedule.kind)?.params),
      ...ofSpecs('loss', findLoss(loss.kind)?.params),
    ]
  })
}
