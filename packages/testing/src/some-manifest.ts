import type { Manifest } from '@goalpost/contracts'

/** Of a result for which it does not matter where it was computed. */
export const someManifest: Manifest = {
  codeRevision: 'test',
  packages: {},
  engine: null,
  node: '24',
  host: 'here',
  cpu: { model: 'some', features: [] },
  wallMs: 1,
}
