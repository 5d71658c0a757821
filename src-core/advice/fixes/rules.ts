/** Maps problem codes to the rules that propose fixes. A code without an entry has no one-click fix. */
import type { ProblemCode } from '../../problems/codes'
import { blockForm, duplicateId, networkTooLarge } from './blocks'
import { cycle, disconnectedNode, extraInput, missingInput, unknownEdge, unusedNode } from './edges'
import { emptyNetwork, missingInputLayer, missingOutputLayer, secondInput, secondOutput } from './ends'
import { embeddingIds } from './embedding'
import type { FixRule } from './fix'
import { nodeParameter, trainingSetting, unknownKind } from './parameters'
import { groups, inputShape, kernelTooLarge, reshapeSizes, wrongRank } from './shapes'
import { mismatch } from './mismatch'
import { lossOfTask, outputUnits, softmaxBeforeLoss } from './training'

export const fixRules: Readonly<Partial<Record<ProblemCode, FixRule>>> = {
  'graph-empty': emptyNetwork,
  'graph-cycle': cycle,
  'graph-duplicate-id': duplicateId,
  'graph-edge-unknown': unknownEdge,
  'graph-no-input': missingInputLayer,
  'graph-no-output': missingOutputLayer,
  'graph-several-inputs': secondInput,
  'graph-several-outputs': secondOutput,
  'graph-too-large': networkTooLarge,
  'block-form': blockForm,
  'node-unknown-kind': unknownKind,
  'node-param': nodeParameter,
  'node-missing-input': missingInput,
  'node-extra-input': extraInput,
  'node-disconnected': disconnectedNode,
  'node-unused': unusedNode,
  'shape-rank': wrongRank,
  'shape-kernel-too-large': kernelTooLarge,
  'shape-mismatch': mismatch,
  'shape-groups': groups,
  'shape-reshape': reshapeSizes,
  'shape-input': inputShape,
  'embedding-ids': embeddingIds,
  'output-units': outputUnits,
  'output-loss': lossOfTask,
  'softmax-before-cross-entropy': softmaxBeforeLoss,
  'training-setting': trainingSetting,
}
