import { GoalpostError, receipt, receiptKey } from '@goalpost/contracts'
import { loadArtifacts } from '@goalpost/experiments'
import type { ApiDependencies } from '../../dependencies.ts'
import type { ReceiptSigner } from '../../receipt-signer.ts'
import { workspaceOf } from '../../server/caller.ts'
import { notFound } from '../../server/problems.ts'
import { type Api, idParams, json, problems } from '../../server/route-schemas.ts'
import { createResultsReader } from '../results/read-results.ts'
import { buildStatement } from './build-statement.ts'

const tags = ['Results']

/** Results as signed statements, which can be checked without the service. */
export function addReceiptRoutes(app: Api, deps: ApiDependencies): void {
  const { experiments, receipts, now } = deps
  const readResults = createResultsReader(deps)

  app.get(
    '/v1/experiments/:id/receipt',
    {
      config: { access: 'read' },
      schema: {
        tags,
        operationId: 'getReceipt',
        summary: 'The verdicts with all hashes they rest on, as a signed statement',
        description: 'in-toto in DSSE, signed with Ed25519. `goalpost verify-receipt` checks it without the service.',
        params: idParams,
        response: { 200: json('The receipt', receipt), ...problems },
      },
    },
    async (request) => {
      const signer = requireSigner(receipts)
      const workspaceId = workspaceOf(request)
      const { id } = request.params
      const [experiment, facts] = [
        await experiments.get(workspaceId, id),
        await experiments.receiptFacts(workspaceId, id),
      ]
      if (experiment === null || facts === null) throw notFound('experiment', id)
      const version = await experiments.version(workspaceId, id)
      const results = await readResults(workspaceId, { id, sequence: version?.sequence ?? 0 })
      const tested = await readTested(deps, workspaceId, experiment)
      return signer.sign(buildStatement({ experiment, results, facts, tested, now: new Date(now()) }))
    },
  )

  app.get(
    '/v1/receipt-key',
    {
      config: { access: 'read' },
      schema: {
        tags,
        operationId: 'getReceiptKey',
        summary: 'The public key of the receipts of this service',
        response: { 200: json('The key', receiptKey), ...problems },
      },
    },
    async () => requireSigner(receipts).key,
  )
}

function requireSigner(signer: ReceiptSigner | null): ReceiptSigner {
  if (signer !== null) return signer
  throw new GoalpostError(
    'state-conflict',
    'This service signs no receipts: its operator has not set GOALPOST_RECEIPT_SECRET',
  )
}

type Experiment = { readonly id: string; readonly protocol: string }

async function readTested(
  { experiments, artifacts, compute }: ApiDependencies,
  workspaceId: string,
  experiment: Experiment,
) {
  const evidence = await experiments.evidence(workspaceId, experiment.id)
  if (evidence === null) throw notFound('experiment', experiment.id)
  const loaded = await loadArtifacts(evidence.conditions, artifacts)
  return compute.run(experiment.protocol, { type: 'tested', evidence: { ...evidence, artifacts: loaded } })
}
