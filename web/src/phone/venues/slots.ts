/** The times of a day at which a booking can begin and end, and which of them nobody has. */
import { clock } from '../../time'
import type { FreeSpan } from './venue'

export type Slot = { at: string; words: string; free: boolean }
type Span = [from: number, to: number]
const MINUTE = 60_000

const spanOf = ({ from, to }: FreeSpan): Span => [Date.parse(from), Date.parse(to)]
const midnight = (on: string) => Date.parse(`${on}T00:00:00+08:00`)
const iso = (at: number) => new Date(at).toISOString()
const wordsOf = (at: number, on: string) => (at === midnight(on) + 1440 * MINUTE ? '24:00' : clock(new Date(at)))

function merged(spans: FreeSpan[]): Span[] {
  const found: Span[] = []
  for (const span of spans.map(spanOf).sort((a, b) => a[0] - b[0])) {
    const last = found.at(-1)
    if (last && span[0] <= last[1]) last[1] = Math.max(last[1], span[1])
    else found.push(span)
  }
  return found
}

/** What can begin: in the hours, or, for a venue without hours, in what is free. Not what has passed. */
export function starts(on: string, open: FreeSpan[], free: FreeSpan[], step: number, now: Date): Slot[] {
  const slots: Slot[] = []
  for (const [from, to] of merged([...open, ...free])) {
    const late = (from - midnight(on)) % (step * MINUTE)
    for (let at = late ? from - late + step * MINUTE : from; at < to; at += step * MINUTE) {
      if (at > now.getTime()) slots.push({ at: iso(at), words: wordsOf(at, on), free: free.map(spanOf).some(([a, b]) => a <= at && at < b) })
    }
  }
  return slots
}

/** How long what begins then can last. */
export function ends(on: string, start: string, open: FreeSpan[], free: FreeSpan[], step: number, longest: number): Slot[] {
  const begin = Date.parse(start)
  const span = merged([...open, ...free]).find(([from, to]) => from <= begin && begin < to)
  const last = Math.min(span?.[1] ?? 0, begin + longest * MINUTE)
  const slots: Slot[] = []
  for (let at = begin + step * MINUTE; at <= last; at += step * MINUTE) {
    slots.push({ at: iso(at), words: wordsOf(at, on), free: free.map(spanOf).some(([a, b]) => a <= begin && at <= b) })
  }
  return slots
}
