/** Counts the engine's looks at test sets: measuring a test set is a look at it, regardless of the caller. */
import type { Dataset } from '../../data/openDataset'
import { TestSeal, testSetKey, type Look } from '../../data/testSeal'
import { sharedDataFolder } from '../../machine/appFolders'

/** The total number of looks. If the count cannot be written, the measurement remains valid: undefined. */
export async function countTestLook(dataset: Dataset, look: Exclude<Look, 'views'>): Promise<number | undefined> {
  const key = await testSetKey(dataset)
  return new TestSeal(sharedDataFolder()).count(key, look).catch(() => undefined)
}
