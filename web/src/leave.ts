/** Signing out. Work that has not been sent stays on the phone, so we ask before leaving it behind. */
import { t } from './i18n'
import { flush, waiting } from './patrol/outbox'
import { router } from './router'
import { signOut } from './session'
import { sayProblem } from './toast'

export async function leave(everywhere = false) {
  if (waiting.value.length) await flush()
  const left = waiting.value.length
  if (left && !window.confirm(t('common.leave_unsent', { n: left }))) return
  try {
    await signOut(everywhere)
    await router.push('/sign-in')
  } catch (error) {
    sayProblem(error)
  }
}
