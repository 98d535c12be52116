/** Squads and checkpoints, as patrol keeps them. */
import { allOf } from '../all'

export type SquadMember = { person_id: string; name: string; vest: string | null; buddy_id: string | null }
export type Squad = { id: string; code: string; name: string; leader_id: string; leader_name: string; zone: string | null; colour: string | null; members: SquadMember[]; route: string[]; active: boolean; version: number }
export type Checkpoint = { id: string; code: string; number: number; name: string; zone: string | null; lat: number | null; lon: number | null; active: boolean; version: number }

export const allSquads = () => allOf<Squad>('/patrol/squads')
export const allCheckpoints = () => allOf<Checkpoint>('/patrol/checkpoints')
