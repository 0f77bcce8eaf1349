export { createStore, type Store, type StoreOptions } from './create-store.ts'
export { migrate } from './database/migrate.ts'
