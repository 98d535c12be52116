"""Squads walk their shifts, check in, report trouble; who falls silent is looked after.

A *squad* (义务巡逻队) walks *shifts* (班次) past *checkpoints* (巡更点); it *checks in* there (签到, never
打卡). *Trouble* (隐患) is what it reports. A silent squad starts the *welfare ladder*: worry, never blame.
*SOS* (求助) calls for help now.
"""
