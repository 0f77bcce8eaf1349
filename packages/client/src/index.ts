export { createClient, type Client } from './create-client.ts'
export { everyItem } from './every-item.ts'
export type { ClientOptions } from './http.ts'
export type { Sighting, WatchOptions } from './watch.ts'
