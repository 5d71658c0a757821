/** docs/layers.md: everything a project can name, generated from the catalogues so that it cannot be out of date. */
import {
  defaultOf,
  describeSetting,
  earlyStoppingParams,
  loaderParams,
  trainingParams,
  type TrainingParam,
} from '../../src-core/graph/trainingParams'
import { initializers } from '../../src-core/initializers/index'
import type { InitializerDefinition } from '../../src-core/initializers/initializer'
import { layers } from '../../src-core/layers/index'
import { categories, type LayerDefinition } from '../../src-core/layers/layer'
import { losses } from '../../src-core/losses/index'
import type { LossDefinition } from '../../src-core/losses/loss'
import { metrics } from '../../src-core/metrics/index'
import { optimizers } from '../../src-core/optimizers/index'
import type { OptimizerDefinition } from '../../src-core/optimizers/optimizer'
import { describeSpec, type ParamSpecs } from '../../src-core/params/params'
import { schedules } from '../../src-core/schedules/index'
import type { ScheduleDefinition } from '../../src-core/schedules/schedule'
import { preTransforms } from '../../src-core/pretransforms/index'
import { transforms } from '../../src-core/transforms/index'
import type { TransformDefinition } from '../../src-core/transforms/transform'

/** The whole page, ending with a newline. */
export function cataloguePage(): string {
  const sections = [
    '# Layers, losses, optimizers and the rest\n',
    'What a project file can name, with every parameter, its default and what it accepts. Written by `npm run docs` from the catalogues in `src-core`.\n',
    '## Layers\n',
    ...categories.flatMap(layerSection),
    '## Losses\n',
    ...(losses as readonly unknown[] as readonly LossDefinition[]).map(({ kind, title, doc, formula, params, tasks }) =>
      entry({ kind, title: title.en, doc: `${doc.en} For ${tasks.join(' and ')}.`, formula, params }),
    ),
    '## Optimizers\n',
    'The learning rate is a setting of its own, `training.learningRate`.\n',
    ...(optimizers as readonly unknown[] as readonly OptimizerDefinition[]).map(
      ({ kind, title, doc, formula, params, recommended }) =>
        entry({ kind, title, doc: `${doc.en} ${recommended.why.en}`, formula, params }),
    ),
    '## Training settings\n',
    'What `training` holds beside the loss, the optimizer and the schedule. `loader` and `earlyStopping` are objects; without `earlyStopping`, or where it is null, a run does not stop early.\n',
    settingTable(),
    '## Schedules\n',
    ...(schedules as readonly unknown[] as readonly ScheduleDefinition[]).map(({ kind, title, doc, params }) =>
      entry({ kind, title: title.en, doc: doc.en, params }),
    ),
    '## Initialisers\n',
    ...(initializers as readonly InitializerDefinition[]).map(({ kind, title, doc, params }) =>
      entry({ kind, title: title.en, doc: doc.en, params }),
    ),
    '## Metrics\n',
    ...metrics.map(({ kind, title, doc, task, better }) =>
      entry({ kind, title: title.en, doc: `${doc.en} For ${task}; ${better} is better.` }),
    ),
    '## Pre-transforms\n',
    'Steps of `data.preprocess`, done once and kept on disk. Those on columns and targets are part of the exported model; those on image files and texts are done to new files in the same way.\n',
    ...preTransforms.map(({ kind, title, doc, params }) => entry({ kind, title: title.en, doc: doc.en, params })),
    '## Transforms\n',
    'Steps of `transforms`, done every time a sample is read, in the order of the list. In evaluation and in the exported model random steps are left out, or replaced as they say.\n',
    ...(transforms as readonly unknown[] as readonly TransformDefinition[]).map(transformEntry),
  ]
  return sections.join('\n')
}

interface Entry {
  readonly kind: string
  readonly title: string
  readonly doc: string
  readonly formula?: string
  readonly params?: ParamSpecs
}

function layerSection(category: (typeof categories)[number]): string[] {
  const members = (layers as readonly unknown[] as readonly LayerDefinition[]).filter(
    (layer) => layer.category === category,
  )
  return members.map(({ kind, title, doc, formula, params }) => entry({ kind, title, doc: doc.en, formula, params }))
}

function transformEntry({ kind, title, doc, params, evaluation }: TransformDefinition): string {
  const instead = evaluation ? ` In evaluation: ${evaluation.title}.` : ''
  return entry({ kind, title, doc: doc.en + instead, params })
}

/** One kind: its heading, what it does, how it computes, and a table of its parameters. */
function entry({ kind, title, doc, formula, params = {} }: Entry): string {
  const lines = [`### ${title} \`${kind}\`\n`, `${doc}\n`]
  if (formula !== undefined) lines.push(`\`${formula}\`\n`)
  const rows = Object.entries(params).map(([name, spec]) => {
    const value = JSON.stringify(spec.default)
    return `| \`${name}\` | \`${value}\` | ${cell(describeSpec(spec))} | ${cell(spec.doc.en)} |`
  })
  if (rows.length > 0)
    lines.push(['| parameter | default | accepts | |', '| --- | --- | --- | --- |', ...rows].join('\n') + '\n')
  return lines.join('\n')
}

function settingTable(): string {
  const groups = [
    ['training', trainingParams],
    ['training.loader', loaderParams],
    ['training.earlyStopping', earlyStoppingParams],
  ] as const
  const rows = groups.flatMap(([group, settings]) =>
    Object.entries<TrainingParam>(settings).map(
      ([name, setting]) =>
        `| \`${group}.${name}\` | \`${JSON.stringify(defaultOf(setting))}\` | ${cell(describeSetting(setting))} | ${cell(setting.spec.doc.en)} |`,
    ),
  )
  return ['| setting | default | accepts | |', '| --- | --- | --- | --- |', ...rows].join('\n') + '\n'
}

const cell = (text: string): string => text.replaceAll('|', '\\|')
