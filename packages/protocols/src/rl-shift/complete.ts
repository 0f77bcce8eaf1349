import type { InputIssue } from '@goalpost/contracts'
import type { Environment } from '@goalpost/environments'
import type { Deployment } from '@goalpost/experiments'
import type { z } from 'zod'
import { environmentOf } from '../worlds/environment-of.ts'
import { completeParameters, completeSuites } from '../worlds/suites/complete-suites.ts'
import { trainingOptions, type ImportedOptions, type options, type RlShiftOptions } from './spec.ts'
import { currentThresholds } from './thresholds.ts'

/** Fills in values that depend on the environment: its parameters' defaults, and the default suites. */
export function completeOptions(
  parsed: z.infer<typeof options>,
  deployment: Deployment,
): { options: RlShiftOptions } | { issues: readonly InputIssue[] } {
  const environment = environmentOf(parsed.environment)
  const issues: InputIssue[] = []
  const parameters = completeParameters(environment, parsed.parameters, '/parameters', issues)
  const given = { given: parsed.parameters, parameters, suites: parsed.suites }
  const suites = completeSuites(environment, given, { issues, deployment })
  checkMixture(environment, parsed.alpha, issues)
  if (issues.length > 0) return { issues }
  return {
    options: dropUnused({
      ...parsed,
      parameters,
      suites,
      thresholds: currentThresholds(parsed.thresholds),
    } as RlShiftOptions),
  }
}

/** Conditions share options: those of training would be wrong for an imported policy. */
function dropUnused(completed: RlShiftOptions): RlShiftOptions {
  if (completed.policy === undefined) return completed
  const unused: readonly string[] = trainingOptions
  return Object.fromEntries(Object.entries(completed).filter(([name]) => !unused.includes(name))) as ImportedOptions
}

function checkMixture({ name, distributions }: Environment, alpha: number, issues: InputIssue[]): void {
  if (alpha === 0 || distributions.length > 1) return
  issues.push({
    pointer: '/alpha',
    message: `${name} has one distribution of levels: there is nothing to mix`,
    remedy: 'Leave alpha at 0',
  })
}
