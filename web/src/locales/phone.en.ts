export default {
  sign_in: {
    phone: 'Mobile number', phone_hint: 'The number your organisation has registered for you.', get_code: 'Send me a code', code: 'Six-digit code', code_hint: 'Sent to {phone}, valid for five minutes.',
    remember: 'This is my own phone: keep me signed in for 90 days', submit: 'Sign in', other_phone: 'Use another number', resend: 'Send again', resend_in: 'Send again in {n} s',
    phone_invalid: 'Please enter a mobile number of 11 digits.', code_invalid: 'Please enter the six digits of the message.',
    no_code: 'No code? Your number may not be registered yet. Please call the desk.', unsent: '{n} records are kept on this phone and are uploaded once you sign in.', welcome: 'Hello, {name}.',
  },
  today: {
    morning: 'Good morning, {name}', noon: 'Hello, {name}', afternoon: 'Good afternoon, {name}', evening: 'Good evening, {name}',
    duty: 'My duty', no_duty: 'No duty in the next two weeks', no_duty_text: 'When you are on the roster, time and squad stand here.',
    go_on: 'Go on with the patrol', start: 'Start the patrol', look: 'See the shift', later: 'Later shifts',
    to_answer: 'Waiting for your answer: {n}', unread: 'Unread messages: {n}', nothing_new: 'No unread messages', week: 'Activities this week', no_week: 'No activities this week yet', all_activities: 'All activities',
    visited: '{done} of {all} checkpoints visited',
  },
  shift: {
    planned: 'Planned', active: 'Under way', ended: 'Ended', cancelled: 'Cancelled', crew: 'With: {names}', leader: 'leader', handover: 'Handover from the last shift', handover_by: 'Left by {by}',
  },
  patrol: {
    none: 'You have no shift now', none_text: 'When it is time, "Start" appears here.', upcoming: 'Next shifts', start: 'Start the patrol', started: 'The patrol has started. Take care.', early: 'You can start up to an hour before the time.',
    points: 'Checkpoints', check_in: 'Check in', check_in_at: 'Check in: {name}', again: 'Check in again', saved: 'Saved: {name}', done_at: 'Checked in {time}',
    scan: 'Scan the code', number: 'Type the number', number_label: 'Checkpoint number', number_hint: 'The number on the plate, such as 107.', number_invalid: 'Please type the number on the plate.', number_named: 'Number {number}', scanned: 'Scanned code',
    report: 'Report trouble', all_well: 'We are all well', all_well_saved: 'Noted: all well.', late: 'It has been a while since the last check-in. Is everything all right? Tap "We are all well" and nobody needs to worry.',
    end: 'End the patrol', end_title: 'End this shift', end_left: '{n} checkpoints were not visited. That is all right: end it as it was.', handover_label: 'A word for the next shift', handover_hint: 'Such as: the lamp at the east gate is out, repair asked for.', ended: 'Thank you! This shift has ended.',
    waiting: 'Waiting to upload: {n}', waiting_text: 'Kept on this phone; uploaded by itself when there is a connection.', waiting_mark: 'waiting', upload_now: 'Upload', uploading: 'Uploading', refused: 'Not accepted', dismiss: 'Understood, delete', all_sent: 'All uploaded',
    place_used: 'Your place is read once at each check-in to test the distance, and is not kept.',
    camera_no: 'The camera cannot be opened. Take a photo instead, or type the number.', photo: 'Take a photo', no_code_found: 'No code was found. Please aim again.', aim: 'Hold the code in the middle of the picture.', not_ours: 'This is not the code of a checkpoint.',
  },
  sos: {
    hold: 'SOS: press and hold', holding: 'Keep holding…', help: 'Your call for help goes to your crew, the leader and the duty desk at once. Please also call:', ask: 'Send a call for help?', send: 'Send the call for help', name: 'Call for help',
    sending: 'Sending the call for help', not_sent: 'The call for help has not arrived yet; we keep trying. Please call by phone now!', raised: 'The duty desk and your crew have the call for help', acknowledged: '{name} has seen the call for help', somebody: 'A colleague', stand_down: 'I am all right: stand down', stood_down: 'The call for help was stood down.', note: 'Note', note_default: 'Stood down by the person',
    police: 'Police', fire: 'Fire', ambulance: 'Ambulance',
  },
  report: {
    title: 'Report trouble', kind: 'What is it?', kind_missing: 'Please choose one.', where: 'Where is it?', where_point: 'Choose a checkpoint', where_other: 'Another place', place: 'Place', place_hint: 'Such as: entrance 2 of building 3.', place_missing: 'Please say where.', words: 'More words', words_hint: 'No names, no illnesses, no photo needed.', send: 'Send the report', saved: 'Saved, and uploaded at once. Thank you!', another: 'Report another',
    gas: 'Smell of gas: leave first, touch no switch and no bell, call from outside.', person: 'Somebody is hurt or unconscious: call 120 first, then report.',
  },
  troubles: { lamp: 'Lamp out', fire_lane: 'Fire lane blocked', ice: 'Ice and snow', manhole: 'Manhole cover', charging_cable: 'Charging cable', gas_smell: 'Smell of gas', person_needs_help: 'Person needs help', dispute: 'Dispute', other: 'Something else' },
  activities: {
    today: 'Today', week: 'This week', later: 'Later', none: 'No activities yet', none_text: 'What the units publish appears here.', mine: 'Signed up', offered: 'A seat is held for you', waiting: 'Waiting list', full: 'Full', postponed: 'Postponed', called_off: 'Called off', ended: 'Over', seats: '{going} signed up of {capacity} seats', seats_open: '{going} signed up', in_line: '{n} waiting',
    sign_up: 'Sign up', sign_up_wait: 'Join the waiting list', cancel: 'Cancel my sign-up', cancel_wait: 'Leave the waiting list', cancel_ask: 'Are you sure? The seat goes to the next in line.', keep: 'Keep my seat', got_seat: 'You are signed up. See you there!', got_wait: 'It is full: you are number {n} on the waiting list. We tell you when a seat is free.', gave_up: 'Cancelled.', off_reason: 'Reason: {reason}', when: 'When', where: 'Where', who: 'Held by', kind: 'Kind', you_go: 'You are signed up', you_wait: 'You are on the waiting list; we tell you when a seat is free',
  },
  kinds: { lecture: 'Lecture', sport: 'Sport', culture: 'Culture', work_day: 'Work day', party_day: 'Party day', service: 'Service', show: 'Show', other: 'Other' },
  forms: { classroom: 'Classroom', outing: 'Outing', door_to_door: 'Door to door', online: 'Online', on_site: 'On site' },
  inbox: {
    none: 'No messages', none_text: 'Messages on duty, activities and calls for help appear here.', unread: 'Unread', unread_only: 'Unread only', read_all: 'Mark all as read', need: 'Waits for your answer', cancelled: 'Withdrawn', open: 'See more', why: 'Why did I get this?', why_event: 'What happened: {event}', why_role: 'Why you: {role}', why_rule: 'Why a message: {rule}', why_change: 'You can switch this kind off under Me › How I get messages, except for emergencies.', read_aloud: 'Read it to me', stop_reading: 'Stop reading',
    gone: 'This message is not there', gone_text: 'It may have expired.',
  },
  answer: { confirm: 'Yes, answer: {answer}', settled: 'Somebody has seen to it. Thank you', question: 'Please answer', ack: 'I will see to it', decline: 'I cannot', call_me: 'Please call me', sent_ack: 'You answered: I will see to it', sent_decline: 'You answered: I cannot', sent_call_me: 'You answered: please call me', change: 'Change it', thanks: 'Thank you, they have been told.', expired: 'This link has expired', expired_text: 'Please sign in to see the message, or call the desk.', title: 'Answer a message' },
  classes: { critical: 'Emergency', duty: 'Duty', service: 'Service', news: 'News' },
  roles: { secretary: 'secretary', clerk: 'clerk', duty: 'duty desk', liaison: 'liaison officer', member: 'member' },
  me: {
    messages: 'How I get messages', messages_sub: 'Push, e-mail, quiet hours', hours: 'My hours', hours_sub: 'Hours at activities and as a volunteer, by year', devices: 'Devices', devices_sub: 'Where you are signed in; sign them out from here', calendar: 'Calendar feed', calendar_sub: 'Duties and activities in your own calendar', large: 'Large text', large_sub: 'Makes everything larger', place: 'Add my place at check-in', place_sub: 'Read once at that moment to test the distance, not kept; not needed to check in', place_denied: 'This phone does not allow it. You can check in all the same.', to_desk: 'Open the desk', skills: 'Skills', groups: 'Groups', install: 'Add to home screen', install_sub: 'Opens like an app, checks in without a network', install_ios: 'Tap Share in the browser, then Add to Home Screen.',
  },
  channels: {
    title: 'How I get messages', none: 'No way of reaching you is registered yet', names: { wecom: 'WeCom', dingtalk: 'DingTalk', web_push: 'Push', email: 'E-mail', sms: 'Text message', webhook: 'Webhook', inbox: 'In the app', print: 'Print', phone: 'Phone' }, ok_at: 'Last delivered', never: 'Not used yet', dead: 'No longer works', registered: 'From the register; ask the desk to change it.', test: 'Send a test', tested: 'Sent. Please see whether it arrives.', remove: 'Remove', removed: 'Removed.',
    push: 'Push messages', push_text: 'Duty and emergency messages reach you while the page is closed.', push_on: 'Switch push on', push_done: 'Push is on.', push_here: 'Push is on for this phone', push_denied: 'The browser does not allow notifications. You can change that in its settings.', push_failed: 'This browser cannot switch push on just now. You still get text messages and messages here.', push_no: 'This browser has no push. You still get text messages and messages here.',
    email: 'E-mail', email_label: 'E-mail address', email_save: 'Save the address', email_invalid: 'Please check the address.', quiet: 'Quiet hours', quiet_text: 'During these hours only emergencies, and duty messages while you are on duty, make a sound.', quiet_from: 'From', quiet_until: 'To', off: 'What I want to hear of', off_text: 'Emergencies and duty always reach you. These can be switched off; they still appear under Messages.', kinds: { service: 'Service: sign-ups, changes', news: 'News: new activities' },
  },
  devices: { title: 'Devices', current: 'This one', seen: 'Last used', sign_out: 'Sign it out', signed_out: 'That device is signed out.', everywhere: 'Sign out everywhere', everywhere_ask: 'All devices, this one as well, will be signed out. Go on?' },
  calendar: { title: 'Calendar feed', text: 'Subscribe to this address in your calendar: duties and activities appear by themselves. The address is yours alone, please do not pass it on.', make: 'Make an address', make_new: 'Make a new one (the old one stops)', copy: 'Copy', copied: 'Copied.', once: 'It is shown only until you leave this page.' },
  point: { title: 'Checkpoint', check_in: 'Check in here', start_and_check_in: 'Start the patrol and check in', no_shift: 'You have no shift now', no_shift_text: 'Thank you for looking at this plate. When you are on duty, scanning it checks you in.', to_patrol: 'To the patrol page' },
  suggestions: { title: 'Suggestions and complaints', text: 'If anything about this system, the patrols or the activities should be better, call us or tell us in person. You get an answer within three working days; answers are published without names.', desk: 'Desk', hours: 'Hours', call: 'Call {phone}', paper: 'Or write it on paper and put it into the box at the door of the Party-masses parlour.', up: 'If the answer does not satisfy you, call the city hotline.', hotline: 'Call 12345' },
  not_found: { title: 'There is no such page', text: 'The address may be wrong, or it was removed.', home: 'Back to today' },
}
