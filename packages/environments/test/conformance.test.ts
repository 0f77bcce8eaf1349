import { environments } from '../src/registry.ts'
import { environmentConformance } from './environment-conformance.ts'

for (const environment of environments.values()) environmentConformance(environment)
