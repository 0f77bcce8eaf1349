import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { errorMessage, experimentSpec, GoalpostError } from '@goalpost/contracts'
import { ImportedModelError, inspectModel } from '@goalpost/engine'
import { environments } from '@goalpost/environments'
import { resolveSpec } from '@goalpost/experiments'
import { protocols } from '@goalpost/protocols'
import { createRng } from '@goalpost/random'
import { createRandom, fuzzFactor, fuzzSeed, mutateBytes, mutateText } from '@goalpost/testing'
import { decodeUtf8, parseDocument } from '@goalpost/validation'
import { afterAll, describe, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const examples = readdirSync(path.join(root, 'examples')).filter((name) => name.endsWith('.yaml'))
const mostMs = 5_000
const counts: Record<string, { read: number; refused: number }> = {}
afterAll(() => {
  if (fuzzFactor > 1) process.stdout.write(`${JSON.stringify(counts)}\n`)
})

type Attempt = { readonly what: string; readonly input: string | Uint8Array; readonly work: () => unknown }

/** Reads it, or refuses it with an error of its kind, and in time. */
function attempt({ what, input, work }: Attempt, isRefusal: (error: unknown) => boolean): void {
  const count = (counts[what] ??= { read: 0, refused: 0 })
  const begun = performance.now()
  try {
    work()
    count.read++
  } catch (error) {
    if (!isRefusal(error)) {
      const shown = typeof input === 'string' ? JSON.stringify(input) : Buffer.from(input).toString('base64')
      throw new Error(`${what}: ${errorMessage(error)} for ${shown.slice(0, 4_000)}`, { cause: error })
    }
    count.refused++
  }
  expect(performance.now() - begun, `time for ${what}`).toBeLessThan(mostMs)
}

const rounds = (count: number) => Math.ceil(count * fuzzFactor)

test.each(examples)('the spec %s, changed at random, is read or refused with the reason', (name) => {
  const random = createRandom(fuzzSeed)
  const text = readFileSync(path.join(root, 'examples', name), 'utf8')
  for (let round = 0; round < rounds(10); round++) {
    const input = mutateText(text, random)
    const work = (): void => {
      const parsed = experimentSpec.safeParse(parseDocument(input, 'yaml'))
      if (!parsed.success) throw new GoalpostError('invalid-request', parsed.error.message)
      // Protocols parse levels, methods and policies that a spec names.
      if (!resolveSpec(parsed.data, protocols).ok) throw new GoalpostError('invalid-spec', 'refused')
    }
    attempt({ what: 'specs', input, work }, (error) => error instanceof GoalpostError)
  }
})

test('bytes changed at random are read as text and YAML, or refused', () => {
  const random = createRandom(fuzzSeed)
  const bytes = readFileSync(path.join(root, 'examples', 'corner.yaml'))
  for (let round = 0; round < rounds(200); round++) {
    const input = mutateBytes(bytes, random)
    const format = random.choose(['yaml', 'json'] as const)
    const work = () => parseDocument(decodeUtf8(input, 'The body'), format)
    attempt({ what: 'documents', input, work }, (error) => error instanceof GoalpostError)
  }
})

test('an ONNX file, changed at random, is inspected or refused with the reason', () => {
  const random = createRandom(fuzzSeed)
  const bytes = readFileSync(path.join(root, 'examples/policies/pytorch-corner.onnx'))
  for (let round = 0; round < rounds(200); round++) {
    // Most of a file are weights, whose values mean nothing to the parser.
    const head = mutateBytes(bytes.subarray(0, 2_000), random)
    const input = random.below(2) === 0 ? mutateBytes(bytes, random) : Buffer.concat([head, bytes.subarray(2_000)])
    const work = () => inspectModel(input)
    attempt({ what: 'ONNX files', input, work }, (error) => error instanceof ImportedModelError)
  }
})

describe('levels', () => {
  const drawn = [...environments.values()].filter(({ parseLevel, printLevel }) => parseLevel && printLevel)

  test('most environments have drawings', () => {
    expect(drawn.length).toBeGreaterThanOrEqual(8)
  })

  test.each(drawn.map((environment) => [environment.name, environment] as const))(
    'a drawing of %s, changed at random, is read or refused with the place',
    (_name, environment) => {
      const random = createRandom(fuzzSeed)
      const parameters = environment.parameters.parse({})
      for (let round = 0; round < rounds(60); round++) {
        const level = environment.distributions[0]!.sample(parameters, createRng((round % 10) + 1, 2, 3, 4))
        const drawing = environment.printLevel!(parameters, level)
        const input = mutateText(drawing, random)
        const work = () => {
          const read = environment.parseLevel!(parameters, input)
          // What was read can be played, solved and drawn.
          environment.printLevel!(parameters, read)
          environment.levelFromJson(parameters, JSON.parse(JSON.stringify(environment.levelToJson(read))))
        }
        attempt({ what: 'levels', input, work }, (error) => error instanceof RangeError)
      }
    },
  )
})
