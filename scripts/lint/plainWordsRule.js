/** ESLint rule: comments and texts use the field's plain words, spelled the American way. CONTRIBUTING.md has the list. */

/**
 * What to avoid, and what to write instead.
 * @type {readonly (readonly [RegExp, string])[]}
 */
const words = [
  [/\bwhoever\b/i, 'the user, the caller'],
  [/\bwhatever\b/i, 'any, regardless of'],
  [/\b(?:is|are|was|were|be|been) told\b/i, 'reports, says, shows'],
  [/\b(?:goes|going|gone|went|go) on\b(?! (?:disk|the|a|top|sale)\b)/i, 'continues, resumes, runs'],
  [/\b(?:give|gives|gave|given|giving) up\b/i, 'cancels, stops, drops'],
  [/\b(?:nobody|somebody|anybody)\b/i, 'no one, the user, or the passive'],
  [/\b(?:mend|mends|mended|mending)\b/i, 'fix'],
  [/\bthought better of it\b/i, 'canceled'],
  [/\bin vain\b/i, 'without effect'],
  [
    /\b(?:\d+|bytes|bits|times|numbers?|steps|batches|images|samples|rows|lines|calls|multiply-adds|ms|operations) an? (?:sample|epoch|second|minute|step|batch|layer|class|channel|row|run)\b/i,
    'per',
  ],
  [/\b(?:colour|grey|behaviour|centre|artefact|neighbour)/i, 'American spelling'],
  [
    /\b(?:normalis|initialis|optimis|standardis|serialis|recognis|organis)(?:e|ed|es|er|ing|ation)/i,
    'American spelling',
  ],
  [/\b(?:cancelled|cancelling|labelled|labelling|modelled|unlabelled|licence)\b/i, 'American spelling'],
]

/** @type {import('eslint').Rule.RuleModule} */
export const plainWordsRule = {
  meta: {
    type: 'suggestion',
    docs: { description: 'comments and texts avoid the words that CONTRIBUTING.md lists' },
    schema: [],
  },
  create(context) {
    /** @param {string} text @param {{ loc?: import('estree').SourceLocation | null }} node */
    const check = (text, { loc }) => {
      // Code in backticks is not prose, and neither is a single word.
      const prose = text.replace(/`[^`]*`/g, '')
      if (loc === undefined || loc === null || !/\s/.test(prose.trim())) return
      for (const [pattern, instead] of words) {
        const [found] = prose.match(pattern) ?? []
        if (found !== undefined) context.report({ loc, message: `Instead of “${found}” write: ${instead}.` })
      }
    }
    return {
      Program(node) {
        for (const comment of context.sourceCode.getAllComments()) check(comment.value, comment)
        const { templateBody } = /** @type {{ templateBody?: { comments?: import('estree').Comment[] } }} */ (node)
        for (const comment of templateBody?.comments ?? []) check(comment.value, comment)
      },
      Literal(node) {
        if (typeof node.value === 'string') check(node.value, node)
      },
      TemplateElement(node) {
        check(node.value.raw, node)
      },
    }
  },
}
