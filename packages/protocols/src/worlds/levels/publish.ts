import type { JsonObject, TablePart } from '@goalpost/contracts'
import { decodeSuiteFacts, redrawLevels, suiteText } from '@goalpost/evaluation'
import { hashSalt, type ToolFile } from '@goalpost/experiments'
import { z } from 'zod'
import { defineTool, ToolFault } from '@goalpost/protocol-kit'
import { suiteStream } from '../suites/secret-suite.ts'
import type { ReadPlayed } from './played-condition.ts'
import { suiteMediaType } from './present.ts'
import { chooseSecretSuites, type ChosenSuite, type ChosenSuites } from './secret-suites.ts'
import { environmentOf } from '../environment-of.ts'

const publishing = z.strictObject({
  experiment: z.uuid().meta({ format: 'goalpost-experiment' }).describe('The experiment, which must have ended'),
  suite: z.string().max(40).optional().describe('Its name; default: all secret suites of the experiment'),
})

type Published = ChosenSuite & { readonly hash: string; readonly file: ToolFile }

/** Redraws the levels with the operator's salt: no file that shows them was kept. */
export const createPublish = (read: ReadPlayed) =>
  defineTool<z.infer<typeof publishing>, ChosenSuites>({
    group: 'levels',
    name: 'publish',
    summary: 'publish the levels of secret suites after the verdict',
    description:
      'Writes a file for every secret suite of an experiment that has ended. Its SHA-256 is the suite hash that the report has ' +
      'always shown. Published levels are known: change the salt before the next evaluation. Needs a key with the ' +
      'scope admin.',
    operands: ['experiment'],
    forOperators: true,
    arguments: publishing,
    experiment: ({ experiment: id }) => ({ id, pointer: '/experiment' }),
    choose: (given, evidence) => chooseSecretSuites(given, evidence, read),
    run(_, files, { chosen, salt }) {
      const published = (chosen?.suites ?? []).map((suite) => publishSuite(suite, files.get(suite.facts), salt))
      return {
        report: {
          title: 'Secret suites, published',
          summary: `${checking} ${warning}`,
          parts: [suitesTable(published)],
        },
        data: { suites: published.map(describe), saltHash: hashSalt(salt), check: checking, warning },
        files: published.map(({ file }) => file),
      }
    },
  })

const checking =
  'The SHA-256 of each file (sha256sum FILE) must equal the suite hash in the report, which was there before the levels were published.'
const warning =
  'These levels are now known: give the service another salt before anything else is evaluated on a suite like this.'

function publishSuite(chosen: ChosenSuite, bytes: Uint8Array | undefined, salt: string | null): Published {
  const { world } = chosen
  requireSalt(chosen, salt)
  const { hash } = decodeSuiteFacts(bytes ?? new Uint8Array())
  const environment = environmentOf(world.environment)
  const { parameters, levelsFrom: source, levels: count } = world
  const request = { source, levels: count, seed: suiteStream(world, salt), hash }
  const levels = redrawLevels(environment, parameters, request)
  if (levels === null) {
    const message = `was judged on a suite ${world.name} that this version draws differently`
    const remedy = 'Use the version in its manifest'
    throw new ToolFault({ pointer: '/experiment', message, remedy })
  }
  const name = `${world.name}-${hash.slice(0, 12)}.json`
  return {
    ...chosen,
    hash,
    file: { name, mediaType: suiteMediaType, text: suiteText(environment, parameters, levels) },
  }
}

function requireSalt({ world: { seed, name } }: ChosenSuite, salt: string | null): void {
  if (typeof seed === 'object' && seed.secret === hashSalt(salt)) return
  const wanted = typeof seed === 'object' ? seed.secret : ''
  const has = salt === null ? 'none' : `the one with the hash ${hashSalt(salt)}`
  const message = `has a suite ${name} with the salt of hash ${wanted}, but this service has ${has}`
  const remedy = 'Start the API with the previous GOALPOST_SUITE_SALT to publish it'
  throw new ToolFault({ pointer: '/experiment', message, remedy })
}

function suitesTable(published: readonly Published[]): TablePart {
  const columns = ['suite', 'conditions', 'levels', 'hash'].map((title) => ({ title }))
  const rows = published.map(({ world, conditions, hash }) => ({
    cells: [{ text: world.name }, { text: conditions.join(', ') }, { text: String(world.levels) }, { text: hash }],
    emphasis: false,
  }))
  return {
    type: 'table',
    title: 'Suites',
    columns,
    rows,
    notes: ['`goalpost levels show HASH --index 3` shows a level.'],
  }
}

function describe({ world, conditions, hash, file }: Published): JsonObject {
  return { name: world.name, conditions: [...conditions], levels: world.levels, hash, file: file.name }
}
