import type { Client } from '@goalpost/client'
import { queryOptions } from '@tanstack/react-query'

/** As many as a chart has pixels to show. */
const maxSteps = 500

/** An experiment's report and measures, with as many steps of its curves as can be seen. */
export function resultsQuery(client: Client, id: string) {
  return queryOptions({ queryKey: ['results', id], queryFn: () => client.results(id, { maxSteps }) })
}
