/** Members, roles and imports, as the members service shows them. */
export type Named = { code: string; name: string }
export type PersonItem = {
  id: string; number: string; name: string; phone_masked: string | null; category: string; unit: (Named & { id: string }) | null
  place: (Named & { compound: string | null }) | null; zone: string | null; skills: string[]; groups: string[]; active: boolean
}
export type Person = PersonItem & { phone: string | null; email: string | null; language: 'zh' | 'en'; version: number }
export type RoleGrant = { id: string; person_id: string; person_name: string; role: 'secretary' | 'clerk' | 'duty' | 'liaison'; unit: Named | null; place: string | null; from: string; until: string | null }

export const CATEGORIES = ['in_service', 'retired', 'floating', 'flexible', 'probationary'] as const
export const SKILLS = ['law', 'medicine', 'teaching', 'electrics', 'plumbing', 'driving', 'first_aid', 'accounting', 'calligraphy', 'errentai', 'coaching', 'sign_language', 'mongolian'] as const
export const ROLES = ['clerk', 'duty', 'liaison', 'secretary'] as const

export type Mistake = { sheet: string; row: number; column: string; code: string; value_masked: string; params: Record<string, unknown>; words: string }
export type ImportItem = {
  id: string; state: 'checking' | 'checked' | 'applying' | 'applied' | 'undone' | 'failed' | 'stopped'; filename: string
  counts: { rows: number; new: number; changed: number; unchanged: number; errors: number }
  progress: number; created_at: string; applied_at: string | null; undone_at: string | null; by: string
}
export type Import = ImportItem & { errors: Mistake[] }

export const LARGEST = 10 * 1024 * 1024
export const IMPORT_TONES = { checking: 'info', checked: 'warn', applying: 'info', applied: 'ok', undone: 'plain', failed: 'bad', stopped: 'plain' } as const
export const stateWord = (one: ImportItem) => (one.state === 'checked' && one.counts.errors > 0 ? 'wrong' : one.state)
export const works = (one: ImportItem) => one.state === 'checking' || one.state === 'applying'
