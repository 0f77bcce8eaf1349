import { fileURLToPath } from 'node:url'
import { GoalpostError } from '@goalpost/contracts'
import type { ArtifactStore } from '@goalpost/experiments'
import { createFilesystemStore } from './filesystem-store.ts'
import type { S3Location } from './s3-store.ts'

export type ArtifactLocation =
  | { readonly kind: 'filesystem'; readonly root: string }
  | ({ readonly kind: 's3' } & S3Location)

/**
 * Opens the store at `url`: `file:///var/lib/goalpost/artifacts`, or
 * `s3://bucket/prefix?region=eu-central-1&endpoint=http://minio:9000`.
 * @throws GoalpostError `invalid-request` for any other URL, `unavailable` if the folder cannot be written to.
 */
export async function createArtifactStore(url: string): Promise<ArtifactStore> {
  const location = parseArtifactLocation(url)
  if (location.kind === 'filesystem') return createFilesystemStore(location.root)
  // Loading the SDK takes longer than a trainer's whole start, so it is loaded only when used.
  const { createS3Store } = await import('./s3-store.ts')
  return createS3Store(location)
}

export function parseArtifactLocation(url: string): ArtifactLocation {
  const parsed = URL.parse(url)
  if (parsed?.protocol === 'file:' && parsed.host === '' && parsed.pathname.length > 1) {
    return { kind: 'filesystem', root: fileURLToPath(parsed) }
  }
  if (parsed?.protocol === 's3:' && parsed.hostname !== '') return parseS3(parsed)
  throw new GoalpostError(
    'invalid-request',
    `Artifacts cannot be stored at ${JSON.stringify(url)}: use file:///folder or s3://bucket/prefix?region=…&endpoint=…`,
  )
}

function parseS3(url: URL): ArtifactLocation {
  const unknown = [...url.searchParams.keys()].find((name) => name !== 'region' && name !== 'endpoint')
  if (unknown !== undefined)
    throw new GoalpostError('invalid-request', `An s3:// URL has no parameter ${JSON.stringify(unknown)}`)
  return {
    kind: 's3',
    bucket: url.hostname,
    prefix: decodeURIComponent(url.pathname).replaceAll(/^\/+|\/+$/g, ''),
    region: url.searchParams.get('region') ?? 'us-east-1',
    endpoint: url.searchParams.get('endpoint'),
  }
}
