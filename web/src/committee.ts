/** Whom to call. /committee.json stands beside the built pages, so that a site changes it without building. */
import { shallowRef } from 'vue'
import type { Language } from './i18n'
import { keep, kept } from './kept'

type Both = Record<Language, string>
export type Committee = { phone: string; desk: Both; hours: Both }
const committee = shallowRef<Committee>()
let asked = false

async function ask() {
  committee.value ??= await kept<Committee>('committee').catch(() => undefined)
  const answer = await fetch('/committee.json').catch(() => null)
  if (!answer?.ok) return
  committee.value = (await answer.json()) as Committee
  await keep('committee', committee.value).catch(() => {})
}

export function useCommittee() {
  if (!asked) void ask()
  asked = true
  return committee
}
