import type { Manifest } from '@goalpost/contracts'
import type { Linked } from './contents-nav.ts'
import { html, type Html } from './html.ts'
import type { PageSubject } from './page-subject.ts'
import { prose } from './prose.ts'

/** Everything needed to reproduce the numbers: spec, hashes, and the software and machines. */
export function manifestSection(
  subject: PageSubject,
  anchorOf: (title: string) => string,
): Linked & { readonly body: Html } {
  const title = 'Manifest'
  const anchor = anchorOf(title)
  return {
    title,
    anchor,
    parts: [],
    body: html`<section id="${anchor}">
      <h2>${title}</h2>
      ${manifestBody(subject)}
    </section> `,
  }
}

function manifestBody({ experiment, results, manifests, manifestsLeftOut = 0 }: PageSubject): Html {
  const { resolved } = experiment
  return html`<dl>
      ${fact('Experiment', experiment.id)} ${fact('Protocol', `${resolved.protocol} ${resolved.protocolVersion}`)}
      ${fact('Seeds', resolved.seeds.join(', '))} ${fact('Submitted', experiment.createdAt)}
      ${results.resultHash === null ? null : fact('Result hash', results.resultHash)}
    </dl>
    ${manifests.map(computedWith)}
    ${manifestsLeftOut === 0 ? null : html`<p class="note">The manifests of ${manifestsLeftOut} more tasks are not listed.</p>`}
    ${folded('The spec, as it was sent', experiment.spec)} ${folded('The spec, as it was run', resolved)}`
}

function folded(summary: string, value: unknown): Html {
  return html`<details>
    <summary>${summary}</summary>
    <pre>${JSON.stringify(value, null, 2)}</pre>
  </details>`
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
    <dd>${prose(value)}</dd> `
}
