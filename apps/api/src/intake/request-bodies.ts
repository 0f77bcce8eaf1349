import { comparisonRequest, leagueRequest, modelRegistration, recommendationRequest } from '@goalpost/contracts'
import type { z } from 'zod'

/** Request bodies that need nothing but their schema, and may be large. */
export const requestBodies = {
  comparison: comparisonRequest,
  league: leagueRequest,
  recommendation: recommendationRequest,
  modelRegistration,
} as const

export type RequestName = keyof typeof requestBodies
export type RequestBody<Name extends RequestName> = z.output<(typeof requestBodies)[Name]>
