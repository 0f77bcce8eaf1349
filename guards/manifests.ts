import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse, parseAllDocuments } from 'yaml'

/** What the guards read of docker-compose.yml and infra/kubernetes. */
export const root = path.resolve(import.meta.dirname, '..')
export const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

export type Service = {
  readonly build?: { readonly dockerfile: string }
  readonly environment?: Readonly<Record<string, string>>
  readonly depends_on?: Readonly<Record<string, unknown>>
  readonly read_only?: boolean
  readonly tmpfs?: readonly string[]
  readonly cap_drop?: readonly string[]
  readonly security_opt?: readonly string[]
  readonly profiles?: readonly string[]
}

export const { services } = parse(read('docker-compose.yml'), { merge: true }) as {
  services: Readonly<Record<string, Service>>
}
type Probe = { readonly httpGet: { readonly path: string; readonly port: string } }
type SecretRef = { readonly name: string; readonly key: string; readonly optional?: boolean }

export type Container = {
  readonly name: string
  readonly image: string
  readonly env: readonly {
    readonly name: string
    readonly value?: string
    readonly valueFrom?: { readonly secretKeyRef: SecretRef }
  }[]
  readonly envFrom?: readonly { readonly secretRef: { readonly name: string } }[]
  readonly securityContext?: object
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[]
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[]
  readonly startupProbe?: Probe & { readonly periodSeconds: number; readonly failureThreshold: number }
  readonly livenessProbe: Probe
  readonly readinessProbe: Probe
  readonly resources: { readonly limits?: Readonly<Record<string, string>> }
}
type Pod = {
  readonly containers: readonly Container[]
  readonly securityContext?: object
  readonly automountServiceAccountToken?: boolean
  readonly volumes?: readonly { readonly name: string; readonly emptyDir?: object }[]
}
type Labels = Readonly<Record<string, string>>
export type Manifest = {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Labels }
  readonly spec: {
    readonly selector?: Labels & { readonly matchLabels?: Labels }
    readonly ports?: readonly { readonly targetPort: string }[]
    readonly scaleTargetRef?: { readonly name: string }
    readonly triggers?: readonly { readonly metadata: { readonly query: string } }[]
    readonly template?: {
      readonly metadata: { readonly labels: Labels; readonly annotations?: Labels }
      readonly spec: Pod
    }
  }
}

export const folder = 'infra/kubernetes'
export const kustomization = parse(read(`${folder}/kustomization.yaml`)) as {
  readonly namespace: string
  readonly resources: readonly string[]
  readonly images: readonly { readonly name: string; readonly newTag: string }[]
}
export const documentsOf = (text: string) => parseAllDocuments(text).map((document) => document.toJS() as Manifest)

export const manifests = kustomization.resources.flatMap((file) => documentsOf(read(`${folder}/${file}`)))
