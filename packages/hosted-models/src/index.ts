export { allowedEndpoints } from './allowed-endpoints.ts'
export { createHostedModels } from './create-hosted-models.ts'
export { keyVariables, readHostedModels, takeHostedModels } from './read-hosted-models.ts'
