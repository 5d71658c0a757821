/** The problems of the network's structure in Chinese. */
import type { ProblemCode } from '../codes'
import type { Translated } from './form'

const removeEdge = '移除这条边，或改接到存在的层与端口。'

export const networkSentences = {
  'graph-empty': { message: '网络中没有层。', fix: '添加 Input 层，由此开始搭建。' },
  'graph-cycle': {
    cases: {
      found: {
        message: '层 {members|list} 构成循环。',
        expected: '边只从 Input 一侧指向 Output 一侧',
        fix: '移除 {received} 中的一条边。',
      },
      itself: {
        message: '{id} 会读取自己的输出。',
        expected: '边只从 Input 一侧指向 Output 一侧',
        fix: '接到更靠后的层。',
      },
      would: {
        message: '层 {members|list} 会构成循环。',
        expected: '边只从 Input 一侧指向 Output 一侧',
        fix: '接到更靠后的层。',
      },
    },
    otherwise: { message: '网络中有循环。', fix: '移除循环中的一条边。' },
  },
  'graph-duplicate-id': {
    cases: {
      any: {
        message: '有 {count} 个层都叫 {id}。',
        expected: '每层各有其名',
        received: '{id}，{count} 次',
        fix: '只保留一个，其余改名。',
      },
    },
    otherwise: { message: '有几个层同名。', fix: '只保留一个，其余改名。' },
  },
  'graph-edge-unknown': {
    cases: {
      'no-start': { message: '有一条边从 {from} 出发，但没有这个层。', expected: '一个层', fix: removeEdge },
      'start-sink': { message: '有一条边从 {from} 出发，但它没有输出。', expected: '有输出的层', fix: removeEdge },
      'no-end': { message: '有一条边接到 {to}，但没有这个层。', expected: '一个层', fix: removeEdge },
      'end-source': { message: '有一条边接到 {to}，但它没有输入。', expected: '有输入的层', fix: removeEdge },
      'no-port': { message: '{to} 没有输入 {port}。', expected: '存在的输入端口', fix: removeEdge },
      'no-edge': { message: '没有边 {edge}。', expected: '网络中的一条边', fix: '选择网络中的一条边。' },
    },
    otherwise: { message: '有一条边的起点或终点不存在。', fix: removeEdge },
  },
  'graph-no-input': {
    message: '网络没有 Input 层。',
    expected: '一个 Input 层',
    fix: '添加 Input 层，并连接到第一层。',
  },
  'graph-no-output': {
    message: '网络没有 Output 层。',
    expected: '一个 Output 层',
    fix: '添加 Output 层，并连接到最后一层。',
  },
  'graph-several-outputs': {
    cases: {
      any: {
        message: '{layer} 是多余的 Output 层。',
        expected: '一个 Output 层',
        fix: '移除 {layer}，或先把各分支合并，再接唯一的 Output 层。',
      },
    },
    otherwise: { message: '网络有不止一个 Output 层。', fix: '只保留一个 Output 层。' },
  },
  'graph-several-inputs': {
    cases: {
      any: {
        message: '{layer} 是多余的 Input 层。',
        expected: '一个 Input 层',
        fix: '移除 {layer}，让各分支都从唯一的 Input 层出发。',
      },
    },
    otherwise: { message: '网络有不止一个 Input 层。', fix: '只保留一个 Input 层。' },
  },
  'graph-too-large': {
    cases: {
      size: {
        message: '展开后的网络过大。',
        expected: '至多 {mostNodes} 个层、{mostEdges} 条边',
        received: '{nodes} 个层、{edges} 条边',
        fix: '减少某个组合块的重复次数，或将其解散。',
      },
      depth: { message: '{node} 嵌套过深。', expected: '至多 {most} 层嵌套', fix: '解散其中一个组合块。' },
    },
    otherwise: { message: '网络过大，或组合块嵌套过深。', fix: '减少某个组合块的重复次数，或将其解散。' },
  },
  'graph-edge-refused': {
    cases: {
      'no-layer': { message: '没有层 {missing}。', expected: '两个存在的层', fix: '选择存在的层。' },
      'start-sink': { message: '{from} 没有输出。', expected: '有输出的层', fix: '从别的层出发。' },
      'end-source': { message: '{to} 没有输入。', expected: '有输入的层', fix: '接到别的层。' },
      'no-port': { message: '{to} 没有输入 {port}。', expected: '{ports|list}', fix: '选择它的一个输入。' },
    },
    otherwise: { message: '这两个层不能这样连接。', fix: '连接别的层或别的输入。' },
  },
  'node-id': {
    cases: {
      taken: { message: '已有名为 {id} 的层。', expected: '未被使用的名称', fix: '换一个名称。' },
      form: {
        message: '“{id}”不能用作层的名称。',
        expected: '以字母开头，其后为字母、数字、_ 和 -',
        fix: '换一个名称。',
      },
    },
    otherwise: { message: '层的名称已被使用，或含有不允许的字符。', fix: '换一个名称。' },
  },
  'node-missing': {
    cases: {
      block: { message: '{id} 不是组合块。', expected: '一个组合块', fix: '选择网络中的组合块。' },
      layer: { message: '没有层 {id}。', expected: '层的名称', fix: '选择网络中的层。' },
    },
    otherwise: { message: '所指的层不存在。', fix: '选择网络中的层。' },
  },
  'block-form': {
    cases: {
      'stray-port': {
        message: '{layer} 是组合块的端口，却不在组合块中。',
        expected: '位于组合块内部',
        fix: '移除 {layer}。',
      },
      'end-inside': {
        message: '{layer} 位于组合块内部。',
        expected: '位于最外层网络',
        received: '位于组合块内部',
        fix: '移除 {layer}；组合块有自己的输入与输出。',
      },
      'no-output': { message: '{layer} 没有输出。', expected: '一个输出', fix: '在 {layer} 内部添加输出。' },
      'several-outputs': {
        message: '{layer} 有 {count} 个输出。',
        expected: '一个输出',
        fix: '在 {layer} 内部只保留一个输出。',
      },
      'no-layers': { message: '{layer} 是没有内容的组合块。', fix: '移除 {layer}。' },
      'no-input': {
        message: '{layer} 设为重复，却没有输入。',
        expected: '接收上一份输出的输入',
        received: '重复 {repeat} 次，没有输入',
        fix: '在 {layer} 内部添加输入，或将重复次数设为 1。',
      },
      'needs-output': { message: '组合块需要输出。', fix: '改为解散组合块。' },
      'no-ends': { message: '组合块内部不能有 {kind}。', fix: '使用组合块自己的输入或输出。' },
      'only-inside': { message: '只有组合块内部才有块输入与块输出。', fix: '先打开一个组合块。' },
      'one-output': { message: '组合块只有一个输出。', fix: '连接到已有的输出。' },
    },
    otherwise: { message: '组合块的形式不正确。', fix: '打开组合块检查其输入与输出。' },
  },
  'block-boundary': {
    cases: {
      none: { message: '没有选中任何层。', expected: '至少一个层', fix: '先选中若干层。' },
      rim: {
        message: '{id} 是网络的边界，不能放入组合块。',
        expected: 'Input 与 Output 之间的层',
        fix: '不要选中 {id}。',
      },
      outputs: {
        message: '选中的层有 {count} 个输出。',
        expected: '只有一个层的输出在外部使用',
        fix: '多选一些层，直到各分支合并，或少选一些。',
      },
      detour: {
        message: '有一条路径从 {start} 离开选区，又在 {end} 回来。',
        expected: '两个选中层之间的层都被选中',
        fix: '将 {members|list} 也选中。',
      },
    },
    otherwise: { message: '选中的层不能组成组合块。', fix: '改选其他的层。' },
  },
  'node-unknown-kind': {
    cases: {
      any: {
        message: '{node} 的类型是“{kind}”，此版本不认识。',
        expected: '层目录中的类型',
        fix: '改正类型，替换该层，或用写出它的版本打开项目。',
      },
      near: {
        message: '{node} 的类型是“{kind}”，此版本不认识。',
        expected: '层目录中的类型',
        fix: '是否应为“{near}”？改正类型，替换该层，或用写出它的版本打开项目。',
      },
    },
    otherwise: { message: '有一个层的类型，此版本不认识。', fix: '改正类型，或替换该层。' },
  },
  'node-missing-input': {
    cases: {
      only: {
        message: '{layer} 的输入没有连接。',
        expected: '一条接到 {layer} 的边',
        fix: '将其他层的输出接到 {layer}。',
      },
      port: {
        message: '{layer} 的输入 {port} 没有连接。',
        expected: '一条接到 {layer}.{port} 的边',
        fix: '将其他层的输出接到 {layer}。',
      },
    },
    otherwise: { message: '有一个输入没有连接。', fix: '将其他层的输出接到这里。' },
  },
  'node-extra-input': {
    cases: {
      any: {
        message: '有 {count} 条边接到 {layer} 的输入 {port}。',
        expected: '一条边',
        received: '{received|list}',
        fix: '只保留一条，或先用 Add 或 Concat 合并。',
      },
    },
    otherwise: { message: '有多条边接到同一个输入。', fix: '只保留一条，或先用 Add 或 Concat 合并。' },
  },
  'node-disconnected': {
    cases: {
      any: {
        message: '{layer} 没有任何连接。',
        expected: '至少一条边',
        fix: '连接 {layer}，或将其移除。',
      },
    },
    otherwise: { message: '有一个层没有任何连接。', fix: '将其连接，或将其移除。' },
  },
  'node-unused': {
    cases: {
      any: {
        message: '{layer} 的结果没有到达任何输出。',
        expected: '从 {layer} 到 {end} 的路径',
        fix: '将 {layer} 接往 {end}，或将其移除。',
      },
    },
    otherwise: { message: '有一个层的结果没有到达任何输出。', fix: '将其接往输出，或将其移除。' },
  },
} as const satisfies Partial<Record<ProblemCode, Translated>>
