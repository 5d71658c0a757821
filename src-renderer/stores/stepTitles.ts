/** Titles of pre-transforms by kind. The Data screen brings them: the window does not load the catalogue before it is opened. */
import { shallowRef } from 'vue'
import type { Text } from '#core/base/text'

export const stepTitles = shallowRef<ReadonlyMap<string, Text>>(new Map())
