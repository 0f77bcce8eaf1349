import { connectRedisProducer } from '../redis.ts'

/** The answer to INFO. Rejects if the server cannot be reached. */
export async function readRedisInfo(url: string): Promise<string> {
  const redis = connectRedisProducer(url)
  // The failing command reports it.
  redis.on('error', () => undefined)
  try {
    await ready(redis)
    return await redis.info()
  } finally {
    redis.disconnect()
  }
}

function ready(redis: ReturnType<typeof connectRedisProducer>): Promise<void> {
  return new Promise((resolve, reject) => {
    redis.once('ready', resolve)
    redis.once('error', reject)
  })
}
