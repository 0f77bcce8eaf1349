import { takeDue } from '../take-due.ts'
import { advanceBisection } from './advance-bisection.ts'
import { advanceRun } from './advance-run.ts'
import type { GateDependencies } from './gate-dependencies.ts'

/**
 * Takes every step that is due: a run that a schedule starts, a stage that can start, one that has ended, the next probe
 * of a bisection. Resolves to the number of steps. Each is one transaction, so a process killed between two of them
 * leaves work that another finds.
 */
export async function advanceGates(deps: GateDependencies): Promise<number> {
  const { gates } = deps
  const failures: unknown[] = []
  const take = (steps: Promise<number>): Promise<number> =>
    steps.catch((error: unknown) => {
      failures.push(error)
      return 0
    })
  let total = await take(takeDue({ read: gates.dueSchedules, step: gates.startScheduled }))
  for (;;) {
    const probes = await take(
      takeDue({ read: gates.dueBisections, step: (bisection) => advanceBisection(bisection, gates) }),
    )
    const steps = await take(takeDue({ read: gates.due, step: (run) => advanceRun(run, deps) }))
    total += probes + steps
    if (failures.length > 0) throw failures[0]
    if (probes + steps === 0) return total
  }
}
