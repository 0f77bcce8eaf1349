import { defineConfig } from 'prisma/config'

// `prisma generate` is all that Goalpost asks of the Prisma CLI; migrations are applied by packages/store.
export default defineConfig({ schema: 'prisma/schema.prisma' })
