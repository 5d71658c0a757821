import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { ref } from 'vue'
import { useSession } from '../../../src-renderer/frame/sessionStore'

beforeEach(() => setActivePinia(createPinia()))

describe('the session', () => {
  it('shows nothing before a source is registered', () => {
    const { project, liveRun, marks, facts, refused } = useSession()
    expect([project, liveRun, marks, facts, refused]).toEqual([null, null, {}, [], 0])
  })

  it('follows what its sources read', () => {
    const name = ref('Digits')
    const session = useSession()
    session.show({ project: () => ({ name: name.value, dirty: false, readOnly: false }) })
    expect(session.project?.name).toBe('Digits')
    name.value = 'Letters'
    expect(session.project?.name).toBe('Letters')
  })

  it('joins the marks of several sources', () => {
    const errors = ref(2)
    const session = useSession()
    session.show({ marks: () => ({ ...(errors.value > 0 && { model: errors.value }) }) })
    session.show({ marks: () => ({ train: 'live' }) })
    expect(session.marks).toEqual({ model: 2, train: 'live' })
    errors.value = 0
    expect(session.marks).toEqual({ train: 'live' })
  })

  it('passes the choice of a device on, and shows the one that its owner has', () => {
    const chosen = ref('cpu')
    const session = useSession()
    session.show({ device: () => chosen.value, chooseDevice: (id) => (chosen.value = `${id} of the project`) })
    session.chooseDevice('cuda')
    expect(session.device).toBe('cuda of the project')
  })
})
