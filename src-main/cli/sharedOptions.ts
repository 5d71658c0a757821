/** Options shared by several commands. */

export const setOption = {
  set: {
    type: 'list',
    value: 'path=value',
    doc: 'Change a project setting, e.g. training.optimizer.momentum=0.9 or graph.nodes.conv1.params.padding=2. Can be repeated.',
  },
} as const

export const jsonLines = { type: 'flag', doc: 'Print one JSON object per line, for scripts.' } as const
