import { describe, expect, test } from 'vitest'
import { manifests, services, type Container } from './manifests.ts'

/** What a container may do: no more than its program needs. tests/read-only.long.test.ts runs the programs so. */
const pods = manifests.flatMap(({ kind, metadata, spec }) =>
  kind === 'Deployment' ? [[metadata.name, spec.template!.spec] as const] : [],
)

const secretKeys = ({ env }: Container) =>
  env.flatMap(({ valueFrom }) => (valueFrom === undefined ? [] : [valueFrom.secretKeyRef.key])).toSorted()

const ofEverybody = [
  'ARTIFACTS_URL',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'DATABASE_URL',
  'GOALPOST_SUITE_SALT',
  'OTEL_EXPORTER_OTLP_HEADERS',
]
const ofTheApi = [
  'GOALPOST_BOOTSTRAP_KEY',
  'GOALPOST_METRICS_TOKEN',
  'GOALPOST_OIDC_CLIENT_SECRET',
  'GOALPOST_RECEIPT_SECRET',
]

describe.each(pods)('%s on Kubernetes', (name, pod) => {
  test('runs without root, and without a token for the cluster', () => {
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    })
    expect(pod.automountServiceAccountToken).toBe(false)
  })

  test.each(pod.containers.map((container) => [container.name, container] as const))(
    '%s gains no privileges, and writes to volumes of its own only',
    (_, { securityContext, volumeMounts }) => {
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      })
      expect(volumeMounts?.map(({ mountPath }) => mountPath)).toEqual(['/tmp'])
      for (const mount of volumeMounts ?? [])
        expect(pod.volumes?.find((volume) => volume.name === mount.name)).toHaveProperty('emptyDir')
    },
  )

  test.each(pod.containers.map((container) => [container.name, container] as const))(
    '%s gets the keys that its program reads, and no whole secret but that of hosted models',
    (_, container) => {
      const isWorker = name.startsWith('goalpost-worker')
      expect(secretKeys(container)).toEqual([...ofEverybody, ...(isWorker ? ['REDIS_URL'] : ofTheApi)].toSorted())
      expect(container.envFrom?.map(({ secretRef }) => secretRef.name)).toEqual(
        isWorker ? ['goalpost-models'] : undefined,
      )
    },
  )
})

describe('docker-compose.yml', () => {
  test.each(Object.entries(services))('%s gains no privileges', (_, { security_opt }) => {
    expect(security_opt).toEqual(['no-new-privileges:true'])
  })

  test.each(Object.entries(services).filter(([, { build }]) => build !== undefined))(
    '%s has no capabilities, and writes to its volumes only',
    (_, { read_only, tmpfs, cap_drop }) => {
      expect({ read_only, tmpfs, cap_drop }).toEqual({ read_only: true, tmpfs: ['/tmp'], cap_drop: ['ALL'] })
    },
  )
})
