import type { Environment } from '@goalpost/environments'
import { unchecked } from '@goalpost/protocol-kit'
import type { z } from 'zod'

type Json = z.core.util.JSONType

/** A level as JSON: the conformance suite checks that every environment gives JSON. */
export const levelJson = (environment: Environment, level: unknown): Json => unchecked(environment.levelToJson(level))

/** Parameters as JSON: they were parsed from JSON, and environment schemas keep them JSON. */
export const parametersJson = (parameters: unknown): Record<string, Json> => unchecked(parameters)
