import type { Manifest } from '@goalpost/contracts'
import { createElement as h, Fragment } from 'react'
import { prose } from '../prose.ts'
import type { PageSection } from './page-section.ts'
import type { PageSubject } from './page-subject.ts'

/** Everything needed to reproduce the numbers: spec, hashes, and the software and machines. */
export function manifestSection(subject: PageSubject, anchorOf: (title: string) => string): PageSection {
  const title = 'Manifest'
  return { title, anchor: anchorOf(title), parts: [], body: h(ManifestBody, subject) }
}

function ManifestBody({ experiment, results, manifests, manifestsLeftOut = 0 }: PageSubject) {
  const { id, spec, resolved, createdAt } = experiment
  const note = `The manifests of ${manifestsLeftOut} more tasks are not listed.`
  return h(
    Fragment,
    null,
    h(
      'dl',
      null,
      fact('Experiment', id),
      fact('Protocol', `${resolved.protocol} ${resolved.protocolVersion}`),
      fact('Seeds', resolved.seeds.join(', ')),
      fact('Submitted', createdAt),
      fact('Result hash', results.resultHash),
    ),
    ...manifests.map((group) => h(ComputedWith, group)),
    manifestsLeftOut > 0 && h('p', { className: 'note' }, note),
    h(Folded, { summary: 'The spec as submitted', value: spec }),
    h(Folded, { summary: 'The spec as resolved', value: resolved }),
  )
}

function Folded({ summary, value }: { readonly summary: string; readonly value: unknown }) {
  return h('details', null, h('summary', null, summary), h('pre', null, JSON.stringify(value, null, 2)))
}

function ComputedWith({ tasks, manifest }: PageSubject['manifests'][number]) {
  const { codeRevision, node, engine, cpu, packages } = manifest
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`)
  return h(
    'details',
    null,
    h('summary', null, `${tasks} ${tasks === 1 ? 'task' : 'tasks'} on ${cpu.model}, ${engineName(manifest)}`),
    h(
      'dl',
      null,
      fact('Code', codeRevision),
      fact('Node', node),
      fact('Engine', engine === null ? null : `${engine.name} ${engine.build}, ${engine.threads} threads`),
      fact('Device', engine === null ? null : engine.deviceName),
      fact('Instruction sets', cpu.features.join(' ')),
      fact('Packages', versions.join(', ')),
    ),
  )
}

const engineName = ({ engine }: Manifest) => (engine === null ? 'without an engine' : engine.name)

/** Nothing for what does not exist. */
const fact = (name: string, value: string | null) =>
  value === null ? null : h(Fragment, null, h('dt', null, name), h('dd', null, prose(value)))
