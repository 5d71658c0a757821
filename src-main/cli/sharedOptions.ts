/** Options that several commands have. */

export const setOption = {
  set: {
    type: 'list',
    value: 'path=value',
    doc: 'Change a setting of the project, e.g. training.optimizer.momentum=0.9 or graph.nodes.conv1.params.padding=2. May be repeated.',
  },
} as const

export const jsonLines = { type: 'flag', doc: 'Print one JSON object a line, for scripts.' } as const
