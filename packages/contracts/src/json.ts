import { z } from 'zod'

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject
export type JsonObject = { readonly [key: string]: JsonValue }

/** Any JSON value whose numbers are finite. One instance, so that documents can refer to it by name. */
export const jsonValue = z.json()

/** Any JSON object whose numbers are finite. */
export const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), jsonValue) as unknown as z.ZodType<JsonObject>
