import { readBody, type SentBody } from '../server/sent-body.ts'
import { requireFit } from '../server/validation.ts'
import { requestBodies, type RequestBody, type RequestName } from './request-bodies.ts'

type Sent = { readonly name: RequestName; readonly body: SentBody }

export function readRequest({ name, body }: Sent): RequestBody<RequestName> {
  return requireFit<RequestBody<RequestName>>(requestBodies[name], readBody(body))
}
