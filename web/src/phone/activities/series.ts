/** A series as the events service shows it to members. */
export type Series = {
  id: string; title: string; summary: string; kind: string; place: string; unit: { id: string; code: string; name: string }
  state: 'draft' | 'submitted' | 'sent_back' | 'published' | 'ended'; mine: boolean
  next: { id: string; starts_at: string; ends_at: string; state: string }[]
}
export type Poll = { options: { starts_at: string; ends_at: string; suits: number }[]; answers: number; mine: number[] | null }
