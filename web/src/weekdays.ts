/** Weekdays in words: 星期一至星期五、星期日. Three and more in a row are told by their ends. */
import { t } from './i18n'
import { listed } from './signs'

/** `area`: whose words have `weekdays` and `days_to`. */
export function daysWords(days: number[], area: string): string {
  const name = (day: number) => t(`${area}.weekdays.${day}`)
  const told = (run: number[]) => (run.length < 3 ? run.map(name) : [t(`${area}.days_to`, { from: name(run[0]!), until: name(run.at(-1)!) })])
  return listed(inRuns(days).flatMap(told))
}

function inRuns(days: number[]): number[][] {
  const runs: number[][] = []
  for (const day of [...days].sort((a, b) => a - b)) {
    const run = runs.at(-1)
    if (run?.at(-1) === day - 1) run.push(day)
    else runs.push([day])
  }
  return runs
}
