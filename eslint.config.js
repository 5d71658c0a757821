// All rules in one file; every exception is next to its reason. The order of folders is a table in scripts/lint.
import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'
import { folderOrderRule } from './scripts/lint/folderOrderRule.js'
import { sides } from './scripts/lint/folders.js'
import { plainWordsRule } from './scripts/lint/plainWordsRule.js'

/** Inside src-core, imports are relative, and nothing needs Node, a page or native code. */
const plainCore = restrictImports('src-core/**', [
  { regex: '^#core/', message: 'Inside src-core imports are relative.' },
  {
    regex: '^(node:|electron|vue|pinia|onnxruntime-node)',
    message: 'src-core is plain ECMAScript: no Node, no DOM, no native code.',
  },
])

/** Its restrictions count for the whole process, so one module makes them, once. */
const imageLibrary = {
  regex: '^sharp$',
  message: 'Import sharp from data/readers/imageLibrary, which restricts it first.',
}

const sideWalls = Object.entries(sides)
  .filter(([side]) => side !== 'src-core')
  .map(([side, allowed]) => {
    const others = Object.keys(sides).filter((other) => other !== side)
    const message = `${side} may import ${allowed.map((name) => `${name} as #core/…`).join(', ') || 'no other side'}.`
    const patterns = [{ regex: `(^|/)(${others.join('|')})/`, message }]
    if (!allowed.includes('src-core')) patterns.push({ regex: '^#core/', message })
    if (side === 'src-renderer')
      patterns.push({
        regex: '^(node:|electron)',
        message: 'The window has no Node: ask the host through a procedure.',
      })
    if (side === 'src-main') patterns.push(imageLibrary)
    return restrictImports(`${side}/**`, patterns)
  })

/** @param {string} files @param {object[]} patterns */
function restrictImports(files, patterns) {
  return { files: [`${files}/*.{ts,vue}`], rules: { 'no-restricted-imports': ['error', { patterns }] } }
}

/** Prettier lays templates out. */
const layoutIsPrettiers = Object.fromEntries(
  [
    'first-attribute-linebreak',
    'html-closing-bracket-newline',
    'html-indent',
    'html-self-closing',
    'max-attributes-per-line',
    'multiline-html-element-content-newline',
    'singleline-html-element-content-newline',
  ].map((rule) => [`vue/${rule}`, 'off']),
)

/**
 * The suffix defines where a test runs: *.test.ts in Node, *.spec.ts in a browser; tests are never next to their
 * source.
 */
const suffixes = [
  [['**/*.spec.ts'], ['test/e2e/**'], 'Browser tests (*.spec.ts) live in test/e2e; name this *.test.ts.'],
  [['test/e2e/**/*.test.ts'], [], 'Tests in test/e2e run in a browser and are called *.spec.ts.'],
  [['src-*/**/*.test.ts'], [], 'Tests live in test/, which mirrors the sources.'],
].map(([files, ignores, message]) => ({
  files,
  ignores,
  rules: { 'no-restricted-syntax': ['error', { selector: 'Program', message }] },
}))

/** Imports of ONNX Runtime; the engine uses it through the interfaces of src-main/engine/device. */
const RUNTIME = '/^onnxruntime-|[/]onnxruntime[/]/'
const runtimeWall = {
  files: ['src-*/**/*.{ts,vue}', 'test/**/*.ts'],
  ignores: [
    'src-main/engine/device/onnxruntime/**',
    // The list of runtimes.
    'src-main/engine/device/runtimes.ts',
    // What a graph must do is asked of ONNX Runtime itself, and so is its own profile.
    'test/support/runOnnx.ts',
    'test/core/**/{webgpu,embedding}.test.ts',
    'test/bench/profile.ts',
  ],
  rules: {
    'no-restricted-syntax': [
      'error',
      {
        selector: `:matches(ImportDeclaration, ImportExpression, ExportNamedDeclaration, ExportAllDeclaration)[source.value=${RUNTIME}], TSImportType[argument.literal.value=${RUNTIME}]`,
        message: 'Use the interfaces of src-main/engine/device: ONNX Runtime is one of its runtimes.',
      },
    ],
  },
}

export default tseslint.config(
  { ignores: ['out/', 'node_modules/', 'release/', 'runs/', 'coverage/', 'test/fixtures/'] },
  ...tseslint.configs.recommendedTypeChecked,
  ...vue.configs['flat/recommended'],
  {
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  },
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: tseslint.parser } } },
  { files: ['**/*.{js,mjs}'], extends: [tseslint.configs.disableTypeChecked] },
  {
    files: ['**/*.{ts,vue}'],
    rules: {
      'max-lines': ['error', 400],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // An interface that may wait is also kept by those who need not.
      '@typescript-eslint/require-await': 'off',
      // Templates name their numbers' form where it matters; a plain number in a message is fine.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
    },
  },
  {
    // A describe block is a chapter, not a function; Vitest's matchers (expect.any, expect.stringContaining) are `any`.
    files: ['test/**/*.ts'],
    rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
  {
    // Plain TypeScript treats exports of .vue files as `any`; vue-tsc, which resolves them, checks these files.
    files: ['src-renderer/**/*.{ts,vue}', 'test/renderer/**/*.ts'],
    rules: Object.fromEntries(
      ['argument', 'assignment', 'call', 'member-access', 'return'].map((of) => [
        `@typescript-eslint/no-unsafe-${of}`,
        'off',
      ]),
    ),
  },
  { files: ['**/*.vue'], rules: { ...layoutIsPrettiers, 'vue/require-default-prop': 'off' } },
  runtimeWall,
  ...suffixes,
  {
    files: ['src-*/**/*.{ts,vue}'],
    plugins: { layerloom: { rules: { 'folder-order': folderOrderRule } } },
    rules: { 'layerloom/folder-order': 'error' },
  },
  {
    files: ['**/*.{ts,mjs,vue}'],
    plugins: { prose: { rules: { 'plain-words': plainWordsRule } } },
    rules: { 'prose/plain-words': 'error' },
  },
  plainCore,
  ...sideWalls,
  { files: ['src-main/data/readers/imageLibrary.ts'], rules: { 'no-restricted-imports': 'off' } },
)
