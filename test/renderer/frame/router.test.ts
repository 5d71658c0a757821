/** The addresses of the screens. */
// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { addressOf, navigate, parseAddress, route } from '../../../src-renderer/frame/router'

describe('the router', () => {
  it('parses the screen and what follows it', () => {
    expect([
      parseAddress('#/runs/12'),
      parseAddress(''),
      parseAddress('#top'),
      parseAddress('#/help/'),
      parseAddress('#/model/%E5%B1%82'),
      parseAddress('#/a/%E0%A4%A'),
    ]).toEqual([
      { screen: 'runs', rest: ['12'] },
      { screen: '', rest: [] },
      { screen: '', rest: [] },
      { screen: 'help', rest: [] },
      { screen: 'model', rest: ['层'] },
      { screen: 'a', rest: ['%E0%A4%A'] },
    ])
  })

  it('round-trips addresses', () => {
    expect(parseAddress(addressOf('runs', 'a/b', '层 1'))).toEqual({ screen: 'runs', rest: ['a/b', '层 1'] })
  })

  it('keeps a way back unless it replaces', () => {
    const before = window.history.length
    navigate('help', ['data'])
    expect(route.value).toEqual({ screen: 'help', rest: ['data'] })
    navigate('help', ['train'], { replace: true })
    expect(route.value.rest).toEqual(['train'])
    expect(window.history.length).toBe(before + 1)
  })
})
