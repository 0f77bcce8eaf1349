import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

/** Without a container engine at hand, this much can be held: files that images need exist, and settings reach a reader. */
const root = path.resolve(import.meta.dirname, '..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

type Service = {
  readonly build?: { readonly dockerfile: string }
  readonly environment?: Readonly<Record<string, string>>
  readonly depends_on?: Readonly<Record<string, unknown>>
  readonly profiles?: readonly string[]
}

const { services } = parse(read('docker-compose.yml'), { merge: true }) as {
  services: Readonly<Record<string, Service>>
}
const ours = Object.entries(services).filter(([, { build }]) => build !== undefined)

describe('docker-compose.yml', () => {
  test('has database, queue, API, a CPU worker, and GPU workers behind their profiles', () => {
    expect(Object.keys(services)).toEqual(expect.arrayContaining(['postgres', 'redis', 'api', 'worker']))
    expect(services['worker-cuda']?.profiles).toEqual(['cuda'])
    expect(services['worker-tfjs-gpu']?.profiles).toEqual(['tfjs-gpu'])
  })

  test.each(ours)('%s gets no setting that its program does not read', (_, { build, environment = {} }) => {
    const program = build!.dockerfile.includes('api') ? 'api' : 'worker'
    const config = read(`apps/${program}/src/config.ts`)
    const unread = Object.keys(environment).filter((name) => !new RegExp(`\\b${name}\\b`).test(config))
    // The API adds nothing to the queue: it gets the address along with the common settings.
    expect(unread.filter((name) => !(program === 'api' && name === 'REDIS_URL'))).toEqual([])
  })

  test.each(Object.entries(services))('%s waits only for services that are there', (_, { depends_on = {} }) => {
    expect(Object.keys(depends_on).filter((name) => !(name in services))).toEqual([])
  })
})

test.each(ours.map(([, { build }]) => build!.dockerfile))('%s copies and starts what exists', (dockerfile) => {
  const lines = read(dockerfile).split('\n')
  const copied = lines
    .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
    .flatMap((line) => line.split(' ').slice(1, -1))
  expect(copied.length).toBeGreaterThan(0)
  expect(copied.filter((file) => !existsSync(path.join(root, file)))).toEqual([])
  const [, program = ''] = /^CMD \["node", "(.+)"\]$/m.exec(read(dockerfile)) ?? []
  expect(existsSync(path.join(root, program))).toBe(true)
})
