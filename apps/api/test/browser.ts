/** Cookies and redirects, as a browser has them. Cookies are kept by host and port, whatever their path. */
export type Browser = {
  /** One request, without following redirects. */
  get(address: string, form?: Readonly<Record<string, string>>): Promise<Response>
  /** Follows redirects, but none to an address that begins with `until`, which is returned as `stopped`. */
  follow(
    address: string,
    until: string,
    form?: Readonly<Record<string, string>>,
  ): Promise<{ readonly address: string; readonly body: string; readonly stopped: string | null }>
  copy(): Browser
}

/** `accept`: what the API sees; people's browsers ask for pages. */
export function createBrowser({ cookies = new Map<string, Map<string, string>>(), accept = '*/*' } = {}): Browser {
  const get: Browser['get'] = async (address, form) => {
    const { host } = new URL(address)
    const jar = cookies.get(host) ?? new Map<string, string>()
    cookies.set(host, jar)
    const response = await fetch(address, {
      redirect: 'manual',
      headers: { accept, cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }
  return {
    get,
    async follow(address, until, form) {
      let next = address
      let response = await get(next, form)
      for (let hops = 0; hops < 20; hops++) {
        const location = response.headers.get('location')
        if (location === null) return { address: next, body: await response.text(), stopped: null }
        next = new URL(location, next).href
        if (next.startsWith(until)) return { address: next, body: '', stopped: next }
        response = await get(next)
      }
      throw new Error(`${address} leads in a circle`)
    },
    copy: () => createBrowser({ cookies: new Map([...cookies].map(([host, jar]) => [host, new Map(jar)])), accept }),
  }
}
