import type { Client } from '@goalpost/client'
import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { parseLevelSearch } from './catalogue/level-search-params.ts'
import { parseComparisonSearch } from './compare/comparison-arms.ts'
import { parseExperimentView } from './experiment/experiment-view.ts'
import { parseExperimentFilter } from './experiments/experiment-filter.ts'
import { ExperimentsPage } from './experiments/experiments-page.tsx'
import { experimentsQuery } from './experiments/use-experiments.ts'
import { parseLeagueView } from './leagues/league-view.ts'
import { parseReplayView } from './replay/replay-view.ts'
import { parseSampleView } from './samples/sample-view.ts'
import { CrashedPage } from './shell/crashed-page.tsx'
import { Layout } from './shell/layout.tsx'
import { MissingPage } from './shell/missing-page.tsx'
import { parseSubmitSearch } from './submit/submit-search.ts'
import { JoinPage } from './session/join-page.tsx'
import { parseSignInSearch } from './session/sign-in-refusals.ts'
import { SignInPage } from './session/sign-in-page.tsx'

/** What pages begin to read before they are drawn. */
type PageContext = { readonly client: Client; readonly queries: QueryClient }

const root = createRootRouteWithContext<PageContext>()({ component: Layout, notFoundComponent: MissingPage })

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/experiments' })
  },
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: parseSignInSearch,
  component: SignInPage,
})

const join = createRoute({ getParentRoute: () => root, path: '/join', component: JoinPage })

const experiments = createRoute({
  getParentRoute: () => root,
  path: '/experiments',
  validateSearch: parseExperimentFilter,
  component: ExperimentsPage,
  loaderDeps: ({ search }) => search,
  // The list is asked for beside the session, not after it. Whether it comes, the page says.
  loader: ({ context: { client, queries }, deps }) =>
    void queries.prefetchInfiniteQuery(experimentsQuery(client, deps)),
  // Pointing at one of the many links to lists reads nothing.
  preload: false,
})

const experiment = createRoute({
  getParentRoute: () => root,
  path: '/experiments/$id',
  validateSearch: parseExperimentView,
  component: lazyRouteComponent(() => import('./experiment/experiment-page.tsx'), 'ExperimentPage'),
})

const namedExperiment = createRoute({
  getParentRoute: () => root,
  path: '/experiments/by-name/$name',
  component: lazyRouteComponent(() => import('./experiment/named-experiment-page.tsx'), 'NamedExperimentPage'),
})

const replay = createRoute({
  getParentRoute: () => root,
  path: '/experiments/$id/replay',
  validateSearch: parseReplayView,
  component: lazyRouteComponent(() => import('./replay/replay-page.tsx'), 'ReplayPage'),
})

const run = createRoute({
  getParentRoute: () => root,
  path: '/runs/$id',
  component: lazyRouteComponent(() => import('./runs/run-page.tsx'), 'RunPage'),
})

const task = createRoute({
  getParentRoute: () => root,
  path: '/tasks/$id',
  validateSearch: parseSampleView,
  component: lazyRouteComponent(() => import('./runs/task-page.tsx'), 'TaskPage'),
})

const compare = createRoute({
  getParentRoute: () => root,
  path: '/compare',
  validateSearch: parseComparisonSearch,
  component: lazyRouteComponent(() => import('./compare/compare-page.tsx'), 'ComparePage'),
})

const league = createRoute({
  getParentRoute: () => root,
  path: '/league',
  validateSearch: parseLeagueView,
  component: lazyRouteComponent(() => import('./leagues/league-page.tsx'), 'LeaguePage'),
})

const submit = createRoute({
  getParentRoute: () => root,
  path: '/submit',
  validateSearch: parseSubmitSearch,
  component: lazyRouteComponent(() => import('./submit/submit-page.tsx'), 'SubmitPage'),
})

const fleet = createRoute({
  getParentRoute: () => root,
  path: '/fleet',
  component: lazyRouteComponent(() => import('./fleet/fleet-page.tsx'), 'FleetPage'),
})

const catalogue = createRoute({
  getParentRoute: () => root,
  path: '/catalogue',
  component: lazyRouteComponent(() => import('./catalogue/catalogue-page.tsx'), 'CataloguePage'),
})

const entry = createRoute({
  getParentRoute: () => root,
  path: '/catalogue/$protocol/$name',
  component: lazyRouteComponent(() => import('./catalogue/entry-page.tsx'), 'EntryPage'),
})

const level = createRoute({
  getParentRoute: () => root,
  path: '/levels/$hash',
  validateSearch: parseLevelSearch,
  component: lazyRouteComponent(() => import('./catalogue/level-page.tsx'), 'LevelPage'),
})

const models = createRoute({
  getParentRoute: () => root,
  path: '/models',
  component: lazyRouteComponent(() => import('./models/models-page.tsx'), 'ModelsPage'),
})

const model = createRoute({
  getParentRoute: () => root,
  path: '/models/$name',
  component: lazyRouteComponent(() => import('./models/model-page.tsx'), 'ModelPage'),
})

const gates = createRoute({
  getParentRoute: () => root,
  path: '/gates',
  component: lazyRouteComponent(() => import('./gates/gates-page.tsx'), 'GatesPage'),
})

const gate = createRoute({
  getParentRoute: () => root,
  path: '/gates/$name',
  component: lazyRouteComponent(() => import('./gates/gate-page.tsx'), 'GatePage'),
})

const administration = createRoute({
  getParentRoute: () => root,
  path: '/administration',
  component: lazyRouteComponent(() => import('./administration/administration-page.tsx'), 'AdministrationPage'),
})

const administrationHome = createRoute({
  getParentRoute: () => administration,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/administration/keys', replace: true })
  },
})

const keys = createRoute({
  getParentRoute: () => administration,
  path: '/keys',
  component: lazyRouteComponent(() => import('./administration/keys-page.tsx'), 'KeysPage'),
})

const members = createRoute({
  getParentRoute: () => administration,
  path: '/members',
  component: lazyRouteComponent(() => import('./administration/members-page.tsx'), 'MembersPage'),
})

const webhooks = createRoute({
  getParentRoute: () => administration,
  path: '/webhooks',
  component: lazyRouteComponent(() => import('./administration/webhooks-page.tsx'), 'WebhooksPage'),
})

const usage = createRoute({
  getParentRoute: () => administration,
  path: '/usage',
  component: lazyRouteComponent(() => import('./administration/usage-page.tsx'), 'UsagePage'),
})

const audit = createRoute({
  getParentRoute: () => administration,
  path: '/audit',
  component: lazyRouteComponent(() => import('./administration/audit-page.tsx'), 'AuditPage'),
})

const workspaces = createRoute({
  getParentRoute: () => administration,
  path: '/workspaces',
  component: lazyRouteComponent(() => import('./administration/workspaces-page.tsx'), 'WorkspacesPage'),
})

/** All pages with their addresses. A page's code is loaded when it is opened, or about to be. */
export function createPages(context: PageContext) {
  return createRouter({
    context,
    routeTree: root.addChildren([
      home,
      signIn,
      join,
      experiments,
      experiment,
      namedExperiment,
      replay,
      run,
      task,
      compare,
      league,
      submit,
      fleet,
      catalogue,
      entry,
      level,
      models,
      model,
      gates,
      gate,
      administration.addChildren([administrationHome, keys, members, webhooks, usage, audit, workspaces]),
    ]),
    defaultPreload: 'intent',
    defaultErrorComponent: CrashedPage,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createPages>
  }
}
