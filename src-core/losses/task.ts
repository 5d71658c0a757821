/** What a network learns to predict: a class, or numbers. */
export const tasks = ['classification', 'regression'] as const
export type Task = (typeof tasks)[number]
