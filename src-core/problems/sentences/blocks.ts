/** The problems of blocks: their form, and which layers can become one. */
import { text } from '../../base/text'
import type { ProblemCode } from '../codes'
import type { CodeSentences } from './form'

const layerHere = text('a layer that fits here', '适合放在这里的层')
const oneOutput = text('one block output', '一个输出')

export const blockSentences = {
  'block-form': {
    cases: {
      'stray-port': {
        message: text(
          '{node|local} is a port of a block but is not inside one.',
          '{node|local} 是组合块的端口，却不在组合块中。',
        ),
        expected: text('{kind} inside a block', '{kind} 位于组合块内部'),
        received: text('{kind} in the outermost network', '{kind} 位于最外层网络'),
        fix: text('Remove {node|local}.', '移除 {node|local}。'),
      },
      'end-inside': {
        message: text('{node|local} is inside a block.', '{node|local} 位于组合块内部。'),
        expected: text('{kind} in the outermost network', '{kind} 位于最外层网络'),
        received: text('{kind} inside a block', '{kind} 位于组合块内部'),
        fix: text(
          'Remove {node|local}; a block has its own inputs and output.',
          '移除 {node|local}；组合块有自己的输入与输出。',
        ),
      },
      'no-output': {
        message: text('{node|local} has no output.', '{node|local} 没有输出。'),
        expected: oneOutput,
        received: '{count}',
        fix: text('Add a block output inside {node|local}.', '在 {node|local} 内部添加输出。'),
      },
      'several-outputs': {
        message: text('{node|local} has {count} outputs.', '{node|local} 有 {count} 个输出。'),
        expected: oneOutput,
        received: '{count}',
        fix: text('Keep one block output inside {node|local}.', '在 {node|local} 内部只保留一个输出。'),
      },
      'no-layers': {
        message: text('{node|local} is a block without layers.', '{node|local} 是没有内容的组合块。'),
        fix: text('Remove {node|local}.', '移除 {node|local}。'),
      },
      'no-input': {
        message: text('{node|local} is repeated but has no input.', '{node|local} 设为重复，却没有输入。'),
        expected: text('an input that takes the output of the copy before', '接收上一份输出的输入'),
        received: text('repeat {repeat}, no inputs', '重复 {repeat} 次，没有输入'),
        fix: text(
          'Add a block input inside {node|local}, or set its repeat count to 1.',
          '在 {node|local} 内部添加输入，或将重复次数设为 1。',
        ),
      },
      'needs-output': {
        message: text('A block needs its output.', '组合块需要输出。'),
        expected: layerHere,
        received: '{kind}',
        fix: text('Ungroup the block instead.', '改为解散组合块。'),
      },
      'no-ends': {
        message: text('A block cannot contain {kind}.', '组合块内部不能有 {kind}。'),
        expected: layerHere,
        received: '{kind}',
        fix: text('Use an input or the output of the block.', '使用组合块自己的输入或输出。'),
      },
      'only-inside': {
        message: text('Only a block has block inputs and a block output.', '只有组合块内部才有块输入与块输出。'),
        expected: layerHere,
        received: '{kind}',
        fix: text('Open a block first.', '先打开一个组合块。'),
      },
      'one-output': {
        message: text('A block has one output.', '组合块只有一个输出。'),
        expected: layerHere,
        received: '{kind}',
        fix: text('Connect to the output that is there.', '连接到已有的输出。'),
      },
      'no-graph': {
        message: text('The block {node} has no inner network.', '组合块 {node} 没有内部网络。'),
        expected: text('a graph with nodes and edges', '含有 nodes 与 edges 的 graph'),
        received: text('nothing', '空值'),
        fix: text('Add the graph of {node}, or remove {node}.', '补上 {node} 的 graph，或移除 {node}。'),
      },
      'not-block': {
        message: text('{node} is not a block but is written like one.', '{node} 不是组合块，写法却与组合块相同。'),
        expected: text('graph and repeat only in layers of kind block', '只有类型为 block 的层才有 graph 与 repeat'),
        received: text('kind {kind}', '类型 {kind}'),
        fix: text('Remove graph and repeat from {node}.', '从 {node} 中移除 graph 与 repeat。'),
      },
    },
    otherwise: { message: '组合块的形式不正确。', fix: '打开组合块检查其输入与输出。' },
  },
  'block-boundary': {
    cases: {
      none: {
        message: text('No layer is selected.', '没有选中任何层。'),
        expected: text('at least one layer', '至少一个层'),
        received: text('none', '无'),
        fix: text('Select layers first.', '先选中若干层。'),
      },
      rim: {
        message: text(
          '{id} marks the rim of the network and cannot be inside a block.',
          '{id} 是网络的边界，不能放入组合块。',
        ),
        expected: text('layers between Input and Output', 'Input 与 Output 之间的层'),
        received: '{id}',
        fix: text('Leave {id} out of the selection.', '不要选中 {id}。'),
      },
      outputs: {
        message: text('The selection has {count} outputs.', '选中的层有 {count} 个输出。'),
        expected: text('one layer whose output is used outside', '只有一个层的输出在外部使用'),
        received: '{received|list}',
        fix: text(
          'Select more layers, up to where the branches join, or fewer.',
          '多选一些层，直到各分支合并，或少选一些。',
        ),
      },
      detour: {
        message: text(
          'A path leaves the selection at {start} and comes back at {end}.',
          '有一条路径从 {start} 离开选区，又在 {end} 回来。',
        ),
        expected: text('every layer between two selected layers to be selected', '两个选中层之间的层都被选中'),
        received: '{received}',
        fix: text('Select {members|ids} too.', '将 {members|ids} 也选中。'),
      },
    },
    otherwise: { message: '选中的层不能组成组合块。', fix: '改选其他的层。' },
  },
} as const satisfies Partial<Record<ProblemCode, CodeSentences>>
