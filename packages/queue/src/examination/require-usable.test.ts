import { hasRedisServer, startRedisServer } from '@goalpost/testing/redis-server'
import { expect, test } from 'vitest'
import { requireUsableQueue } from './require-usable.ts'

async function requireWith(...settings: string[]): Promise<string[]> {
  const server = await startRedisServer(settings)
  try {
    return await requireUsableQueue({ kind: 'redis', url: server.url })
  } finally {
    await server.close()
  }
}

test('the queue in PostgreSQL has nothing to require', async () => {
  expect(await requireUsableQueue({ kind: 'postgres', url: 'postgresql://nowhere' })).toEqual([])
})

if (hasRedisServer) {
  test('a good server has nothing to warn of', async () => {
    expect(await requireWith('--appendonly', 'yes')).toEqual([])
  })

  test('a server that may delete jobs is used, with a warning', async () => {
    const warnings = await requireWith('--appendonly', 'yes', '--maxmemory-policy', 'allkeys-lru')
    expect(warnings).toEqual([expect.stringMatching(/allkeys-lru: .* delete jobs\. Run CONFIG SET/)])
  })

  test.each([
    ['a Redis Cluster', ['--cluster-enabled', 'yes'], /cannot be used: This is a Redis Cluster: .*CROSSSLOT.*unset it/],
    ['a replica', ['--replicaof', '127.0.0.1 1'], /cannot be used: The server is a replica .*primary server/],
  ])('%s is refused, with what to do', async (_, settings, message) => {
    const refused = requireWith(...settings)
    await expect(refused).rejects.toMatchObject({ code: 'unavailable', message: expect.stringMatching(message) })
  })
} else process.stderr.write('Not tested: which Redis servers a worker refuses, as there is no redis-server here\n')
