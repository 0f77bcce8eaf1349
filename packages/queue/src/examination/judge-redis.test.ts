import { expect, test } from 'vitest'
import { judgeRedis } from './judge-redis.ts'

/** As redis-server 8.0.2 says it, shortened. */
const well = [
  '# Server',
  'redis_version:8.0.2',
  '# Memory',
  'maxmemory:0',
  'maxmemory_policy:noeviction',
  '# Persistence',
  'aof_enabled:1',
  '# Replication',
  'role:master',
  '# Cluster',
  'cluster_enabled:0',
  '',
].join('\r\n')

test('a server as the documentation demands is well', () => {
  expect(judgeRedis(well)).toEqual([{ name: 'Redis settings', status: 'ok', detail: expect.stringContaining('8.0.2') }])
})

test.each([
  ['maxmemory_policy:noeviction', 'maxmemory_policy:allkeys-lru', 'failed', /allkeys-lru/, /CONFIG SET .* noeviction/],
  ['cluster_enabled:0', 'cluster_enabled:1', 'failed', /CROSSSLOT/, /without cluster mode/],
  ['role:master', 'role:slave', 'failed', /replica/, /primary/],
  ['redis_version:8.0.2', 'redis_version:6.0.16', 'failed', /6\.0\.16 is older than 6\.2/, /Upgrade/],
  ['aof_enabled:1', 'aof_enabled:0', 'warning', /restart loses queued jobs/, /appendonly yes/],
])('%s changed to %s is %s', (from, to, status, detail, remedy) => {
  expect(judgeRedis(well.replace(from, to))).toEqual([
    {
      name: 'Redis settings',
      status,
      detail: expect.stringMatching(detail),
      remedy: expect.stringMatching(remedy),
    },
  ])
})
