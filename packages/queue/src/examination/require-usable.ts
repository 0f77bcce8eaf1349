import { errorMessage, GoalpostError } from '@goalpost/contracts'
import type { QueueConnection } from '../connection.ts'
import { adviseOnRedis } from './judge-redis.ts'
import { readRedisInfo } from './read-redis-info.ts'

/**
 * To be called before a worker uses a queue: with a Redis Cluster or a replica, experiments would wait for ever.
 * Resolves with what an operator should know.
 * @throws GoalpostError `unavailable`, with the cause and its remedy.
 */
export async function requireUsableQueue(connection: QueueConnection): Promise<string[]> {
  if (connection.kind !== 'redis') return []
  const info = await readRedisInfo(connection.url).catch((cause: unknown) => {
    throw new GoalpostError('unavailable', `The queue cannot be reached: ${errorMessage(cause)}`, { cause })
  })
  const { faults, warnings } = adviseOnRedis(info)
  if (faults.length > 0) throw new GoalpostError('unavailable', `The queue cannot be used: ${faults.join(' ')}`)
  return warnings
}
