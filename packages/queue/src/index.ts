export { createJobConsumer, type ConsumerOptions } from './consumer.ts'
export type { QueueConnection } from './connection.ts'
export { examinePostgresQueue, examineRedis } from './examination/examine-queue.ts'
export { createJobProducer, type ProducerOptions, type QueueProducer } from './producer.ts'
