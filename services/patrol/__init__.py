"""Squads walk their shifts, check in, report trouble; who falls silent is looked after.

A *squad* (义务巡逻队) walks *shifts* (班次) past *checkpoints* (巡更点); it *checks in* there (签到, never
打卡). *Trouble* (隐患) is what it reports. A silent squad starts the *welfare ladder*: worry, never blame.
*SOS* (求助) calls for help now. What is found becomes a *case* (报修): *routed* (分派) to its owner, *fixed*
(修好), confirmed by whoever *reported* it (报), *looked at again* (复查) by the next patrol; a resident holds a
*slip* (编号和密码).
"""
