/** Troupes as the events service shows them: the same at the desk and on the phone. */
export const DISCIPLINES = ['choir', 'dance', 'exercise', 'errentai', 'calligraphy', 'instruments', 'chess', 'photo', 'other'] as const
export type Rehearsal = { weekday: number; start_time: string; minutes: number; place: string }
export type Piece = { title: string; minutes: number | null }
export type Troupe = {
  id: string; name: string; discipline: (typeof DISCIPLINES)[number]; about: string; unit: { code: string; name: string } | null; leader: { name: string } | null; leader_id: string
  rehearsals: Rehearsal[]; repertoire: Piece[]; size: number; active: boolean; version: number
}
export type TroupeMember = { id: string; person_id: string | null; name: string; part: string; since: string }
export type Invitation = {
  id: string; troupe: { id: string; name: string }; unit: { id: string; code: string; name: string }; title: string; place: string; starts_at: string; ends_at: string; wishes: string
  state: 'asked' | 'accepted' | 'declined' | 'withdrawn'; reason: string | null
}
export const INVITATION_TONES = { asked: 'warn', accepted: 'ok', declined: 'plain', withdrawn: 'plain' } as const
