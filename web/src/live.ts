/** News from the server: an event stream while the page is in sight, polling where the stream is refused. */
export type News = { stream: string; event: string; poll?: number }

/** Calls `act` on every piece of news, and once whenever the page wakes: a sleeping phone has missed some. */
export function listen({ stream, event, poll = 30_000 }: News, act: (data: unknown) => void) {
  let source: EventSource | null = null
  let timer: ReturnType<typeof setInterval> | undefined

  const parse = (text: string) => { try { return JSON.parse(text) as unknown } catch { return null } }
  const startPolling = () => { timer ??= setInterval(() => act(null), poll) }
  const stopPolling = () => { clearInterval(timer); timer = undefined }

  function open() {
    close()
    if (document.hidden) return
    source = new EventSource(`/api${stream}`)
    source.addEventListener(event, news => act(parse((news as MessageEvent<string>).data)))
    let opened = false
    source.onopen = () => {
      stopPolling()
      if (opened) act(null) // the stream was away for a while, and so were the news
      opened = true
    }
    source.onerror = startPolling
  }
  function close() {
    source?.close()
    source = null
    stopPolling()
  }
  function wake() {
    if (document.hidden) return close()
    open()
    act(null)
  }
  // A refused stream (503) is closed by the browser for good: try again at times, poll meanwhile.
  const revive = setInterval(() => { if (!document.hidden && source?.readyState === EventSource.CLOSED) { const polling = timer; open(); if (polling) startPolling() } }, 60_000)

  // After a laptop's sleep the stream may look open while nobody is at its other end.
  let ticked = Date.now()
  const sleepless = setInterval(() => {
    const slept = Date.now() - ticked > 40_000
    ticked = Date.now()
    if (slept) wake()
  }, 10_000)

  document.addEventListener('visibilitychange', wake)
  window.addEventListener('online', wake)
  open()
  return () => {
    clearInterval(revive)
    clearInterval(sleepless)
    document.removeEventListener('visibilitychange', wake)
    window.removeEventListener('online', wake)
    close()
  }
}
