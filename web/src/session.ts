/** Who is signed in on this phone. */
import { computed, shallowRef } from 'vue'
import { NoConnection, Problem, api } from './api'
import { chosenLanguage, speak } from './i18n'
import { forgetAll, keep, kept } from './kept'

export type Role = 'secretary' | 'clerk' | 'duty' | 'liaison' | 'member'
export type Grant = { role: Role; unit_id?: string | null; place?: string | null; from: string; until: string | null }
export type Me = {
  id: string; name: string; unit: { id: string; code: string; name: string } | null; place: { code: string; name: string } | null
  roles: Grant[]; skills: string[]; groups: string[]; language: 'zh' | 'en'; version: number
}

export const me = shallowRef<Me | null>(null)
export const roles = computed(() => new Set<Role>((me.value?.roles ?? []).map(grant => grant.role)))
export const has = (...wanted: Role[]) => wanted.some(role => roles.value.has(role) || (role === 'clerk' && roles.value.has('secretary')))
export const hasDesk = computed(() => has('clerk', 'duty', 'liaison'))

async function accept(person: Me) {
  me.value = person
  await keep('me', person).catch(() => {})
  if (!chosenLanguage()) await speak(person.language === 'en' ? 'en' : 'zh-CN')
}

/** Whoever was here last still is, until the server says otherwise: pages and outbox open at once, and without a network. */
export async function recall() {
  me.value = (await kept<Me>('me').catch(() => undefined)) ?? null
  const asked = ask()
  if (!me.value) await asked
}

async function ask() {
  try {
    await accept(await api.get<Me>('/members/me', undefined, { timeout: 8_000 }))
  } catch (error) {
    if (error instanceof Problem && error.status === 401) await forget()
    else if (!(error instanceof NoConnection || error instanceof Problem)) throw error
  }
}

export async function signIn(phone: string, code: string, remember: boolean) {
  const { person } = await api.post<{ person: Me }>('/members/sign-in', { phone, code, remember, device_name: deviceName() })
  await accept(person)
}

export async function signOut(everywhere = false) {
  await api.post('/members/sign-out', { everywhere })
  await forget()
}

export async function forget() {
  me.value = null
  await forgetAll().catch(() => {})
}

export async function setLanguage(to: 'zh-CN' | 'en') {
  await speak(to)
  const person = me.value
  if (!person) return
  await api.patch<Me>('/members/me', { language: to === 'en' ? 'en' : 'zh' }, { version: person.version }).then(accept).catch(() => {})
}

/** A name under which the owner knows the device again in the list of devices. */
export function deviceName() {
  const agent = navigator.userAgent
  const system = /iPhone|iPad/.test(agent) ? 'iPhone' : /HarmonyOS/.test(agent) ? 'HarmonyOS' : /Android/.test(agent) ? 'Android' : /Windows/.test(agent) ? 'Windows' : /Mac/.test(agent) ? 'Mac' : 'Linux'
  const browser = /MicroMessenger/.test(agent) ? 'WeChat' : /Edg\//.test(agent) ? 'Edge' : /Firefox/.test(agent) ? 'Firefox' : /Chrome/.test(agent) ? 'Chrome' : 'Safari'
  return `${system} · ${browser}`
}
