import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

/** Code above protocols is independent of them: these words may only be used in protocols and below. */
const words =
  /\b(rl-?shift|lm-?shift|goodhart|dish|cheese|alpha|policy|policies|proxy|oracle|ppo|rollout|best-?of-?n|utility|utilities|hill|reward|suite|suites|persona|sycophancy|sycophantic|vocabulary|pretraining|transformer)\b/i

const above = ['contracts', 'experiments', 'store', 'queue', 'artifacts', 'telemetry', 'client'].map(
  (name) => `packages/${name}/src`,
)
const apps = ['api', 'worker', 'cli', 'embedded'].map((name) => `apps/${name}/src`)

const root = path.resolve(import.meta.dirname, '..')

export function findWords(source: string): string[] {
  return source
    .split('\n')
    .map((line, index) => ({ line, match: words.exec(line), number: index + 1 }))
    .filter(({ line, match }) => match !== null && !allowed.some((pattern) => pattern.test(line)))
    .map(({ line, number }) => `${number}: ${line.trim()}`)
}

/** Files in which one of the words has another meaning. */
const allowed = [
  /content-?security-?policy|cross-?origin|maxmemory-policy|ratelimit-policy/i,
  /trust-?proxy|reverse proxy|TLS/i,
  /new Proxy\(/,
]

function sourcesBelow(folder: string): string[] {
  return readdirSync(path.join(root, folder))
    .map((name) => path.join(folder, name))
    .flatMap((file) => {
      if (statSync(path.join(root, file)).isDirectory()) return file.endsWith('generated') ? [] : sourcesBelow(file)
      return file.endsWith('.ts') && !file.endsWith('.test.ts') ? [file] : []
    })
}

test.each([...above, ...apps])('%s names no protocol', (folder) => {
  const files = sourcesBelow(folder)
  expect(files.length).toBeGreaterThan(0)
  const found = files.flatMap((file) =>
    findWords(readFileSync(path.join(root, file), 'utf8')).map((hit) => `${file}:${hit}`),
  )
  expect(found).toEqual([])
})

test('the guard finds these words', () => {
  expect(findWords("if (protocol === 'rl-shift')\nconst alpha = 1\nconst fine = 1")).toHaveLength(2)
})
