export default {
  title: 'Planning board', hint: 'Drag a card to another day or venue, or open it to change its time. Nothing changes before you confirm.', this_week: 'This week', all_venues: 'All venues', no_venue: 'No venue booked', none: 'No activities and no bookings this week yet.', day: 'Day', none_that_day: 'No activities and no bookings that day.',
  card: '{title}, {span}, change its time', people: '{n} person | {n} people', move: 'Move: {title}', now: 'Now {span}', new_start: 'New start', until: 'Ends at {at}, as long as before', in_the_way: 'In the way: {title}, {span}', free: 'Nothing is in the way then.',
  will_tell: 'The {n} people who signed up will be told the new time.', move_it: 'Move it', move_and_tell: 'Move it and tell them', moved: 'Moved.', look: 'Look at it',
}
