import type { Manifest } from '@goalpost/contracts'
import { html, type Html } from './html.ts'
import type { PageSubject } from './page.ts'

/** What a reader needs to get the same numbers again: spec, hashes, and what computed them. */
export function manifestSection({ experiment, results, manifests }: PageSubject): Html {
  const { resolved } = experiment
  return html`<section>
    <h2>Manifest</h2>
    <dl>
      ${fact('Experiment', experiment.id)} ${fact('Protocol', `${resolved.protocol} ${resolved.protocolVersion}`)}
      ${fact('Seeds', resolved.seeds.join(', '))} ${fact('Submitted', experiment.createdAt)}
      ${results.resultHash === null ? null : fact('Result hash', results.resultHash)}
    </dl>
    ${manifests.map(computedWith)}
    <details>
      <summary>The spec, as it was sent</summary>
      <pre>${pretty(experiment.spec)}</pre>
    </details>
    <details>
      <summary>The spec, as it was run</summary>
      <pre>${pretty(resolved)}</pre>
    </details>
  </section> `
}

function computedWith({ tasks, manifest }: PageSubject['manifests'][number]): Html {
  return html`<details>
    <summary>${tasks} ${tasks === 1 ? 'task' : 'tasks'} on ${manifest.cpu.model}, ${engineName(manifest)}</summary>
    <dl>
      ${fact('Code', manifest.codeRevision)} ${fact('Node', manifest.node)}
      ${manifest.engine === null ? null : fact('Engine', `${manifest.engine.name} ${manifest.engine.build}, ${manifest.engine.threads} threads`)}
      ${manifest.engine === null || manifest.engine.deviceName === null ? null : fact('Device', manifest.engine.deviceName)}
      ${fact('Instruction sets', manifest.cpu.features.join(' '))}
      ${fact(
        'Packages',
        Object.entries(manifest.packages)
          .map(([name, version]) => `${name} ${version}`)
          .join(', '),
      )}
    </dl>
  </details> `
}

const engineName = ({ engine }: Manifest) => (engine === null ? 'without an engine' : engine.name)

function fact(name: string, value: string): Html {
  return html`<dt>${name}</dt>
    <dd>${value}</dd>`
}

const pretty = (value: unknown) => JSON.stringify(value, null, 2)
