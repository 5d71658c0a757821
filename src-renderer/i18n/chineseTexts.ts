/** Everything Chinese that is not in the catalogues: loaded when the language is chosen, so that others do not wait for it. */
import { translateProblem } from '#core/problems/translate'
import { chinese } from './zh'

export const chineseTexts = { messages: chinese, translateProblem } as const
