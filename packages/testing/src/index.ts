export { startPostgresServer, type PostgresOptions, type PostgresServer } from './database/postgres-server.ts'
export { startTestDatabase, type TestDatabase, type TestDatabaseOptions } from './database/test-database.ts'
export {
  completionOf,
  hangUp,
  startChatServer,
  type ChatServer,
  type ReceivedRequest,
  type ServedReply,
} from './chat-server.ts'
export { createFakeClock, type FakeClock } from './fake-clock.ts'
export { freePort } from './free-port.ts'
export { createMemoryArtifacts } from './memory-artifacts.ts'
export { createMemoryFiles } from './memory-files.ts'
export {
  createMemoryTaskContext,
  type MemoryTaskContext,
  type MemoryTaskContextOptions,
} from './memory-task-context.ts'
export { someManifest } from './some-manifest.ts'
export { toyExecutors, toyProtocol, type ToyOptions } from './toy-protocol.ts'
export { mutateBytes, mutateText, oddValue } from './fuzz/mutate.ts'
export { createRandom, fuzzFactor, fuzzSeed, type Random } from './fuzz/random.ts'
export { startTraceCollector, type CollectedSpan, type TraceCollector } from './trace-collector.ts'
