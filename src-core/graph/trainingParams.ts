/**
 * The training settings as data: the schema of project files, the forms of the Train screen, the options of the command
 * line, the limits of the contract and the documentation come from these.
 */
import { z } from 'zod'
import type { Text } from '../base/text'
import { metrics } from '../metrics/index'
import {
  choice,
  describeSpec,
  flag,
  integer,
  real,
  text,
  type ChoiceParam,
  type FlagParam,
  type IntegerParam,
  type RealParam,
} from '../params/params'
import type { Choice } from './choice'
import { deviceSettings, deviceTitles } from './devices'

interface PlainSetting<Spec extends IntegerParam | RealParam | FlagParam | ChoiceParam> {
  readonly spec: Spec
}
/** A number, and what it counts where the label does not say that. */
interface CountSetting {
  readonly spec: IntegerParam
  readonly unit: Text
}
/** A number that may be null, which is its default: the machine decides. */
interface AutomaticSetting {
  readonly spec: IntegerParam
  /** What null stands for. */
  readonly automatic: Text
}
export type TrainingParam =
  | PlainSetting<IntegerParam>
  | PlainSetting<RealParam>
  | CountSetting
  | AutomaticSetting
  | PlainSetting<FlagParam>
  | PlainSetting<ChoiceParam>

/** Settings that name an entry of a catalogue, whose parameters belong to that entry. */
export interface CatalogueSetting {
  readonly label: Text
  readonly doc: Text
  readonly default: Choice
}

export const catalogueSettings = {
  loss: {
    label: text('Loss function', '损失函数'),
    doc: text('What training minimizes.', '训练要最小化的目标。'),
    default: { kind: 'cross-entropy' },
  },
  optimizer: {
    label: text('Optimizer', '优化器'),
    doc: text('How gradients update the weights.', '如何由梯度更新权重。'),
    default: { kind: 'adam' },
  },
  schedule: {
    label: text('Schedule', '学习率调度'),
    doc: text('How the learning rate changes from the first step to the last.', '学习率从第一步到最后一步如何变化。'),
    default: { kind: 'constant' },
  },
} as const satisfies Record<string, CatalogueSetting>

/** The single values of `training`. */
export const trainingParams = {
  learningRate: {
    spec: real(text('Learning rate', '学习率'), {
      min: 0,
      above: true,
      max: 1000,
      default: 0.001,
      doc: text(
        'Size of a step. Too large: the loss jumps or becomes NaN. Too small: it falls slowly.',
        '每一步的大小。过大时损失会跳动或变为 NaN，过小时下降缓慢。',
      ),
    }),
  },
  batchSize: {
    spec: integer(text('Batch size', '批大小'), {
      min: 1,
      max: 65536,
      default: 64,
      doc: text(
        'Samples per step. Larger batches make smoother but fewer steps; 32 to 128 suits most data.',
        '每一步的样本数。批越大，更新越平稳，步数越少；多数数据适合 32 到 128。',
      ),
    }),
  },
  epochs: {
    spec: integer(text('Epochs', '轮次'), {
      min: 1,
      max: 100_000,
      default: 5,
      doc: text(
        'Passes over all training samples. More epochs take longer; early stopping ends a run that no longer improves.',
        '遍历全部训练样本的次数。轮次越多越费时；早停会结束不再改进的运行。',
      ),
    }),
  },
  seed: {
    spec: integer(text('Seed', '随机种子'), {
      min: 0,
      max: 2 ** 32 - 1,
      default: 0,
      doc: text(
        'Seeds all random numbers. The same seed on the same computer gives the same curve.',
        '所有随机数的起点。同一台计算机上相同的种子得到相同的曲线。',
      ),
    }),
  },
  device: {
    spec: choice(text('Device', '设备'), {
      options: deviceSettings,
      names: {
        auto: text('Automatic', '自动'),
        ...Object.fromEntries(Object.entries(deviceTitles).map(([name, title]) => [name, text(title, title)])),
      },
      default: 'auto',
      doc: text(
        'What the network is computed on; automatic picks the fastest device of this computer.',
        '用于计算的设备；自动会选用本机最快的设备。',
      ),
    }),
  },
  threads: {
    spec: integer(text('Threads', '线程'), {
      min: 1,
      max: 256,
      default: 1,
      doc: text(
        'CPU threads. Defaults to all physical cores, but at most OMP_NUM_THREADS.',
        'CPU 使用的线程数。默认为全部物理核心，但不超过 OMP_NUM_THREADS。',
      ),
    }),
    automatic: text('all cores', '全部核心'),
  },
} as const satisfies Record<string, TrainingParam>

/** `training.loader`: how batches are drawn and read. */
export const loaderParams = {
  balanced: {
    spec: flag(text('Balance classes', '类别均衡'), {
      default: false,
      doc: text(
        'Draws every class equally often: samples of rare classes repeat, and some of frequent ones wait for a later epoch.',
        '各类别抽取次数相同：稀有类别的样本会重复出现，常见类别的部分样本留到以后的轮次。',
      ),
    }),
  },
  dropLast: {
    spec: flag(text('Drop last', '舍弃末批'), {
      default: false,
      doc: text(
        'Drops the last batch of an epoch if it is short. The samples left out change every epoch.',
        '若每轮最后一批不足，则将其舍弃。舍弃的样本每轮不同。',
      ),
    }),
  },
  workers: {
    spec: integer(text('Workers', '工作线程'), {
      min: 0,
      max: 64,
      default: 0,
      doc: text(
        'Threads that read samples ahead when the data does not fit in memory. With 0, training waits for every read.',
        '数据无法全部放入内存时，用于预先读取样本的线程数。0 表示训练等待读取。',
      ),
    }),
    automatic: text('Automatic', '自动'),
  },
  prefetch: {
    spec: integer(text('Read ahead', '预读'), {
      min: 1,
      max: 64,
      default: 2,
      doc: text('Blocks of batches that each worker loads in advance.', '每个工作线程预读的批次组数。'),
    }),
  },
} as const satisfies Record<string, TrainingParam>

/** `training.earlyStopping`, which is null where runs do not stop early. */
export const earlyStoppingParams = {
  metric: {
    spec: choice(text('Monitor', '监控指标'), {
      options: ['loss', ...metrics.map(({ kind }) => kind)],
      default: 'loss',
      doc: text('Loss or metric on the validation split.', '验证集上的损失或指标。'),
    }),
  },
  patience: {
    spec: integer(text('Patience', '容忍轮数'), {
      min: 1,
      default: 3,
      doc: text('Epochs without improvement before the run ends.', '连续多少轮没有改进就结束运行。'),
    }),
    unit: text('epochs', '轮'),
  },
  minDelta: {
    spec: real(text('Minimum improvement', '最小改进'), {
      min: 0,
      default: 0,
      doc: text('Smaller changes do not count as improvement.', '更小的变化不算改进。'),
    }),
  },
} as const satisfies Record<string, TrainingParam>

/** The parts of `training` that have settings of their own. */
export const settingGroups = {
  loader: {
    label: text('Loading', '加载'),
    doc: text('How batches are drawn and read.', '如何抽取和读取批次。'),
  },
  earlyStopping: {
    label: text('Early stopping', '早停'),
    doc: text(
      'Ends the run when validation has not improved for a while, and keeps the best weights.',
      '验证结果连续若干轮没有改进时结束运行，并保留最佳权重。',
    ),
  },
} as const satisfies Record<string, { readonly label: Text; readonly doc: Text }>

/** What a setting of `training`, of its groups, or a group is called and does; undefined where there is none of this name. */
export function describeTraining(name: string): { readonly label: Text; readonly doc: Text } | undefined {
  const single: Readonly<Record<string, TrainingParam>> = { ...trainingParams, ...loaderParams, ...earlyStoppingParams }
  const others: Readonly<Record<string, { readonly label: Text; readonly doc: Text }>> = {
    ...catalogueSettings,
    ...settingGroups,
  }
  return single[name]?.spec ?? others[name]
}

/** The schema of a number: its limits without its default. */
export function numberSchema({ spec }: PlainSetting<IntegerParam | RealParam> | AutomaticSetting) {
  const { min, max } = spec
  const { above, below } = spec.type === 'real' ? spec : { above: false, below: false }
  let schema = spec.type === 'integer' ? z.number().int() : z.number()
  if (min !== undefined) schema = above ? schema.gt(min) : schema.min(min)
  if (max !== undefined) schema = below ? schema.lt(max) : schema.max(max)
  return schema
}

/** What a setting accepts, in words. */
export function describeSetting(setting: TrainingParam): string {
  const accepted = describeSpec(setting.spec)
  return 'automatic' in setting ? `${accepted}, or null: ${setting.automatic.en.toLowerCase()}` : accepted
}

/** The default of a setting, as project files have it. */
export function defaultOf(setting: TrainingParam): number | boolean | string | null {
  return 'automatic' in setting ? null : setting.spec.default
}
