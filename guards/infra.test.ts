import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { documentsOf, folder as kubernetes, kustomization, manifests, read, root, services } from './manifests.ts'

/** Checks that need no container engine: files of images exist, and every setting is read. */

const ours = Object.entries(services).filter(([, { build }]) => build !== undefined)

/** The client of S3 reads its own. */
function isRead(program: 'api' | 'worker', setting: string): boolean {
  const config = read(`apps/${program}/src/config.ts`) + read('packages/contracts/src/settings/settings.ts')
  return setting.startsWith('AWS_') || new RegExp(`\\b${setting}\\b`).test(config)
}

describe('docker-compose.yml', () => {
  test('has database, queue, API, a CPU worker, and GPU workers behind their profiles', () => {
    expect(Object.keys(services)).toEqual(expect.arrayContaining(['postgres', 'redis', 'api', 'worker']))
    expect(services['worker-cuda']?.profiles).toEqual(['cuda'])
    expect(services['worker-tfjs-gpu']?.profiles).toEqual(['tfjs-gpu'])
  })

  test.each(ours)('%s gets no setting that its program does not read', (_, { build, environment = {} }) => {
    const program = build!.dockerfile.includes('api') ? 'api' : 'worker'
    const unread = Object.keys(environment).filter((name) => !isRead(program, name))
    // The API does not use the queue; it gets its URL with the common settings.
    expect(unread.filter((name) => !(program === 'api' && name === 'REDIS_URL'))).toEqual([])
  })

  test.each(ours)('%s gets what files in S3, traces and hosted models need', (_, { build, environment = {} }) => {
    const wanted = [
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_REGION',
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'GOALPOST_WEBHOOK_ALLOW',
      ...(build!.dockerfile.includes('api')
        ? ['GOALPOST_OIDC_NAME']
        : ['GOALPOST_MODEL_SANDBOX', 'GOALPOST_MODEL_ENDPOINTS']),
    ]
    expect(wanted.filter((name) => !(name in environment))).toEqual([])
  })

  test.each(Object.entries(services))('%s waits only for existing services', (_, { depends_on = {} }) => {
    expect(Object.keys(depends_on).filter((name) => !(name in services))).toEqual([])
  })
})

test.each(ours.map(([, { build }]) => build!.dockerfile))('%s copies and starts existing files', (dockerfile) => {
  const lines = read(dockerfile).split('\n')
  const copied = lines
    .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
    .flatMap((line) => line.split(' ').slice(1, -1))
  expect(copied.length).toBeGreaterThan(0)
  expect(copied.filter((file) => !existsSync(path.join(root, file)))).toEqual([])
  const [, program = ''] = /^CMD \["node", "(.+)"\]$/m.exec(read(dockerfile)) ?? []
  expect(existsSync(path.join(root, program))).toBe(true)
})

describe('the image of the CUDA worker', () => {
  const dockerfile = read('infra/Dockerfile.worker-cuda')

  test('serves the GPU queue, and fetches the provider with the script of the installed version', () => {
    expect(dockerfile).toMatch(/^ENV .*\bGOALPOST_QUEUES=gpu\b/m)
    const [, flag, script = ''] = /ONNXRUNTIME_NODE_INSTALL=(\w+) node (\S+)/.exec(dockerfile) ?? []
    expect(existsSync(path.join(root, script))).toBe(true)
    const metadata = createRequire(path.join(root, script))('./install-metadata.js') as {
      requirements: Record<string, string[]>
      manifests: Record<string, Record<string, unknown>>
    }
    expect(metadata.requirements['linux/x64']).toContain(flag)
    const [, checked = ''] = /test -f (\S+)/.exec(dockerfile) ?? []
    expect(Object.keys(metadata.manifests[`linux/x64:${flag}`] ?? {})).toContain(`./${path.basename(checked)}`)
    expect(existsSync(path.join(root, path.dirname(checked)))).toBe(true)
  })

  test('is based on the provider’s major version of CUDA', () => {
    const [, major] = /^FROM nvidia\/cuda:(\d+)\..*-cudnn-runtime/m.exec(dockerfile) ?? []
    expect(dockerfile).toContain(`ONNXRUNTIME_NODE_INSTALL=cuda${major}`)
  })
})

describe('the image of the TensorFlow GPU worker', () => {
  const name = '@tensorflow/tfjs-node-gpu'
  const folder = 'infra/worker-tfjs-gpu'
  const dependenciesIn = (file: string) =>
    JSON.parse(read(file)) as Readonly<Record<'optionalDependencies' | 'peerDependencies', Record<string, string>>>

  test('declares the binding as its optional dependency, in the engine’s version', () => {
    const { optionalDependencies } = dependenciesIn(`${folder}/package.json`)
    expect(optionalDependencies[name]).toBe(dependenciesIn('packages/engine/package.json').peerDependencies[name])
  })

  test('installs the declared version', () => {
    const dockerfile = read('infra/Dockerfile.worker-tfjs-gpu')
    const [, shown = ''] = /node -p "(require\(.*?\).*?\])"\)" /.exec(dockerfile) ?? []
    const [, file = '', field = '', installed = ''] = /^require\('\.\/(.+?)'\)\.(\w+)\['(.+?)'\]$/.exec(shown) ?? []
    expect([file, field, installed]).toEqual([`${folder}/package.json`, 'optionalDependencies', name])
    expect(dockerfile).toContain(`COPY ${folder} ${folder}\n`)
  })

  test('is the only place: the lockfile of the repository has no such package', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as { readonly packages: object }
    expect(Object.keys(packages).filter((path) => path.endsWith(`node_modules/${name}`))).toEqual([])
    expect(Object.keys(packages)).toContain('packages/engine')
  })
})

describe('infra/kubernetes', () => {
  const deployments = manifests.filter(({ kind }) => kind === 'Deployment')
  const scaled = manifests.filter(({ kind }) => kind === 'ScaledObject')

  test('has the API and CPU and CUDA workers; workers are scaled', () => {
    const names = deployments.map(({ metadata }) => metadata.name)
    expect(names).toEqual(['goalpost-api', 'goalpost-worker', 'goalpost-worker-cuda'])
    expect(scaled.map(({ spec }) => spec.scaleTargetRef?.name)).toEqual(names.slice(1))
    expect(manifests.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).toEqual([
      'apps/v1 Deployment',
      'v1 Service',
      'policy/v1 PodDisruptionBudget',
      'apps/v1 Deployment',
      'apps/v1 Deployment',
      'keda.sh/v1alpha1 ScaledObject',
      'keda.sh/v1alpha1 ScaledObject',
    ])
  })

  test.each(deployments.map((deployment) => [deployment.metadata.name, deployment] as const))(
    '%s has an image that can be built, settings that are read, and a card if it serves the GPU queue',
    (name, { spec }) => {
      const [container] = spec.template!.spec.containers
      const [, image = '', tag] = /^goalpost\/([\w-]+):(.+)$/.exec(container!.image) ?? []
      expect(existsSync(path.join(root, `infra/Dockerfile.${image}`))).toBe(true)
      expect(kustomization.images).toContainEqual({ name: `goalpost/${image}`, newTag: tag })
      const program = name === 'goalpost-api' ? 'api' : 'worker'
      expect(container!.env.filter((setting) => !isRead(program, setting.name))).toEqual([])
      // Prometheus sends a token: what it reads names all workspaces.
      expect(container!.env.map((setting) => setting.name)).not.toContain('GOALPOST_OPEN_METRICS')
      const onGpu = container!.env.some((setting) => setting.name === 'GOALPOST_QUEUES' && setting.value === 'gpu')
      expect(container!.resources.limits?.['nvidia.com/gpu']).toBe(onGpu ? '1' : undefined)
    },
  )

  test.each(deployments.map((deployment) => [deployment.metadata.name, deployment] as const))(
    '%s is found by its selector, and probed and scraped where its program answers',
    (_, { spec }) => {
      const { metadata, spec: pod } = spec.template!
      expect(metadata.labels).toMatchObject(spec.selector!.matchLabels!)
      const [container] = pod.containers
      const [port] = container!.ports
      for (const probe of [container!.livenessProbe, container!.readinessProbe])
        expect(probe.httpGet.port).toBe(port!.name)
      expect(container!.livenessProbe.httpGet.path).toBe('/healthz')
      expect(container!.readinessProbe.httpGet.path).toBe('/readyz')
      const set = container!.env.find(({ name }) => name === 'PORT' || name === 'GOALPOST_HEALTH_PORT')
      expect(set?.value).toBe(String(port!.containerPort))
      // The API wants a token, which an annotation cannot name: infra/prometheus/prometheus.yml.
      const scraped = spec.selector!.matchLabels!['app'] === 'goalpost-api' ? undefined : set?.value
      expect(metadata.annotations?.['prometheus.io/port']).toBe(scraped)
    },
  )

  test('the service and the disruption budget select the API', () => {
    const { labels } = deployments[0]!.spec.template!.metadata
    for (const { kind, spec } of manifests) {
      if (kind === 'Service') expect(labels).toMatchObject(spec.selector!)
      if (kind === 'PodDisruptionBudget') expect(labels).toMatchObject(spec.selector!.matchLabels!)
      if (kind === 'Service') expect(spec.ports!.map(({ targetPort }) => targetPort)).toEqual(['http'])
    }
  })

  test('gives each program half an hour for the migrations before it counts as hung', () => {
    expect(deployments).toHaveLength(3)
    for (const { spec } of deployments) {
      const { startupProbe, livenessProbe } = spec.template!.spec.containers[0]!
      expect(startupProbe!.httpGet).toEqual(livenessProbe.httpGet)
      expect(startupProbe!.periodSeconds * startupProbe!.failureThreshold).toBeGreaterThanOrEqual(1_800)
    }
  })

  test('scales on existing columns and states of the database', () => {
    const [, task = ''] = /^model Task \{\n(.*?)^\}/ms.exec(read('prisma/schema.prisma')) ?? []
    const states = read('prisma/migrations/20261121000000_init/migration.sql')
    for (const { spec } of scaled) {
      const { query } = spec.triggers![0]!.metadata
      const [, ...columns] = [...query.matchAll(/(?:FROM|WHERE|AND) (\w+)/g)].map(([, name]) => name)
      expect(columns.filter((column) => !new RegExp(`^  ${column} `, 'm').test(task))).toEqual([])
      for (const [, state] of query.matchAll(/'(ready|queued|running)'/g)) expect(states).toContain(`'${state}'`)
    }
  })

  const rendered = spawnSync('kubectl', ['kustomize', kubernetes], { cwd: root, encoding: 'utf8' })
  if (rendered.error === undefined) {
    test('renders with kustomize: every object in its namespace', () => {
      expect(rendered.stderr).toBe('')
      const objects = documentsOf(rendered.stdout)
      expect(objects).toHaveLength(manifests.length)
      for (const { metadata } of objects) expect(metadata.namespace).toBe(kustomization.namespace)
    })
  } else process.stderr.write('Not checked for lack of kubectl: the manifests rendered with kustomize\n')
})
