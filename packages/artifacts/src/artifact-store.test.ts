import { describe, expect, it } from 'vitest'
import { parseArtifactLocation } from './artifact-store.ts'

describe('parseArtifactLocation', () => {
  it('reads a folder from a file URL, spaces included', () => {
    expect(parseArtifactLocation('file:///var/lib/goal%20post')).toEqual({
      kind: 'filesystem',
      root: '/var/lib/goal post',
    })
  })

  it('reads bucket, prefix, region and endpoint from an s3 URL', () => {
    expect(parseArtifactLocation('s3://lab/runs/a/?region=eu-central-1&endpoint=http://minio:9000')).toEqual({
      kind: 's3',
      bucket: 'lab',
      prefix: 'runs/a',
      region: 'eu-central-1',
      endpoint: 'http://minio:9000',
    })
  })

  it('uses AWS and us-east-1 by default', () => {
    expect(parseArtifactLocation('s3://lab')).toEqual({
      kind: 's3',
      bucket: 'lab',
      prefix: '',
      region: 'us-east-1',
      endpoint: null,
    })
  })

  it.each(['', 'var/lib', 'file://host/share', 'file:///', 's3://', 'ftp://x/y', 's3://lab?regoin=eu'])(
    'refuses %j',
    (url) => {
      expect(() => parseArtifactLocation(url)).toThrow(expect.objectContaining({ code: 'invalid-request' }))
    },
  )
})
