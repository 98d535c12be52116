export default {
  title: 'How was it?', no_name: 'Without your name: nobody sees that it was you. Speaker and unit see results once three have answered.', choose: 'Please tap a face.',
  overall: { ask: 'How was it?', good: 'Good', fair: 'So-so', poor: 'Poor' },
  followed: { ask: 'Could you follow it?', yes: 'Yes', partly: 'Partly', no: 'No' },
  more: { ask: 'More of it?', yes: 'Yes', maybe: 'Maybe', no: 'No' },
  words: 'Anything else', words_hint: 'The speaker and the unit read what you write; please write no names.',
  voice: 'Say it', voice_hint: 'A minute at most. Who knows you may know your voice; it is deleted ninety days after the activity.', record: 'Record', stop: 'Done', seconds: 'Recording, {n} s', again: 'Record again', no_voice: 'No recording', voice_kept: 'You recorded something.', refused: 'The microphone is off; you can go on without.',
  send: 'Send', change: 'Change it', thanks: 'Thank you for telling us!', until: 'You can change it until {time}.',
  why: { NotThere: 'Only those who were there can say', NotFinished: 'Please come back when it is over', FeedbackClosed: 'Two weeks have passed', EverybodyAnswered: 'There is an answer of everybody who was there' },
  to_say: 'How was it? Three taps', to_change: 'Change what I said', to_results: 'What people said',
  results: 'What people said', answers_of: '{n} said how it was, {all} were there', too_few: 'Not enough yet', too_few_text: 'Shown from {n} answers on, so that nobody is known by theirs.', n_people: '{n}', words_said: 'In writing', voices: 'By voice', listen: 'Listen to {n}',
  slips_print: 'Print slips', slips_type: 'Type in slips', slips_hint: 'One after the other; leave open what has no circle. {n} are left.', slip_words: 'Words on the slip', slip_blank: 'Nothing is on this slip.', slip_save: 'Take it down', slip_saved: 'Taken down; {n} are left.', slips_none: 'There is an answer of everybody who was there.',
  given: 'Lectures that you gave',
}
