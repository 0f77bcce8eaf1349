import { comparisonRequest, type ComparisonRequest } from '@goalpost/contracts'
import { readBody, type SentBody } from '../server/sent-body.ts'
import { requireFit } from '../server/validation.ts'

export function readComparison(body: SentBody): ComparisonRequest {
  return requireFit(comparisonRequest, readBody(body))
}
