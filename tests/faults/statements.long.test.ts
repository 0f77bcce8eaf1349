import { createMemoryArtifacts, startTestDatabase } from '@goalpost/testing'
import { migrate } from '@goalpost/store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openInvariants, type Invariants } from './invariants.ts'
import { live, type Life } from './life.ts'
import { startGateway, type Gateway, type Statement, type Strike } from './statement-gateway.ts'

/**
 * Every sort of transaction in an experiment's life is struck once: before it is committed, and after, with the answer
 * lost. The experiment ends with the hash of an undisturbed one, and all invariants hold.
 */
let database: Awaited<ReturnType<typeof startTestDatabase>>
let gateway: Gateway
let invariants: Invariants
const artifacts = createMemoryArtifacts()
let url: string
let plain: Awaited<ReturnType<typeof rehearse>>

beforeAll(async () => {
  database = await startTestDatabase({ prepare: migrate })
  const direct = new URL(database.url)
  gateway = await startGateway({ host: direct.hostname, port: Number(direct.port) })
  direct.port = String(gateway.port)
  url = direct.href
  plain = await rehearse()
  invariants = await openInvariants(database.url, (hash) => artifacts.read(hash))
})
afterAll(async () => {
  await gateway.close()
  await invariants.close()
  await database.close()
})

const isWrite = (sql: string) => /\b(INSERT INTO|UPDATE|DELETE FROM)\b/.test(sql)
const isLoneWrite = ({ sql, isAlone }: Statement) => isAlone && isWrite(sql)
/** All that makes something lasting: the end of a transaction, and statements that are one. */
const isCommit = (statement: Statement) =>
  (statement.sql === 'COMMIT' && statement.before.length > 0) || isLoneWrite(statement)

/** Transactions of one sort execute the same statements. */
const sortOf = ({ sql, before, isAlone }: Statement) => (isAlone ? sql : before.join('\n'))

/** The sorts of transactions in an undisturbed life, and its hash. */
async function rehearse() {
  const sorts = new Set<string>()
  const alone = new Set<string>()
  gateway.watch((statement) => {
    if (isCommit(statement)) sorts.add(sortOf(statement))
    if (isLoneWrite(statement)) alone.add(sortOf(statement))
  })
  const { hash } = await live({ url, artifacts })
  gateway.watch(null)
  return { sorts, alone, hash }
}

/** Strikes the first commit of every sort, those included that only the disturbance brings about. */
function strikeEverySort(strike: Omit<Strike, 'at'>, only: RegExp = /./): ReadonlySet<string> {
  const struck = new Set<string>()
  const at = (statement: Statement) =>
    isCommit(statement) && !struck.has(sortOf(statement)) && only.test(sortOf(statement))
  const armAgain = (): void =>
    void gateway.arm({ ...strike, at }).then((statement) => {
      struck.add(sortOf(statement))
      armAgain()
    })
  armAgain()
  return struck
}

/** The tables that such transactions write to. */
function tablesIn(sorts: ReadonlySet<string>): Set<string> {
  const write = /(?:INSERT INTO|UPDATE|DELETE FROM) (?:"public"\.)?"?(\w+)/g
  return new Set([...sorts].flatMap((sort) => [...sort.matchAll(write)].map(([, table = '']) => table)))
}

async function expectToSurvive(life: Partial<Life>) {
  const lived = await live({ url, artifacts, ...life })
  gateway.disarm()
  expect([lived.state, lived.hash]).toEqual(['succeeded', plain.hash])
  expect(await invariants.check('at rest')).toEqual([])
  return lived
}

const strikes = [
  ['before', { moment: 'before', how: 'cut' }],
  ['after', { moment: 'after', how: 'cut' }],
] as const

describe('an experiment', () => {
  it.each(strikes)('survives connections that break %s the commit of every sort of transaction', async (_, strike) => {
    expect(plain.hash).toMatch(/^[0-9a-f]{64}$/)
    expect(plain.sorts.size).toBeGreaterThan(10)
    const struck = strikeEverySort(strike)
    await expectToSurvive({})
    // Not sort by sort: a disturbed life takes other ways.
    const tables = tablesIn(struck)
    expect([...tablesIn(plain.sorts)].filter((table) => !tables.has(table))).toEqual([])
    expect(struck.size).toBeGreaterThan(10)
    expect([...plain.alone].filter((sort) => !struck.has(sort))).toEqual([])
    expect(plain.alone.size).toBeGreaterThan(0)
  })

  it.each(strikes)('survives the same %s commits while it is cancelled and retried', async (_, strike) => {
    const struck = strikeEverySort(strike)
    await expectToSurvive({ cancelled: true })
    expect([...struck].filter((sort) => !plain.sorts.has(sort)).length).toBeGreaterThan(1)
  })

  it('survives connections that fall silent after the commit, with neither an answer nor an end', async () => {
    const struck = strikeEverySort(
      { moment: 'after', how: 'hold' },
      /INSERT INTO (attempts|checkpoints|measures)|lease_until = c\.now/,
    )
    await expectToSurvive({})
    expect(struck.size).toBeGreaterThan(3)
  })

  it('survives clocks that jump while a lease is held: forth, its task is taken back at once, and back, it is kept', async () => {
    const hours = 3_600_000
    const { heldJumps } = await expectToSurvive({ heldJumpsMs: [-5 * hours, 5 * hours, 5 * hours] })
    expect(heldJumps).toEqual([
      { jumpMs: -5 * hours, reaped: 0 },
      { jumpMs: 5 * hours, reaped: 1 },
      { jumpMs: 5 * hours, reaped: 1 },
    ])
  })

  it('survives clocks that jump by hours between attempts, forth and back', async () => {
    await expectToSurvive({ jump: (clock, round) => clock.advance((round % 2 === 0 ? 5 : -5) * 3_600_000) })
  })
})
