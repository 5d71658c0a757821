/** Handlers of `inference`. */
import { predictWithRun } from '../../inference/predictor'
import { procedures } from '../procedures'

const { inference } = procedures

export const inferenceHandlers = inference.router({
  predict: inference.predict.handler(({ context, input: { run, input } }) =>
    predictWithRun(context, context.library.path(run), input),
  ),
})
