/** The preview's requests to the host, per mode. */
import type { Ref } from 'vue'
import type { Client } from '#core/rpc/client'
import type { AugmentPreview } from '#core/rpc/contract/augment'
import { findTransform } from '#core/transforms/index'
import { useData } from '../stores/dataStore'
import type { usePreviewSamples } from './usePreviewSamples'
import type { useReplay } from './useReplay'
import type { Transforms } from './transformRows'

/** One step at the ends of its range. */
export interface CorneredStep {
  /** Index in the project's list. */
  readonly place: number
  readonly preview: AugmentPreview
}

interface Asked {
  readonly transforms: Readonly<Ref<Transforms>>
  readonly samples: ReturnType<typeof usePreviewSamples>
  readonly replay: ReturnType<typeof useReplay>
  readonly seed: Readonly<Ref<number>>
  readonly epoch: Readonly<Ref<number>>
  readonly row: Readonly<Ref<number>>
}

export function usePreviewRequests({ transforms, samples, replay, seed, epoch, row }: Asked) {
  const data = useData()

  /** Null while the data is unknown. */
  async function draws(client: Client): Promise<AugmentPreview | null> {
    const { input, inspected } = data
    const indices = [...samples.indices.value]
    if (input === null || inspected === null || indices.length === 0) return null
    const asked = { ...input, transforms: [...transforms.value], indices, seed: seed.value, epoch: epoch.value }
    return client.augment.draw({ ...asked, row: Math.min(row.value, indices.length - 1) })
  }

  /** Every random step at the ends of its range, one after the other: each is quick work for one process. */
  async function corners(client: Client): Promise<readonly CorneredStep[]> {
    const { input, inspected } = data
    const index = samples.chosen.value
    if (input === null || inspected === null || index === null) return []
    const found: CorneredStep[] = []
    for (const [place, { kind, enabled }] of transforms.value.entries()) {
      const definition = findTransform(kind)
      // A single sample has nothing to mix with.
      if (!enabled || definition?.random === undefined || definition.group === 'mixing') continue
      const asked = { ...input, transforms: [...transforms.value], index, step: place }
      found.push({ place, preview: await client.augment.corners(asked) })
    }
    return found
  }

  async function replayed(client: Client): Promise<AugmentPreview | null> {
    const run = replay.run.value
    if (run === null) return null
    const asked = { run, epoch: replay.epoch.value, batch: replay.batch.value }
    const found = await client.augment.replay({ ...asked, row: row.value })
    replay.batches.value = found.batch?.batches ?? 1
    return found
  }

  return { draws, corners, replay: replayed }
}
