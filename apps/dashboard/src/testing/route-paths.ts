/** The addresses of all pages, as the router has them, e.g. `/experiments/$id`; without those that only lead elsewhere. */
export function routePaths(router: string): string[] {
  const routes = router.split('createRoute(').slice(1)
  return routes.flatMap((route) => {
    const [, path] = /path: '([^']*)'/.exec(route) ?? []
    const [, parent] = /getParentRoute: \(\) => (\w+)/.exec(route) ?? []
    const isPage = /\bcomponent: /.test(route.slice(0, route.indexOf('\n})') + 1 || undefined))
    if (path === undefined || !isPage) return []
    return [parent === 'root' ? path : `/${parent}${path}`]
  })
}

/** Whether an address is one of a page's. */
export function isAddressOf(path: string, address: string): boolean {
  const pattern = path.split('/').map((part) => (part.startsWith('$') ? '[^/]+' : part))
  return new RegExp(`^${pattern.join('/')}/?$`).test(address.replace(/[?#].*$/, ''))
}
