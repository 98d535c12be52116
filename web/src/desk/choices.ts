/** Lists to choose from, asked for once in a while and shared by all pages of the desk. */
import { computed, shallowRef } from 'vue'
import { api, type Page } from '../api'
import { me } from '../session'
import { sayProblem } from '../toast'

export type Unit = { id: string; code: string; name: string; kind: string; members_count: number; needs_approval: boolean; version: number }
export type Place = { id: string; code: string; name: string; kind: string; parent_id: string | null }
export type Choice = { code: string; name: string }

const GOOD_FOR = 60_000
const itemsOf = <T>(answer: T[] | Page<T>) => (Array.isArray(answer) ? answer : answer.items)

function list<T>(path: string, query?: Record<string, string | number>) {
  const items = shallowRef<T[]>([])
  let asked = 0
  async function ask() {
    asked = Date.now()
    try { items.value = itemsOf(await api.get<T[] | Page<T>>(path, query)) } catch (error) { asked = 0; sayProblem(error) }
  }
  return () => {
    if (Date.now() - asked > GOOD_FOR) void ask()
    return items
  }
}

export const useUnits = list<Unit>('/members/units')
export const usePlaces = list<Place>('/members/places')
export const useGroups = list<Choice>('/members/groups')
export const useSkills = list<Choice>('/members/skills')
/** Compounds and the zones of members in them, as squads and audiences name them. */
export const useZones = list<Choice>('/patrol/zones', { limit: 200 })

/** The units for which the person is a liaison officer. */
export function useOwnUnits() {
  const units = useUnits()
  return computed(() => {
    const own = new Set((me.value?.roles ?? []).filter(grant => grant.role === 'liaison').map(grant => grant.unit_id))
    return units.value.filter(unit => own.has(unit.id))
  })
}
