import type { ExperimentView, Manifest } from '@goalpost/contracts'
import { useQuery } from '@tanstack/react-query'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { manifestsQuery } from './manifests-query.ts'

/** With what the tasks were computed; equal software and machines are listed once. */
export function ManifestList({ experiment }: { readonly experiment: ExperimentView }) {
  const { client } = useSession()
  const { data, error, refetch, isPending } = useQuery(manifestsQuery(client, experiment))
  if (isPending) return <p className="note">Loading…</p>
  if (data === undefined) return <ErrorPanel error={error} retry={() => void refetch()} />
  const { manifests, manifestsLeftOut } = data
  if (manifests.length === 0) return <p className="none">No task has ended yet.</p>
  return (
    <>
      {manifests.map(({ tasks, manifest }) => (
        <dl key={JSON.stringify(manifest)}>
          <dt>Tasks</dt>
          <dd>{tasks}</dd>
          {factsOf(manifest).map(([name, value]) => (
            <Fact key={name} name={name} value={value} />
          ))}
          <dt>Packages</dt>
          <dd>
            <Packages packages={manifest.packages} />
          </dd>
        </dl>
      ))}
      {manifestsLeftOut > 0 && (
        <p className="note">{manifestsLeftOut} more tasks have a manifest of an earlier version.</p>
      )}
    </>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}

function Packages({ packages }: Pick<Manifest, 'packages'>) {
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`)
  return (
    <details>
      <summary>{versions.length}</summary>
      {versions.toSorted((a, b) => a.localeCompare(b)).join(', ')}
    </details>
  )
}

function factsOf({ codeRevision, node, engine, cpu }: Manifest): (readonly [string, string])[] {
  return [
    ['Processor', cpu.model],
    ['Engine', engine === null ? 'none' : `${engine.name} ${engine.build}, ${engine.threads} threads`],
    ...(engine === null || engine.deviceName === null ? [] : [['Device', engine.deviceName] as const]),
    ['Code', codeRevision],
    ['Node', node],
  ]
}
