import { aliasMove, comparisonRequest, modelRegistration, tagChange } from '@goalpost/contracts'
import type { z } from 'zod'

/** Request bodies that need nothing but their schema. */
export const requestBodies = {
  comparison: comparisonRequest,
  modelRegistration,
  aliasMove,
  tagChange,
} as const

export type RequestName = keyof typeof requestBodies
export type RequestBody<Name extends RequestName> = z.output<(typeof requestBodies)[Name]>
