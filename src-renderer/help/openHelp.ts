/** Opens the help at a topic, from a question mark in any panel head. */
import { navigate } from '../frame/router'
import type { HelpTopicName } from './topics'

export function openHelp(topic: HelpTopicName | 'keyboard'): void {
  navigate('help', [topic])
}
