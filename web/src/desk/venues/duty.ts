import type { VenueName } from '../../phone/venues/venue'

/** A day of a venue's roster; `missing`: how many stewards more it needs. */
export type Duty = { venue: VenueName; on: string; open: boolean; needed: number; people: { id: string; name: string }[]; missing: number }
