import type { Client } from '@goalpost/client'
import { createClient } from '@goalpost/client'
import type { ServiceAddress } from './find-service.ts'

/** The API of the service that commands talk to. */
export type ServiceApi = Client

export function openServiceApi({ url, key }: ServiceAddress): ServiceApi {
  return createClient({ baseUrl: url, apiKey: key })
}
