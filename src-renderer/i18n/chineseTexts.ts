/** The catalogue in Chinese: loaded when the language is chosen, so that others do not wait for it. */
import { chinese } from './zh'

export const chineseTexts = { messages: chinese } as const
