/** A unit's keys and the address of its own system. */
export type Key = { id: string; unit_id: string; kind: 'test' | 'team' | 'live'; label: string; scopes: string[]; ending: string; created_at: string; last_used_at: string | null; expires_at: string | null; revoked_at: string | null }
export type NewKey = Key & { key: string }
export type Webhook = { url: string | null; last_ok_at: string | null; dead: boolean }

export const KINDS = ['test', 'team', 'live'] as const
export const SCOPES = ['activities:read', 'activities:write', 'people:read', 'webhooks:write'] as const
/** Colons are no good in the names of words. */
export const scopeKey = (scope: string) => `desk.keys.scopes.${scope.replace(':', '_')}`

export function stateOf(key: Key, now = new Date()) {
  if (key.revoked_at && new Date(key.revoked_at) <= now) return 'revoked'
  if (key.expires_at && new Date(key.expires_at) <= now) return 'expired'
  return key.revoked_at ? 'ending' : 'valid'
}
