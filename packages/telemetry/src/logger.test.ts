import { describe, expect, it } from 'vitest'
import { createLogger, withoutPassword } from './logger.ts'

function capture(level: 'debug' | 'info' = 'info') {
  const lines: Record<string, unknown>[] = []
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) }
  return { logger: createLogger({ service: 'test', level, destination }), lines }
}

describe('createLogger', () => {
  it('writes one JSON object per message with service, level and ISO time', () => {
    const { logger, lines } = capture()
    logger.info({ taskId: 't1' }, 'claimed')
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({ service: 'test', level: 'info', taskId: 't1', msg: 'claimed' })
    expect(new Date(lines[0]!.time as string).toISOString()).toBe(lines[0]!.time)
  })

  it.each(['authorization', 'apiKey', 'password', 'cookie', 'salt'])(
    'never writes %s, at any of three depths',
    (field) => {
      const { logger, lines } = capture()
      logger.info(
        { [field]: 'hunter2', headers: { [field]: 'hunter2' }, req: { headers: { [field]: 'hunter2' } } },
        'in',
      )
      expect(JSON.stringify(lines)).not.toContain('hunter2')
    },
  )

  it('never writes the password of a URL in an error', () => {
    const { logger, lines } = capture()
    logger.error({ err: new Error('cannot reach postgresql://me:hunter2@db:5432/x') }, 'down')
    expect(JSON.stringify(lines)).not.toContain('hunter2')
    expect(JSON.stringify(lines)).toContain('postgresql://me:***@db:5432/x')
  })

  it('never writes the client that a pool of pg adds to an error', () => {
    const { logger, lines } = capture()
    const client = { processID: 7, secretKey: 'hunter2' }
    logger.error({ err: Object.assign(new Error('lost'), { client, code: '57P01' }) }, 'queue trouble')
    expect(JSON.stringify(lines)).not.toContain('hunter2')
    expect(lines[0]).toMatchObject({ err: { message: 'lost', code: '57P01' } })
  })

  it('stays silent below its level', () => {
    const { logger, lines } = capture('info')
    logger.debug('detail')
    expect(lines).toEqual([])
  })
})

describe('withoutPassword', () => {
  it('does not change URLs without a password', () => {
    expect(withoutPassword('redis://localhost:6379/0 and https://a.b/c?d=e@f')).toBe(
      'redis://localhost:6379/0 and https://a.b/c?d=e@f',
    )
  })
})
