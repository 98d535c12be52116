/** Talks to the services: cookie session, typed problems, one idempotency key for each form. */
export type FieldError = { code: string } & Record<string, unknown>
export type Page<T> = { items: T[]; next: string | null }
type Options = { body?: unknown; query?: Record<string, string | number | boolean | null | undefined>; key?: string; version?: number; timeout?: number }

/** What a service answered instead of what was asked (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly errors: Record<string, FieldError[]> = {},
    readonly facts: Record<string, unknown> = {},
  ) {
    super(title)
  }
}

/** The service could not be reached at all: nobody knows whether it heard us, so the same key must be used again. */
export class NoConnection extends Error {}

let onSignedOut = () => {}
export const whenSignedOut = (act: () => void) => { onSignedOut = act }

async function problemOf(answer: Response) {
  const said = (await answer.json().catch(() => ({}))) as Record<string, unknown>
  const { title, errors, type: _type, status: _status, detail: _detail, ...facts } = said
  const after = answer.headers.get('Retry-After')
  if (after) facts.retry_after = Number(after)
  const problem = new Problem(answer.status, typeof title === 'string' ? title : `Status${answer.status}`, (errors ?? {}) as never, facts)
  if (answer.status === 401 && problem.title === 'Unauthenticated') onSignedOut()
  return problem
}

function address(path: string, query: Options['query'] = {}) {
  const asked = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return `/api${path}${asked.length ? '?' + new URLSearchParams(asked.map(([name, value]) => [name, String(value)])) : ''}`
}

function headersOf(method: string, { body, key, version }: Options) {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (method !== 'GET') headers['X-Requested-By'] = 'pages'
  if (body instanceof Blob) headers['Content-Type'] = body.type || 'application/octet-stream'
  else if (body !== undefined && !(body instanceof FormData)) headers['Content-Type'] = 'application/json'
  if (key) headers['Idempotency-Key'] = key
  if (version !== undefined) headers['If-Match'] = `"v${version}"`
  return headers
}

async function reach(method: string, path: string, options: Options) {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), options.timeout ?? 20_000)
  const { body } = options
  const sent = body === undefined || body instanceof FormData || body instanceof Blob ? body : JSON.stringify(body)
  try {
    return await fetch(address(path, options.query), {
      method, headers: headersOf(method, options), body: sent, credentials: 'same-origin', cache: 'no-store', signal: stop.signal,
    })
  } catch {
    throw new NoConnection()
  } finally {
    clearTimeout(timer)
  }
}

async function call<T>(method: string, path: string, options: Options = {}): Promise<T> {
  const answer = await reach(method, path, options)
  if (!answer.ok) throw await problemOf(answer)
  if (answer.status === 204 || answer.status === 202) return (await answer.json().catch(() => undefined)) as T
  return (await answer.json().catch(() => { throw new NoConnection() })) as T
}

export const api = {
  get: <T>(path: string, query?: Options['query'], options?: Options) => call<T>('GET', path, { ...options, query }),
  blob: async (path: string) => {
    const answer = await reach('GET', path, {})
    if (!answer.ok) throw await problemOf(answer)
    return answer.blob()
  },
  post: <T>(path: string, body?: unknown, options?: Options) => call<T>('POST', path, { ...options, body }),
  put: <T>(path: string, body?: unknown, options?: Options) => call<T>('PUT', path, { ...options, body }),
  patch: <T>(path: string, body?: unknown, options?: Options) => call<T>('PATCH', path, { ...options, body }),
  delete: <T = void>(path: string, options?: Options) => call<T>('DELETE', path, options),
}

/** A UUID of version 7. `crypto.randomUUID` is missing on plain http, `getRandomValues` is not. */
export function newId(now = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) & 0xff
  bytes[6] = 0x70 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** One key for one form: the same over every retry, a new one once the thing is made or the words have changed. */
export function formKey() {
  let key = newId()
  let sent = ''
  return {
    for(body: unknown) {
      const now = JSON.stringify(body)
      if (sent && now !== sent) key = newId()
      sent = now
      return key
    },
    done() {
      key = newId()
      sent = ''
    },
  }
}
