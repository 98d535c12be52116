"""Messages reach the right people, each by the channels that they chose; alarms ring until somebody answers.

A *rule* says which event is told to whom with which *template* (模板). A *message* (消息) is one person's copy; a
*sending* is its way through one channel (渠道). A *ladder* (逐级提醒) asks the next people when nobody answers. A
*digest* (汇总) tells together what was held for a time of the day.
"""
