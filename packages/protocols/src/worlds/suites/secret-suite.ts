import { createHmac } from 'node:crypto'
import { GoalpostError } from '@goalpost/contracts'
import { canonicalJson, hashSalt } from '@goalpost/experiments'
import { createSecretStream, createStream, type Stream } from '@goalpost/random'
import type { SuiteWorld } from './world-inputs.ts'

/** Whether the levels follow from the operator's salt. Until publication, no file may show one. */
export function isSecret({ seed }: { readonly seed: number | object }): boolean {
  return typeof seed === 'object'
}

/**
 * The source of all randomness of a suite: its seed, or the salt together with everything that defines the suite.
 * Without the name, the parameters and the number of levels in the key, a suite with one more level would reveal one
 * level at a time by its hash, and a published suite would show the levels of its neighbours.
 *
 * @throws GoalpostError `unavailable` if the suite was planned with another salt: another worker may have it.
 */
export function suiteStream(world: SuiteWorld, salt: string | null): Stream {
  const { seed, name, environment, parameters, levelsFrom } = world
  if (typeof seed === 'number') return createStream(seed)
  if (salt === null || hashSalt(salt) !== seed.secret)
    throw new GoalpostError('unavailable', refusal(world.name, seed.secret, hashSalt(salt)))
  const identity = canonicalJson({
    format: 'goalpost/secret-suite/1',
    name,
    environment,
    parameters,
    levelsFrom,
    levels: seed.levels,
  })
  return createSecretStream(createHmac('sha256', salt).update(identity).digest())
}

function refusal(suite: string, wanted: string, own: string | null): string {
  const has = own === null ? 'this worker has no salt' : `this worker has the salt with the hash ${own}`
  return (
    `The suite ${suite} needs the salt with the hash ${wanted}, but ${has}. ` +
    'Remedy: give all workers and the API the same GOALPOST_SUITE_SALT'
  )
}
