import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import type { S3ClientConfig } from '@aws-sdk/client-s3'
import { GoalpostError } from '@goalpost/contracts'
import type { ArtifactStore, StoredFile } from '@goalpost/experiments'
import { assertContent, contentHash, hashOf, missing, shardedPath, verified } from './content-hash.ts'

export type S3Location = {
  readonly bucket: string
  /** Prepended to every key, without slashes at its ends; may be empty. */
  readonly prefix: string
  readonly region: string
  /** URL of an S3-compatible server, e.g. `http://minio:9000`. Buckets are then addressed by path. */
  readonly endpoint: string | null
  /** Default: the SDK's chain (environment, profile, instance role). */
  readonly credentials?: S3ClientConfig['credentials']
  /** How long a connection may be idle before the request is retried or given up. */
  readonly idleMs?: number
}

const connectMs = 5_000
// Not a limit of the whole request: large uploads over slow connections may continue while data moves.
const defaultIdleMs = 20_000

/** Objects younger than this are not written again. Far below any grace period. */
const refreshAfterMs = 3_600_000

/** Artifacts as objects in a bucket. The upload carries the SHA-256, so that the server refuses damaged uploads. */
export function createS3Store(location: S3Location): ArtifactStore {
  const client = new S3Client({
    region: location.region,
    maxAttempts: 3,
    requestHandler: { connectionTimeout: connectMs, socketTimeout: location.idleMs ?? defaultIdleMs },
    // CRC trailers, the SDK's default, are unknown to some S3-compatible servers.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(location.endpoint === null ? {} : { endpoint: location.endpoint, forcePathStyle: true }),
    ...(location.credentials === undefined ? {} : { credentials: location.credentials }),
  })
  const object = (hash: string) => {
    const { shard, name } = shardedPath(hash)
    return { Bucket: location.bucket, Key: [location.prefix, shard, name].filter((part) => part !== '').join('/') }
  }
  const get = async (hash: string) => {
    const { Body, ContentLength } = await answered(hash, client.send(new GetObjectCommand(object(hash))))
    if (Body === undefined) throw missing(hash)
    return { body: Body as AsyncIterable<Uint8Array>, bytes: ContentLength ?? 0 }
  }

  /** When the object was last written, by the server's clock; null if there is none. */
  const writtenAt = async (hash: string): Promise<Date | null> => {
    try {
      const { LastModified } = await answered(hash, client.send(new HeadObjectCommand(object(hash))))
      return LastModified ?? new Date(0)
    } catch (error) {
      if (error instanceof GoalpostError && error.code === 'artifact-missing') return null
      throw error
    }
  }

  return {
    async write(bytes) {
      const hash = await contentHash(bytes)
      // Objects appear complete or not at all, and the server checks their digest: existing ones need no check. Old
      // ones are written again, so that they are not removed before they are registered.
      const before = await writtenAt(hash)
      if (before !== null && Date.now() - before.getTime() < refreshAfterMs) return { hash, bytes: bytes.length }
      const ChecksumSHA256 = Buffer.from(hash, 'hex').toString('base64')
      await answered(hash, client.send(new PutObjectCommand({ ...object(hash), Body: bytes, ChecksumSHA256 })))
      return { hash, bytes: bytes.length }
    },
    async read(hash) {
      const { body } = await get(hash)
      const bytes = await answered(hash, collect(body))
      assertContent(hash, await contentHash(bytes))
      return bytes
    },
    has: async (hash) => (await writtenAt(hash)) !== null,
    list: () => listObjects(client, location),
    async remove(hash, before) {
      const found = await writtenAt(hash)
      if (found === null || found >= before) return false
      await answered(hash, client.send(new DeleteObjectCommand(object(hash))))
      return true
    },
    async stream(hash) {
      const { body, bytes } = await get(hash)
      return { bytes, body: verified(hash, arriving(hash, body)) }
    },
  }
}

/** The objects below the prefix whose keys are those of artifacts. */
async function* listObjects(client: S3Client, { bucket, prefix }: S3Location): AsyncGenerator<StoredFile> {
  const Prefix = prefix === '' ? '' : `${prefix}/`
  let ContinuationToken: string | undefined
  do {
    const listed = await answered(
      '',
      client.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix, ...(ContinuationToken && { ContinuationToken }) }),
      ),
    )
    for (const { Key = '', Size = 0, LastModified } of listed.Contents ?? []) {
      const [shard = '', name = '', ...rest] = Key.slice(Prefix.length).split('/')
      const hash = rest.length > 0 ? null : hashOf(shard, name)
      if (hash !== null && LastModified !== undefined) yield { hash, bytes: Size, writtenAt: LastModified }
    }
    ContinuationToken = listed.NextContinuationToken
  } while (ContinuationToken !== undefined)
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return Buffer.concat(parts)
}

/** The chunks of a body; if it breaks off, the store has failed. */
async function* arriving(hash: string, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (cause) {
    throw failure(hash, cause)
  }
}

async function answered<T>(hash: string, request: Promise<T>): Promise<T> {
  try {
    return await request
  } catch (cause) {
    throw failure(hash, cause)
  }
}

function failure(hash: string, cause: unknown): GoalpostError {
  const status = cause instanceof S3ServiceException ? cause.$metadata.httpStatusCode : undefined
  if (status === 404) return missing(hash, cause)
  if (status === 507) return new GoalpostError('storage-full', 'The object store has no space left', { cause })
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause)
  return new GoalpostError('unavailable', `The object store did not answer as expected: ${reason}`, { cause })
}
