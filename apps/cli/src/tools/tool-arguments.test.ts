import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { argumentsOf, flagsOf, helpOf, readArguments } from './tool-arguments.ts'

const argumentsSchema = {
  type: 'object',
  required: ['thing'],
  properties: {
    thing: { type: 'string', contentMediaType: 'text/plain', description: 'What it is about' },
    kind: { type: 'string', enum: ['big', 'small'], default: 'big', description: 'Which' },
    stepLimit: { type: 'integer', description: 'How long' },
    loud: { type: 'boolean', default: false, description: 'Whether to shout' },
    settings: { type: 'object', default: {}, description: 'All the rest' },
  },
}
const known = argumentsOf({ argumentsSchema })
const nameExperiment = async (text: string) => text.replace('last', 'an-id')

test('a flag shows whether it takes a value, and its help the possible values', () => {
  expect(known.map(flagsOf)).toEqual([
    '--thing <value>',
    '--kind <value>',
    '--step-limit <value>',
    '--loud',
    '--settings <value>',
  ])
  expect(known.map(helpOf)).toEqual([
    'What it is about',
    'Which: big, small (default: big)',
    'How long',
    'Whether to shout',
    'All the rest',
  ])
  expect(known.filter(({ required }) => required).map(({ name }) => name)).toEqual(['thing'])
})

test('texts are converted to the schema’s types, and values that do not fit are left for the service to refuse', async () => {
  const given = { thing: '#.\n.#', kind: 'small', stepLimit: '12', loud: true, settings: '{size: 3, names: [a]}' }
  expect(await readArguments(known, given, nameExperiment)).toEqual({
    ...given,
    stepLimit: 12,
    settings: { size: 3, names: ['a'] },
  })
  expect(await readArguments(known, { stepLimit: 'many', settings: '{size' }, nameExperiment)).toEqual({
    stepLimit: 'many',
    settings: '{size',
  })
})

test('a long text is read from the file of this name, if there is one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'goalpost-tool-'))
  const file = join(folder, 'thing.txt')
  await writeFile(file, 'what the file says')
  expect(await readArguments(known, { thing: file }, nameExperiment)).toEqual({ thing: 'what the file says' })
  expect(await readArguments(known, { thing: `${file}.gone` }, nameExperiment)).toEqual({ thing: `${file}.gone` })
  await rm(folder, { recursive: true })
})

test('a text that begins with an experiment is sent with its id', async () => {
  const properties = { runs: { type: 'string', format: 'goalpost-experiment' }, thing: { type: 'string' } }
  const given = { runs: 'last:a/3', thing: 'last' }
  const read = await readArguments(argumentsOf({ argumentsSchema: { properties } }), given, nameExperiment)
  expect(read).toEqual({ runs: 'an-id:a/3', thing: 'last' })
})
