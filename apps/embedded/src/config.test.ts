import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

const root = { args: [], env: {}, uid: 0, home: '/root' }

test('root’s data is where the database’s user has access, that of others in their home', () => {
  expect(readConfig(root).dataFolder).toBe('/var/lib/goalpost/data')
  expect(readConfig({ ...root, uid: 1_000, home: '/home/ada' }).dataFolder).toBe('/home/ada/.local/share/goalpost/data')
  const xdg = { ...root, uid: 1_000, env: { XDG_DATA_HOME: '/big/disk' } }
  expect(readConfig(xdg).dataFolder).toBe('/big/disk/goalpost/data')
})

test('flags override the environment, which overrides defaults', () => {
  const env = { GOALPOST_DATA: '/from/env', GOALPOST_PORT: '1', GOALPOST_WORKERS: '3' }
  expect(readConfig({ ...root, env })).toMatchObject({ dataFolder: '/from/env', port: 1, workers: 3 })
  const args = ['--data=/from/flag', '--port=0', '--workers=7', '--host=::1']
  expect(readConfig({ ...root, env, args })).toMatchObject({
    dataFolder: '/from/flag',
    port: 0,
    workers: 7,
    host: '::1',
  })
})

test.each([['--port=65536'], ['--port=-1'], ['--port=web'], ['--workers=1.5'], ['--workers='], ['--unknown']])(
  '%s is refused',
  (flag) => {
    expect(() => readConfig({ ...root, args: [flag] })).toThrow(expect.objectContaining({ code: 'invalid-request' }))
  },
)

test('the URLs of another Goalpost never reach the programs of this one; tuning does', () => {
  const env = {
    DATABASE_URL: 'x',
    REDIS_URL: 'x',
    PGHOST: 'x',
    GOALPOST_API_KEY: 'x',
    PORT: '1',
    PATH: '/bin',
    GOALPOST_LEASE_MS: '2000',
  }
  expect(readConfig({ ...root, env }).inherited).toEqual({ PATH: '/bin', GOALPOST_LEASE_MS: '2000' })
})
