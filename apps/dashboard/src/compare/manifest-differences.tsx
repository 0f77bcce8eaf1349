import { useQueries } from '@tanstack/react-query'
import type { ExperimentView, ManifestsView } from '@goalpost/contracts'
import { manifestsQuery } from '../experiment/manifests-query.ts'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { DifferenceTable } from './difference-table.tsx'
import { manifestDiff } from './manifest-diff.ts'

type Props = {
  readonly experiments: readonly Pick<ExperimentView, 'id' | 'name' | 'runs' | 'sharedTasks'>[]
}

/** The software and machines in which experiments differ. */
export function ManifestDifferences({ experiments }: Props) {
  const { client } = useSession()
  // Of one alone, there is nothing to read.
  const compared = experiments.length < 2 ? [] : experiments
  const read = useQueries({ queries: compared.map((experiment) => manifestsQuery(client, experiment)) })
  if (compared.length === 0) return null
  const failed = read.find(({ error, data }) => error !== null && data === undefined)
  return (
    <section aria-labelledby="manifest-diff">
      <h2 id="manifest-diff">{title}</h2>
      {failed !== undefined ? (
        <ErrorPanel error={failed.error} retry={() => void failed.refetch()} />
      ) : (
        <Differences
          sides={experiments.map(({ id, name }, index) => ({
            name: experiments.some((other) => other.id !== id && other.name === name)
              ? `${name} ${id.slice(-4)}`
              : name,
            data: read[index]?.data,
          }))}
        />
      )}
    </section>
  )
}

const title = 'Software and machines that differ'

type Sides = readonly { readonly name: string; readonly data: ManifestsView | undefined }[]

function Differences({ sides }: { readonly sides: Sides }) {
  const known = sides.flatMap(({ name, data }) => (data === undefined ? [] : [{ name, ...data }]))
  if (known.length < sides.length) return <p className="note">Loading…</p>
  const without = known.filter(({ manifests }) => manifests.length === 0)
  if (without.length > 0)
    return <p className="none">No task has ended yet in {without.map(({ name }) => name).join(' and ')}.</p>
  const leftOut = known.reduce((sum, { manifestsLeftOut }) => sum + manifestsLeftOut, 0)
  const differences = manifestDiff(known)
  return (
    <>
      {differences.length === 0 ? (
        <p className="none">None: code, packages, engine and processor were the same.</p>
      ) : (
        <DifferenceTable {...{ title, differences }} what="what" absent="none" names={known.map(({ name }) => name)} />
      )}
      {leftOut > 0 && (
        <p className="note">
          Left out: {leftOut} {leftOut === 1 ? 'task' : 'tasks'} with a manifest of an earlier version.
        </p>
      )}
    </>
  )
}
