/** Opens the help at a topic, from the question mark in a panel header. */
import { navigate } from '../frame/router'
import type { HelpTopicName } from './topics'

export function openHelp(topic: HelpTopicName | 'keyboard'): void {
  navigate('help', [topic])
}
