import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { Config } from '@countersign/runtime/config'
import { expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { describeMetrics } from '../support/describe-metrics.ts'

const root = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')
const known = new Set(Object.keys(Config.shape))

/** The names of our own settings are all that a process of ours may be given. */
const expectKnown = (names: Iterable<string>) =>
  expect([...names].filter((name) => !known.has(name))).toEqual([])

/** Paths of the repository that something names. */
const expectThere = (paths: readonly string[]) =>
  expect(paths.filter((path) => !existsSync(new URL(path, root)))).toEqual([])

const Healthcheck = z.strictObject({ test: z.array(z.string()).min(2), interval: z.string() })
const Service = z.strictObject({
  image: z.string().regex(/^[\w./-]+:[\w.-]+$/),
  build: z.literal('.').optional(),
  restart: z.literal('unless-stopped').optional(),
  stop_grace_period: z.literal('35s').optional(),
  entrypoint: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  env_file: z
    .tuple([z.strictObject({ path: z.literal('.env'), required: z.literal(false) })])
    .optional(),
  environment: z.record(z.string(), z.string()).optional(),
  depends_on: z
    .record(
      z.string(),
      z.strictObject({ condition: z.enum(['service_healthy', 'service_completed_successfully']) }),
    )
    .optional(),
  healthcheck: Healthcheck.optional(),
  deploy: z.strictObject({ replicas: z.int() }).optional(),
  ports: z.array(z.string().regex(/^\d+:\d+$/)).optional(),
  profiles: z.array(z.string()).optional(),
  volumes: z.array(z.string()).optional(),
})
const Compose = z.looseObject({
  name: z.string(),
  services: z.record(z.string(), Service),
  volumes: z.record(z.string(), z.strictObject({})),
})

const compose = Compose.parse(parse(read('docker-compose.yml'), { merge: true }))

test('what docker-compose.yml gives our processes exists: settings and programs', () => {
  const ours = Object.values(compose.services).filter(({ build }) => build)
  expect(ours).toHaveLength(2)
  for (const { environment = {}, command = [] } of ours) {
    expectKnown(Object.keys(environment))
    expectThere(command.slice(-1))
  }
  const valkey = compose.services.valkey?.command
  expect(valkey).toEqual(expect.arrayContaining(['--maxmemory-policy', 'noeviction']))
})

test('a worker of docker-compose.yml asks a service of its own network for what is served', () => {
  const { environment = {}, command = [] } = compose.services.worker ?? {}
  expect(command.join(' ')).toContain('worker')
  const { hostname, port } = new URL(environment.PROBE_URL ?? 'http://localhost')
  expect(compose.services[hostname]?.ports).toEqual([`${port}:${port}`])
})

test('what docker-compose.yml mounts is a file of ours or one of its volumes', () => {
  const mounted = Object.values(compose.services).flatMap(({ volumes = [] }) => volumes)
  const sources = mounted.map((volume) => volume.split(':')[0] ?? '')
  expectThere(sources.filter((source) => source.startsWith('.')))
  const named = sources.filter((source) => !source.startsWith('.'))
  expect(new Set(named)).toEqual(new Set(Object.keys(compose.volumes)))
})

test('what docker-compose.yml waits for can tell that it is well', () => {
  const awaited = Object.values(compose.services).flatMap(({ depends_on = {} }) =>
    Object.entries(depends_on),
  )
  const healthy = awaited.filter(([, { condition }]) => condition === 'service_healthy')
  expect(healthy.length).toBeGreaterThan(3)
  // Our own image has its check in the Dockerfile.
  const mute = healthy.filter(([name]) => {
    const { healthcheck, build } = compose.services[name] ?? {}
    return !healthcheck && !build
  })
  expect(mute).toEqual([])
  expect(awaited.filter(([name]) => !compose.services[name])).toEqual([])
})

test('the Dockerfile copies what is there, and ends as nobody of importance', () => {
  const lines = read('Dockerfile').replaceAll('\\\n', ' ').split('\n')
  const copied = lines
    .filter((line) => /^COPY (?!--from)/.test(line))
    .flatMap((line) => line.split(' ').slice(1, -1))
  expect(copied.length).toBeGreaterThan(4)
  expect(copied.filter((path) => !existsSync(new URL(path, root)))).toEqual([])
  const ignored = read('.dockerignore').split('\n')
  const allowed = ignored.filter((line) => line.startsWith('!')).map((line) => line.slice(1))
  expect(copied.filter((path) => !allowed.includes(path))).toEqual([])
  const environment = lines
    .filter((line) => line.startsWith('ENV '))
    .flatMap((line) => [...line.matchAll(/(\w+)=/g)])
  expectKnown(environment.map(([, name = '']) => name).filter((name) => name !== 'NODE_ENV'))
  expect(lines.findLast((line) => line.startsWith('USER '))).toBe('USER node')
  expect(lines.some((line) => line.startsWith('HEALTHCHECK '))).toBe(true)
  const [, program = ''] = /^CMD \["node", "(.+)"\]$/m.exec(read('Dockerfile')) ?? []
  expect(existsSync(new URL(program, root))).toBe(true)
})

const Probe = z.looseObject({ httpGet: z.strictObject({ path: z.string(), port: z.string() }) })
const Container = z.looseObject({
  name: z.string(),
  image: z.literal('countersign'),
  command: z.array(z.string()),
  ports: z.array(z.strictObject({ name: z.string(), containerPort: z.int() })),
  env: z.array(z.strictObject({ name: z.string(), value: z.string() })).optional(),
  startupProbe: Probe,
  livenessProbe: Probe,
  readinessProbe: Probe.optional(),
  volumeMounts: z.array(z.strictObject({ name: z.string(), mountPath: z.string() })),
})

const base = 'deploy/kubernetes/'
const { resources } = z
  .looseObject({ resources: z.array(z.string()) })
  .parse(parse(read(`${base}kustomization.yaml`)))
const objects = resources.flatMap((name) =>
  parseAllDocuments(read(base + name)).map((one) => one.toJS()),
)
const ofKind = (kind: string) => objects.filter((object) => object.kind === kind)

test('the Kubernetes base lists every file, and gives only settings that there are', () => {
  const files = readdirSync(new URL(base, root)).filter((name) => name !== 'kustomization.yaml')
  expect(resources.toSorted()).toEqual(files.sort())
  const [config] = ofKind('ConfigMap')
  expectKnown(Object.keys(config.data))
  const [, secrets = ''] = /holds ([\s\S]+?)\.\n/.exec(read(`${base}config.yaml`)) ?? []
  expectKnown(secrets.match(/[A-Z][A-Z_]{3,}/g) ?? ['none is named'])
})

test('the Kubernetes base probes what is served, and disrupts and scales what is there', () => {
  const deployments = ofKind('Deployment')
  expect(deployments).toHaveLength(2)
  for (const { metadata, spec } of deployments) {
    expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels)
    expect(spec.template.spec.securityContext).toMatchObject({ runAsNonRoot: true })
    const [container] = z.array(Container).length(1).parse(spec.template.spec.containers)
    if (container) expectSound(container)
    const volumes = spec.template.spec.volumes.map(({ name }: { name: string }) => name)
    expect(container?.volumeMounts.map(({ name }) => name)).toEqual(volumes)
    const budget = ofKind('PodDisruptionBudget').find((one) => one.metadata.name === metadata.name)
    expect(budget?.spec.selector).toEqual(spec.selector)
  }
  const [scaled] = ofKind('ScaledObject')
  const names = deployments.map(({ metadata }) => metadata.name)
  expect(names).toContain(scaled.spec.scaleTargetRef.name)
})

function expectSound({ env = [], command, ports, ...probes }: z.infer<typeof Container>): void {
  expectKnown(env.map(({ name }) => name))
  expectThere(command.slice(-1))
  const open = ports.map(({ name }) => name)
  const { startupProbe, livenessProbe, readinessProbe = livenessProbe } = probes
  for (const { httpGet } of [startupProbe, livenessProbe, readinessProbe]) {
    expect(open).toContain(httpGet.port)
    expect(['/health', '/health/ready']).toContain(httpGet.path)
  }
}

const Alerts = z.object({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string(),
          expr: z.string(),
          for: z
            .string()
            .regex(/^\d+[smh]$/)
            .optional(),
          labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.strictObject({ summary: z.string(), runbook: z.string() }),
        }),
      ),
    }),
  ),
})

const { groups } = Alerts.parse(parse(read('deploy/prometheus/alerts.yml')))
const alerts = groups.flatMap(({ rules }) => rules)

test('every alert has a runbook of its name, and every runbook an alert', () => {
  for (const { alert, annotations } of alerts)
    expect(annotations.runbook).toBe(`docs/runbooks/${alert}.md`)
  const pages = readdirSync(new URL('docs/runbooks/', root)).map((name) => name.replace('.md', ''))
  expect(pages.sort()).toEqual(alerts.map(({ alert }) => alert).sort())
  for (const name of pages) {
    const page = read(`docs/runbooks/${name}.md`)
    expect(page).toMatch(new RegExp(`^# ${name}\n[\\s\\S]+\n## Look\n[\\s\\S]+\n## Do\n`))
    const settings = [...page.matchAll(/`([A-Z][A-Z0-9]*_[A-Z0-9_]+)`/g)].map(([, key = '']) => key)
    expectKnown(settings)
  }
})

test('alerts, the dashboard and the scaler ask only for metrics and labels that are exported', async () => {
  const exported = new Map((await describeMetrics()).map((metric) => [metric.name, metric]))
  // Prometheus says by these where it scraped what, and renames those that it finds.
  const reserved = ['job', 'instance']
  const renamed = [...exported.values()].filter(({ labels }) =>
    labels.some((label) => reserved.includes(label)),
  )
  expect(renamed).toEqual([])
  const dashboard = JSON.parse(read('deploy/grafana/dashboards/countersign.json'))
  const panels: { targets: { expr: string }[] }[] = dashboard.panels
  const scaler = parse(read('deploy/kubernetes/scaling.yaml'))
  const queries = [
    ...alerts.map(({ expr }) => expr),
    ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ...scaler.spec.triggers.map(({ metadata }: { metadata: { query: string } }) => metadata.query),
  ]
  const asked = queries.flatMap((query) => [
    ...query.matchAll(/(countersign_\w+?)(?:_bucket|_count|_sum)?(?:\{([^}]*)\})?(?=[^\w{])/g),
  ])
  expect(asked.length).toBeGreaterThan(40)
  for (const [, name = '', selector = ''] of asked) {
    const metric = exported.get(name)
    expect([name, metric !== undefined]).toEqual([name, true])
    const labels = [...selector.matchAll(/(\w+)\s*[=!]/g)].map(([, label]) => label ?? '')
    expect(metric?.labels).toEqual(expect.arrayContaining(labels))
  }
  const shown = new Set(asked.map(([, name = '']) => name))
  expect([...exported.keys()].filter((name) => !shown.has(name))).toEqual([])
})
