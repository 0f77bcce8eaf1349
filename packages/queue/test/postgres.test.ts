import { startTestDatabase } from '@goalpost/testing'
import { describeQueue } from '@goalpost/testing/queue-conformance'
import pg from 'pg'
import { queueSchema } from '../src/postgres.ts'
import { underTest } from './queue-server.ts'

describeQueue('PostgreSQL', async () => {
  const database = await startTestDatabase({ template: 'empty', prepare: async () => undefined })
  return underTest({
    connection: { kind: 'postgres', url: database.url },
    async loseEverything() {
      const client = new pg.Client(database.url)
      await client.connect()
      await client.query(`TRUNCATE ${queueSchema}.job CASCADE`)
      await client.end()
    },
    close: () => database.close(),
  })
})
