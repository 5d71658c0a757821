/**
 * Metadata properties of an exported model: plain fields that any tool can show, and under `layerloom` one JSON text
 * with everything needed to feed and to evaluate the model again.
 */
import { basename, isAbsolute } from 'node:path'
import { z } from 'zod'
import { sampleKind, type DataFacts } from '#core/data/facts'
import type { Choice } from '#core/graph/choice'
import { dataSchema, type DataSettings } from '#core/graph/dataSettings'
import { mapSourcePaths } from '#core/graph/sourcePaths'
import type { Project } from '#core/graph/project'
import { tasks } from '#core/losses/task'
import { fail } from '#core/problems/problem'
import type { Figures } from '#core/runs/events'
import { describeSteps } from '#core/pretransforms/describeSteps'
import type { FittedPreTransforms } from '#core/pretransforms/preTransformList'
import type { FittedTransforms } from '#core/transforms/transformList'
import { factsSchema, fittedPreTransformsSchema, fittedTransformsSchema } from '../data/dataSchemas'

export const METADATA_VERSION = 1

/** The JSON under `layerloom`. */
export interface ModelDescription {
  readonly version: typeof METADATA_VERSION
  readonly task: Project['task']
  readonly facts: DataFacts
  readonly preprocess: FittedPreTransforms
  readonly transforms: FittedTransforms
  /** Paths as in the project, without folders of the training machine. */
  readonly data: DataSettings
  /** Of the data as prepared for training; absent in models from before 0.2. */
  readonly fingerprint?: string
  readonly loss: Choice
  /** For the weights in the model, on the splits of the data. */
  readonly figures: { readonly validation?: Figures; readonly test?: Figures }
}

const figures = z.record(z.string(), z.number().nullable()).optional()

const descriptionSchema = z.object({
  version: z.literal(METADATA_VERSION),
  task: z.enum(tasks),
  facts: factsSchema,
  preprocess: fittedPreTransformsSchema,
  transforms: fittedTransformsSchema,
  data: dataSchema,
  fingerprint: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  loss: z.looseObject({ kind: z.string() }),
  figures: z.object({ validation: figures, test: figures }),
})

/** The metadata properties of a model. */
export function formatMetadata(
  name: string,
  appVersion: string,
  description: Omit<ModelDescription, 'version'>,
): Record<string, string> {
  const given = { version: METADATA_VERSION, ...description, data: withoutFolders(description.data) }
  // Passes through the schema, so that the same run always gives the same bytes, whether its facts are new or were read
  // back.
  const whole = descriptionSchema.parse(JSON.parse(JSON.stringify(given)))
  const { facts, task } = whole
  const { sample, target } = facts
  return {
    name,
    task,
    input: describeInput(whole),
    ...(target.kind === 'classes'
      ? { classes: JSON.stringify(target.classes), names: JSON.stringify({ ...target.classes }) }
      : { targets: JSON.stringify(target.names) }),
    ...(sample.columns && { columns: JSON.stringify(sample.columns) }),
    ...(sample.vocabulary && { vocabulary: JSON.stringify(sample.vocabulary) }),
    figures: JSON.stringify(whole.figures),
    producer: `Layerloom ${appVersion}`,
    layerloom: JSON.stringify(whole),
  }
}

/** The expected input, in words. */
function describeInput({ facts: { sample }, preprocess }: Pick<ModelDescription, 'facts' | 'preprocess'>): string {
  const { dtype, shape, columns = [] } = sample
  const form = `samples: ${dtype} [N, ${shape.join(', ')}]`
  const prepared = describeSteps(preprocess.files)
  switch (sampleKind(sample)) {
    case 'image':
      return `${form}, images as channels, height, width with pixels 0 to 255${prepared && `, prepared by ${prepared}`}; all that follows is inside the model`
    case 'text':
      return `${form}, token ids: the place of each word in vocabulary, 1 where it is not there, 0 to fill up${prepared && `; texts prepared by ${prepared}`}`
    case 'array':
      return `${form}, arrays as they were given for training`
    case 'table': {
      const coded = columns.some(({ type }) => type === 'categorical')
      const names = columns.map(({ name }) => name).join(', ')
      return `${form}, raw table columns in this order: ${names}; NaN where a cell is missing${coded ? '; categories as codes 0, 1, … in the order under columns' : ''}`
    }
  }
}

/** Models may be shared; they must not reveal where the data was on this machine. */
function withoutFolders(data: DataSettings): DataSettings {
  const bare = (path: string) => (isAbsolute(path) ? basename(path) : path)
  return { ...data, source: mapSourcePaths(data.source, bare) }
}

/**
 * Parses the metadata of a model; undefined if it is not one of ours.
 * @throws ProblemError `model-format` where it claims to be but its description is damaged
 */
export function parseModelMetadata(
  metadata: Readonly<Record<string, string>>,
  file: string,
): ModelDescription | undefined {
  const text = metadata.layerloom
  if (text === undefined) return undefined
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return damaged(file, (error as Error).message)
  }
  const parsed = descriptionSchema.safeParse(json)
  if (parsed.success) return parsed.data as unknown as ModelDescription
  const [issue] = parsed.error.issues
  return damaged(file, `${issue!.path.join('.')}: ${issue!.message}`)
}

function damaged(file: string, received: string): never {
  return fail('model-format', 'description', { version: METADATA_VERSION, received }, { file })
}
