/** What fits a need, or an offer: in the server's order; one that does not fit after all goes. */
import { api } from '../api'
import { t } from '../i18n'
import { useLoad } from '../load'
import { say, sayProblem } from '../toast'
import type { Match } from './lines'

export function useMatches(props: { path: string; side: 'need' | 'offer' }) {
  const load = useLoad(async () => (await api.get<{ items: Match[] }>(`${props.path}/matches`)).items)
  const other = (match: Match) => (props.side === 'need' ? match.offer : match.need)
  async function decline(match: Match) {
    try {
      await api.post(`/events/matches/${match.id}/decline`)
      say(t('lists.declined'))
      await load.reload()
    } catch (error) {
      sayProblem(error)
    }
  }
  return { load, other, decline }
}
