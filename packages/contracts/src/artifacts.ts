import { z } from 'zod'

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** A content-addressed file: `hash` is the SHA-256 of its bytes, in lower-case hex. */
export const artifactRef = z.strictObject({
  name: z.string().min(1).max(200),
  hash: sha256,
  bytes: z.number().int().nonnegative(),
  mediaType: z.string().min(1),
  /** Whether a report or comparison needs these bytes. */
  evidence: z.boolean().default(false),
})
export type ArtifactRef = z.infer<typeof artifactRef>

/** Models in the Open Neural Network Exchange format. */
export const onnxMediaType = 'application/onnx'

/** An uploaded file: specs name it by its hash. */
export const uploadedFile = artifactRef.pick({ name: true, hash: true, bytes: true, mediaType: true })
export type UploadedFile = z.infer<typeof uploadedFile>

/** A saved state from which a task can be resumed and evaluated. Ensembles and adversaries can have several parts. */
export const checkpoint = z.strictObject({
  step: z.number().int().nonnegative(),
  parts: z.array(artifactRef).min(1),
})
export type Checkpoint = z.infer<typeof checkpoint>
