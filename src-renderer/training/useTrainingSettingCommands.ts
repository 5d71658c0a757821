/** Every training setting as a command that leads to it, searchable by title in every language. */
import { SlidersHorizontal } from '@lucide/vue'
import { describeTraining, earlyStoppingParams } from '#core/graph/trainingParams'
import { findLoss } from '#core/losses/index'
import { findOptimizer } from '#core/optimizers/index'
import type { ParamSpec, ParamSpecs } from '#core/params/params'
import { findSchedule } from '#core/schedules/index'
import { useCommandList, type AppCommand } from '../commands/useCommands'
import { navigate } from '../frame/router'
import { inLanguage, useText } from '../i18n/useText'
import { useProject } from '../stores/projectStore'
import { focusSetting } from '../ui/focusSetting'

const PANEL = '[data-testid="hyperparameters"]'

/** The settings that always have a field. */
const settings = ['optimizer', 'learningRate', 'schedule', 'loss', 'batchSize', 'epochs', 'seed', 'device', 'threads']
const loaderSettings = ['dropLast', 'workers', 'prefetch']

export function useTrainingSettingCommands(): void {
  const { t } = useText()
  const store = useProject()

  function leadingTo(id: string, title: () => string, keywords: () => string): AppCommand {
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

  const ofSpec = (id: string, name: string, { label, doc }: Pick<ParamSpec, 'label' | 'doc'>): AppCommand =>
    leadingTo(
      id,
      () => inLanguage(label),
      () => `${label.en} ${label.zh} ${name} ${doc.en} ${doc.zh}`,
    )

  const ofSpecs = (part: string, specs: ParamSpecs | undefined): AppCommand[] =>
    Object.entries(specs ?? {}).map(([name, spec]) => ofSpec(`${part}.${name}`, name, spec))

  useCommandList(() => {
    const { project } = store
    if (project === null) return []
    const { optimizer, schedule, loss, earlyStopping } = project.training
    const names = [
      ...settings,
      ...(project.task === 'classification' ? ['balanced'] : []),
      ...loaderSettings,
      'earlyStopping',
      ...(earlyStopping === null ? [] : Object.keys(earlyStoppingParams)),
    ]
    return [
      ...names.flatMap((name) => {
        const described = describeTraining(name)
        return described === undefined ? [] : [ofSpec(name, name, described)]
      }),
      ...ofSpecs('optimizer', findOptimizer(optimizer.kind)?.params),
      ...ofSpecs('schedule', findSchedule(schedule.kind)?.params),
      ...ofSpecs('loss', findLoss(loss.kind)?.params),
    ]
  })
}
