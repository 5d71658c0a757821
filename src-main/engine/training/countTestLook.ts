/** Counts the looks at test sets that the engine has: figures of a test set are looks at it, whoever asks for them. */
import type { Dataset } from '../../data/openDataset'
import { TestSeal, testSetKey, type Look } from '../../data/testSeal'
import { sharedDataFolder } from '../../machine/appFolders'

/** How many looks there are now. What was measured stays measured where the count cannot be written: undefined. */
export async function countTestLook(dataset: Dataset, look: Exclude<Look, 'views'>): Promise<number | undefined> {
  const key = await testSetKey(dataset)
  return new TestSeal(sharedDataFolder()).count(key, look).catch(() => undefined)
}
