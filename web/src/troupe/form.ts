/** What is written down about a troupe, and how it changes hands with the server. */
import type { Troupe } from '../troupes'

export type Form = {
  name: string; discipline: string; about: string; unit: string; active: boolean; leader: { id: string; name: string } | null
  rehearsals: { weekday: number; start_time: string; minutes: string | number; place: string }[]; repertoire: { title: string; minutes: string | number }[]
}
export const blank = (): Form => ({ name: '', discipline: 'choir', about: '', unit: '', active: true, leader: null, rehearsals: [], repertoire: [] })
export const formOf = (one: Troupe): Form => ({
  name: one.name, discipline: one.discipline, about: one.about, unit: one.unit?.code ?? '', active: one.active, leader: one.leader && { id: one.leader_id, name: one.leader.name },
  rehearsals: one.rehearsals.map(each => ({ ...each })), repertoire: one.repertoire.map(each => ({ title: each.title, minutes: each.minutes ?? '' })),
})
const figure = (value: string | number) => (String(value).trim() ? Number(value) : null)
export const bodyOf = (form: Form) => ({
  name: form.name.trim(), discipline: form.discipline, about: form.about.trim(), leader_id: form.leader?.id,
  rehearsals: form.rehearsals.map(one => ({ ...one, minutes: Number(one.minutes), place: one.place.trim() })),
  repertoire: form.repertoire.filter(one => one.title.trim()).map(one => ({ title: one.title.trim(), minutes: figure(one.minutes) })),
})
