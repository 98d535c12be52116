/** The board's map. */
export default {
  map: 'Tonight on the map', map_note: 'The map shows fixed checkpoints only, never where anybody is. Lines: walked; dots: still ahead.', legend: 'What the signs mean',
  map_text: '{visited} places visited, {next} are next, {late} should have been reached, {skipped} left out, {to_come} still to come, {sos} with a call for help, {idle} not tonight. The list says the same.',
  states: { sos: 'Call for help', late: 'Overdue', next: 'Next', visited: 'Visited', skipped: 'Left out', to_come: 'To come', idle: 'Not tonight' },
  silent_since: 'silent since {time}', cases: 'Cases: {n}', cases_late: 'Cases: {n}, late: {late}', called: 'Call: {n} coming',
  coming: '{n} coming', later: '{n} in 10 minutes', lacking: '{n} still needed', enough: 'Enough hands', asked: '{n} asked',
  cases_here: 'Cases here', all_cases: 'All cases', no_cases: 'No open cases here',
}
