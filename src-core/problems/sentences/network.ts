/** The problems of the network's structure. */
import { text } from '../../base/text'
import type { ProblemCode } from '../codes'
import type { CodeSentences } from './form'

const removeEdge = text(
  'Remove this edge, or connect it to a layer and port that exist.',
  '移除这条边，或改接到存在的层与端口。',
)
const forward = text('edges that lead only from the Input towards the Output', '边只从 Input 一侧指向 Output 一侧')
const anotherName = text('Choose another name.', '换一个名称。')
const laterLayer = text('Connect to a layer further on.', '接到更靠后的层。')
const lowerRepeat = text('Lower the repeat count of a block, or ungroup one.', '减少某个组合块的重复次数，或将其解散。')
const chooseLayer = text('Choose a layer that is in the network.', '选择网络中的层。')
const unknownKind = text(
  '{node} is of kind “{kind}”, which this version does not know.',
  '{node} 的类型是“{kind}”，当前版本不支持。',
)
const knownKind = text('a kind of the layer catalogue', '层目录中的类型')

export const networkSentences = {
  'graph-empty': {
    cases: {
      any: {
        message: text('The network has no layers.', '网络中没有层。'),
        fix: text('Add an Input layer and build from there.', '添加 Input 层，由此开始搭建。'),
      },
    },
  },
  'graph-cycle': {
    cases: {
      found: {
        message: text('The layers {members|ids} form a cycle.', '层 {members|ids} 构成循环。'),
        expected: forward,
        received: '{received}',
        fix: text('Remove one of the edges {received}.', '移除 {received} 中的一条边。'),
      },
      itself: {
        message: text('{id} would read its own output.', '{id} 会读取自己的输出。'),
        expected: forward,
        received: '{received}',
        fix: laterLayer,
      },
      would: {
        message: text('The layers {members|ids} would form a cycle.', '层 {members|ids} 会构成循环。'),
        expected: forward,
        received: '{received}',
        fix: laterLayer,
      },
    },
    otherwise: { message: '网络中有循环。', fix: '移除循环中的一条边。' },
  },
  'graph-duplicate-id': {
    cases: {
      any: {
        message: text('{count} layers have the name {id}.', '有 {count} 个层都叫 {id}。'),
        expected: text('a name for each layer of its own', '每层各有其名'),
        received: text('{id}, {count} times', '{id}，{count} 次'),
        fix: text('Rename all but one of them.', '只保留一个，其余改名。'),
      },
    },
    otherwise: { message: '有几个层同名。', fix: '只保留一个，其余改名。' },
  },
  'graph-edge-unknown': {
    cases: {
      'no-start': {
        message: text('An edge starts at {from}, which does not exist.', '有一条边从 {from} 出发，但没有这个层。'),
        expected: text('a layer', '一个层'),
        received: '{from}',
        fix: removeEdge,
      },
      'start-sink': {
        message: text('An edge starts at {from}, which has no output.', '有一条边从 {from} 出发，但它没有输出。'),
        expected: text('a layer with an output', '有输出的层'),
        received: '{received}',
        fix: removeEdge,
      },
      'no-end': {
        message: text('An edge ends at {to}, which does not exist.', '有一条边接到 {to}，但没有这个层。'),
        expected: text('a layer', '一个层'),
        received: '{to}',
        fix: removeEdge,
      },
      'end-source': {
        message: text('An edge ends at {to}, which has no inputs.', '有一条边接到 {to}，但它没有输入。'),
        expected: text('a layer with inputs', '有输入的层'),
        received: '{received}',
        fix: removeEdge,
      },
      'no-port': {
        message: text('{to} has no input {port}.', '{to} 没有输入 {port}。'),
        expected: '{ports|list}',
        received: '{port}',
        fix: removeEdge,
      },
      'no-edge': {
        message: text('There is no edge {edge}.', '没有边 {edge}。'),
        expected: text('an edge of the network', '网络中的一条边'),
        received: '{edge}',
        fix: text('Choose an edge that is in the network.', '选择网络中的一条边。'),
      },
    },
    otherwise: { message: '有一条边的起点或终点不存在。', fix: removeEdge.zh },
  },
  'graph-no-input': {
    cases: {
      any: {
        message: text('The network has no Input layer.', '网络没有 Input 层。'),
        expected: text('one Input layer', '一个 Input 层'),
        received: text('none', '无'),
        fix: text('Add an Input layer and connect it to the first layer.', '添加 Input 层，并连接到第一层。'),
      },
    },
  },
  'graph-no-output': {
    cases: {
      any: {
        message: text('The network has no Output layer.', '网络没有 Output 层。'),
        expected: text('one Output layer', '一个 Output 层'),
        received: text('none', '无'),
        fix: text('Add an Output layer and connect it to the last layer.', '添加 Output 层，并连接到最后一层。'),
      },
    },
  },
  'graph-several-outputs': {
    cases: {
      any: {
        message: text('{node|local} is one Output layer too many.', '{node|local} 是多余的 Output 层。'),
        expected: text('one Output layer', '一个 Output 层'),
        received: '{count}',
        fix: text(
          'Remove {node|local}, or join the branches before a single Output layer.',
          '移除 {node|local}，或先把各分支合并，再接唯一的 Output 层。',
        ),
      },
    },
    otherwise: { message: '网络有不止一个 Output 层。', fix: '只保留一个 Output 层。' },
  },
  'graph-several-inputs': {
    cases: {
      any: {
        message: text('{node|local} is one Input layer too many.', '{node|local} 是多余的 Input 层。'),
        expected: text('one Input layer', '一个 Input 层'),
        received: '{count}',
        fix: text(
          'Remove {node|local}, and let all branches start at a single Input layer.',
          '移除 {node|local}，让各分支都从唯一的 Input 层出发。',
        ),
      },
    },
    otherwise: { message: '网络有不止一个 Input 层。', fix: '只保留一个 Input 层。' },
  },
  'graph-too-large': {
    cases: {
      size: {
        message: text('The expanded network is too large.', '展开后的网络过大。'),
        expected: text('at most {mostNodes} layers and {mostEdges} edges', '至多 {mostNodes} 个层、{mostEdges} 条边'),
        received: text('{nodes} layers, {edges} edges', '{nodes} 个层、{edges} 条边'),
        fix: lowerRepeat,
      },
      depth: {
        message: text('{node} is nested too deeply.', '{node} 嵌套过深。'),
        expected: text('at most {most} levels', '至多 {most} 层嵌套'),
        received: text('more', '更多'),
        fix: text('Ungroup one of the blocks around it.', '解散其中一个组合块。'),
      },
    },
    otherwise: { message: '网络过大，或组合块嵌套过深。', fix: lowerRepeat.zh },
  },
  'graph-edge-refused': {
    cases: {
      'no-layer': {
        message: text('There is no layer {missing}.', '没有层 {missing}。'),
        expected: text('two layers', '两个存在的层'),
        received: '{missing}',
        fix: text('Choose a layer that exists.', '选择存在的层。'),
      },
      'start-sink': {
        message: text('{from} has no output.', '{from} 没有输出。'),
        expected: text('a layer with an output', '有输出的层'),
        received: '{received}',
        fix: text('Start at another layer.', '从别的层出发。'),
      },
      'end-source': {
        message: text('{to} has no inputs.', '{to} 没有输入。'),
        expected: text('a layer with inputs', '有输入的层'),
        received: '{received}',
        fix: text('End at another layer.', '接到别的层。'),
      },
      'no-port': {
        message: text('{to} has no input {port}.', '{to} 没有输入 {port}。'),
        expected: '{ports|list}',
        received: '{port}',
        fix: text('Choose one of its inputs.', '选择它的一个输入。'),
      },
    },
    otherwise: { message: '这两个层不能这样连接。', fix: '连接别的层或别的输入。' },
  },
  'node-id': {
    cases: {
      taken: {
        message: text('There is already a layer {id}.', '已有名为 {id} 的层。'),
        expected: text('a name that is not taken', '未被使用的名称'),
        received: '{id}',
        fix: anotherName,
      },
      form: {
        message: text('“{id}” cannot be the name of a layer.', '“{id}”不能用作层的名称。'),
        expected: text('a letter, then letters, digits, _ and -', '以字母开头，其后为字母、数字、_ 和 -'),
        received: '{id}',
        fix: anotherName,
      },
    },
    otherwise: { message: '层的名称已被使用，或含有不允许的字符。', fix: '换一个名称。' },
  },
  'node-missing': {
    cases: {
      block: {
        message: text('{id} is not a block.', '{id} 不是组合块。'),
        expected: text('a block', '一个组合块'),
        received: '{received}',
        fix: text('Choose a block that is in the network.', '选择网络中的组合块。'),
      },
      layer: {
        message: text('There is no layer {id}.', '没有层 {id}。'),
        expected: text('the name of a layer', '层的名称'),
        received: '{id}',
        fix: chooseLayer,
      },
    },
    otherwise: { message: '所指的层不存在。', fix: chooseLayer.zh },
  },
  'node-unknown-kind': {
    cases: {
      any: {
        message: unknownKind,
        expected: knownKind,
        received: '{kind}',
        fix: text(
          'Correct the kind, replace the layer, or open the project with the version that wrote it.',
          '改正类型，替换该层，或用创建该项目的版本打开。',
        ),
      },
      near: {
        message: unknownKind,
        expected: knownKind,
        received: '{kind}',
        fix: text(
          '{near|guess}Correct the kind, replace the layer, or open the project with the version that wrote it.',
          '{near|guess}改正类型，替换该层，或用创建该项目的版本打开。',
        ),
      },
    },
    otherwise: { message: '有一个层的类型，当前版本不支持。', fix: '改正类型，或替换该层。' },
  },
  'node-missing-input': {
    cases: {
      only: {
        message: text('The input of {node|local} is not connected.', '{node|local} 的输入没有连接。'),
        expected: text('one edge to {node|local}', '一条接到 {node|local} 的边'),
        received: text('none', '无'),
        fix: text('Connect the output of another layer to {node|local}.', '将其他层的输出接到 {node|local}。'),
      },
      port: {
        message: text('Input {port} of {node|local} is not connected.', '{node|local} 的输入 {port} 没有连接。'),
        expected: text('one edge to {node|local}.{port}', '一条接到 {node|local}.{port} 的边'),
        received: text('none', '无'),
        fix: text('Connect the output of another layer to {node|local}.', '将其他层的输出接到 {node|local}。'),
      },
    },
    otherwise: { message: '有一个输入没有连接。', fix: '将其他层的输出接到这里。' },
  },
  'node-extra-input': {
    cases: {
      any: {
        message: text(
          '{count} edges end at input {port} of {node|local}.',
          '有 {count} 条边接到 {node|local} 的输入 {port}。',
        ),
        expected: text('one edge', '一条边'),
        received: '{received|list}',
        fix: text(
          'Keep one of them, or join them with Add or Concat first.',
          '只保留一条，或先用 Add 或 Concat 合并。',
        ),
      },
    },
    otherwise: { message: '有多条边接到同一个输入。', fix: '只保留一条，或先用 Add 或 Concat 合并。' },
  },
  'node-disconnected': {
    cases: {
      any: {
        message: text('{node|local} is connected to nothing.', '{node|local} 没有任何连接。'),
        expected: text('at least one edge', '至少一条边'),
        received: text('none', '无'),
        fix: text('Connect {node|local}, or remove it.', '连接 {node|local}，或将其移除。'),
      },
    },
    otherwise: { message: '有一个层没有任何连接。', fix: '将其连接，或将其移除。' },
  },
  'node-unused': {
    cases: {
      any: {
        message: text('What {node|local} computes reaches no output.', '{node|local} 的结果没有到达任何输出。'),
        expected: text('a path from {node|local} to {end}', '从 {node|local} 到 {end} 的路径'),
        received: text('none', '无'),
        fix: text('Connect {node|local} towards {end}, or remove it.', '将 {node|local} 接往 {end}，或将其移除。'),
      },
    },
    otherwise: { message: '有一个层的结果没有到达任何输出。', fix: '将其接往输出，或将其移除。' },
  },
} as const satisfies Partial<Record<ProblemCode, CodeSentences>>
