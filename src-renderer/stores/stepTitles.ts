/**
 * Titles of pre-transforms and transforms by kind. Their screens provide them: the window loads no catalog until one is
 * opened.
 */
import { shallowRef } from 'vue'
import type { Text } from '#core/base/text'

export const stepTitles = shallowRef<ReadonlyMap<string, Text>>(new Map())
