import {
  aliasMoveView,
  deploymentReportView,
  modelVersionView,
  modelView,
  page,
  type AliasMoveQuery,
  type ModelQuery,
  type ModelRegistrationInput,
  type ModelVersionQuery,
  type TagChangeInput,
  type VersionReference,
} from '@goalpost/contracts'
import type { Http } from './http.ts'

/** The model registry. */
export function modelMethods(http: Http) {
  const at = (model: string, ...rest: readonly (string | number)[]): string =>
    ['/v1/models', model, ...rest].map((part, index) => (index === 0 ? part : encodeURIComponent(part))).join('/')
  return {
    /** The bytes must have been uploaded before. `created` is false if the model has them already. */
    registerVersion: async (model: string, registration: ModelRegistrationInput) => {
      const request = { method: 'POST', path: at(model, 'versions'), body: registration } as const
      const { status, value } = await http.readWithStatus(request, modelVersionView)
      return { created: status === 201, version: value }
    },
    models: (query: ModelQuery = {}) => http.poll({ path: '/v1/models', query }, page(modelView)),
    model: (model: string) => http.poll({ path: at(model) }, modelView),
    versions: (model: string, query: ModelVersionQuery = {}) =>
      http.poll({ path: at(model, 'versions'), query }, page(modelVersionView)),
    version: (model: string, version: VersionReference) =>
      http.poll({ path: at(model, 'versions', version) }, modelVersionView),
    /** What was tested of a version, what was not, and what was found. */
    deploymentReport: (model: string, version: VersionReference) =>
      http.read({ path: at(model, 'versions', version, 'report') }, deploymentReportView),
    moveAlias: (model: string, alias: string, version: VersionReference) =>
      http.read({ method: 'PUT', path: at(model, 'aliases', alias), body: { version } }, modelView),
    removeAlias: async (model: string, alias: string): Promise<void> => {
      await http.send({ method: 'DELETE', path: at(model, 'aliases', alias) })
    },
    aliasMoves: (model: string, query: AliasMoveQuery = {}) =>
      http.poll({ path: at(model, 'history'), query }, page(aliasMoveView)),
    tagVersion: (model: string, version: VersionReference, change: TagChangeInput) =>
      http.read({ method: 'POST', path: at(model, 'versions', version, 'tags'), body: change }, modelVersionView),
    deleteVersion: async (model: string, version: VersionReference): Promise<void> => {
      await http.send({ method: 'DELETE', path: at(model, 'versions', version) })
    },
    deleteModel: async (model: string): Promise<void> => {
      await http.send({ method: 'DELETE', path: at(model) })
    },
  }
}
