import { describeQueue } from '@goalpost/testing/queue-conformance'
import { hasRedisServer, startTestRedis } from '@goalpost/testing/redis-server'
import { Redis } from 'ioredis'
import { underTest } from './queue-server.ts'

describeQueue(hasRedisServer ? 'Redis' : 'Redis (js-redis-server)', async () => {
  const redis = await startTestRedis()
  return underTest({
    connection: { kind: 'redis', url: redis.url },
    async loseEverything() {
      const client = new Redis(redis.url)
      await client.flushall()
      client.disconnect()
    },
    close: () => redis.close(),
  })
})
