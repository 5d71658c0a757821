import { describe, expect, it } from 'vitest'
import { lowerCase } from '#core/text/lowerCase'
import { tokenize } from '#core/text/tokenize'

const words = (text: string) => tokenize(text, 'word')
const characters = (text: string) => tokenize(text, 'character')

describe('lower case', () => {
  it('is the same in all locales, and does not affect scripts without case', () => {
    expect(lowerCase('FREE Money! ÀÉÎ ÇA ΑΘΗΝΑ ПРИВЕТ 中文 Ⅷ İI')).toBe('free money! àéî ça αθηνα привет 中文 ⅷ i̇i')
  })
})

describe('words', () => {
  it('are runs of letters and digits', () => {
    expect(words('Win $1000 now!!! (call 0800-555)')).toEqual(['Win', '1000', 'now', 'call', '0800', '555'])
    expect(words("don't e-mail me@example.org snake_case")).toEqual([
      'don',
      't',
      'e',
      'mail',
      'me',
      'example',
      'org',
      'snake',
      'case',
    ])
    expect(words('naïve Straße Łódź Привет שלום مرحبا 한국어 단어')).toEqual([
      'naïve',
      'Straße',
      'Łódź',
      'Привет',
      'שלום',
      'مرحبا',
      '한국어',
      '단어',
    ])
  })

  it('are single characters in Chinese and Japanese, also next to other letters', () => {
    expect(words('今天win100元，真的吗？')).toEqual(['今', '天', 'win100', '元', '真', '的', '吗'])
    expect(words('ひらカタ漢')).toEqual(['ひ', 'ら', 'カ', 'タ', '漢'])
  })

  it('outside the basic plane are kept intact: rare Chinese characters, old letters; emoji separate', () => {
    expect(words('𠮷野家')).toEqual(['𠮷', '野', '家'])
    expect(words('𐐷𐐩𐑌 mixed𝒜𝒷')).toEqual(['𐐷𐐩𐑌', 'mixed𝒜𝒷'])
    expect(words('buy🎉now 👩‍👩‍👧 ok👍🏽')).toEqual(['buy', 'now', 'ok'])
  })

  it('keep their marks, and combining accents equal precomposed ones', () => {
    expect(words('cafe\u0301 noir')).toEqual(['café', 'noir'])
    expect(words('cafe\u0301')).toEqual(words('caf\u00e9'))
    expect(words('हिन्दी में')).toEqual(['हिन्दी', 'में'])
    expect(words('q\u0307\u0323x')).toEqual(['q\u0323\u0307x'])
  })

  it('do not occur in an empty text, in spaces, in punctuation and in lone surrogates', () => {
    for (const text of ['', '  \n\t', '…!?—', '\ud83d', '\udc00 \ud800'])
      expect(words(text), JSON.stringify(text)).toEqual([])
    expect(words('a\ud83db')).toEqual(['a', 'b'])
  })

  it('do not depend on previously tokenized texts', () => {
    expect([words('one two'), words('one two')]).toEqual([
      ['one', 'two'],
      ['one', 'two'],
    ])
  })
})

describe('characters', () => {
  it('are whole, including spaces', () => {
    expect(characters('Hi 中👍')).toEqual(['H', 'i', ' ', '中', '👍'])
    expect(characters('e\u0301')).toEqual(['é'])
  })

  it('that are damaged become the replacement character, so that they can be stored', () => {
    expect(characters('a\ud83d')).toEqual(['a', '\ufffd'])
    expect(characters('\udc4da')).toEqual(['\ufffd', 'a'])
  })
})
