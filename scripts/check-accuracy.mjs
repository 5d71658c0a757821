// The long check (`npm run accuracy`, takes minutes): verifies the accuracies promised in README and
// docs/performance.md on all of MNIST,
// from the command line like a user. If /usr/bin/python3 has torch, the MLP is compared with the same script there.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'layerloom-accuracy-'))
let missed = 0

/** Trains a sample project and returns its `finished` line. */
function train(project, epochs) {
  const words = ['out/main/cli.js', 'train', `resources/projects/${project}.loom`, '--epochs', String(epochs), '--json']
  const out = join(folder, `${project}-${epochs}`)
  const { stdout, status } = spawnSync(process.execPath, [...words, '--out', out], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1e9,
  })
  const last = JSON.parse(stdout.trimEnd().split('\n').at(-1))
  if (status !== 0) throw new Error(last.message)
  return last
}

function report(what, value, reached) {
  if (!reached) missed++
  console.log(`${reached ? 'reached' : 'MISSED '}  ${what}: ${value}`)
}

const percent = (share) => `${(100 * share).toFixed(2)} %`

function checkCnn() {
  const after = [1, 2, 3, 4, 5, 6].map((epochs) => train('mnist-cnn', epochs))
  const accuracy = after.map(({ test }) => test.accuracy)
  report('mnist-cnn after 1 epoch, at least 97.5 %', percent(accuracy[0]), accuracy[0] >= 0.975)
  report('mnist-cnn after 5 epochs, at least 98.8 %', percent(accuracy[4]), accuracy[4] >= 0.988)
  const first = accuracy.findIndex((value) => value >= 0.99)
  const seconds = first < 0 ? 'not within 6 epochs' : `${after[first].seconds.toFixed(1)} s, ${first + 1} epochs`
  report('mnist-cnn to 99 % of the test set, under 20 s', seconds, first >= 0 && after[first].seconds < 20)
}

function checkMlp() {
  const ours = train('mnist-mlp', 5).test.accuracy
  const { stdout, status } = spawnSync('/usr/bin/python3', [join(root, 'scripts/torch_mlp.py')], { encoding: 'utf8' })
  if (status !== 0)
    return console.log(`skipped  mnist-mlp against PyTorch, which /usr/bin/python3 does not have: ${percent(ours)}`)
  const theirs = JSON.parse(stdout).accuracy
  const apart = Math.abs(ours - theirs)
  report(
    'mnist-mlp within 0.5 points of PyTorch after 5 epochs',
    `${percent(ours)} and ${percent(theirs)}`,
    apart <= 0.005,
  )
}

try {
  checkMlp()
  checkCnn()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exitCode = missed === 0 ? 0 : 1
