import { openServiceApi } from './service-api.ts'
import type { ServiceAddress } from './find-service.ts'

/** An address that signs a browser in once, with the rights of the key. */
export async function createSignInUrl(address: ServiceAddress): Promise<string> {
  const { path } = await openServiceApi(address).createSignInLink()
  return `${address.url}${path}`
}
