export default {
  title: '怎么样？', no_name: '不记名：谁也看不到是您答的。满三个人答了，主讲人和主办单位才看得到结果。', choose: '请点一张脸。',
  overall: { ask: '这次活动怎么样？', good: '好', fair: '一般', poor: '不好' },
  followed: { ask: '听得懂、跟得上吗？', yes: '跟得上', partly: '有点难', no: '跟不上' },
  more: { ask: '还想再来吗？', yes: '想', maybe: '再看看', no: '不想' },
  words: '还想说点什么', words_hint: '写了什么，主讲人和主办单位都能看到，请不要写姓名。',
  voice: '录一段话', voice_hint: '最长一分钟。熟人可能听得出您的声音；活动过后九十天删除。', record: '开始录音', stop: '录好了', seconds: '正在录，{n} 秒', again: '重新录', no_voice: '不要录音了', voice_kept: '您录过一段话。', refused: '没有打开麦克风，不录也可以。',
  send: '交上去', change: '改成这样', thanks: '谢谢您告诉我们！', until: '{time}以前都可以改。',
  why: { NotThere: '到场的人才能说', NotFinished: '活动结束后再来说说', FeedbackClosed: '已经过了两周，不能再说了', EverybodyAnswered: '到场的人都答过了' },
  to_say: '怎么样？点三下', to_change: '改一改我说的', to_results: '看大家怎么说',
  results: '大家怎么说', answers_of: '{n} 人说了，到场 {all} 人', too_few: '说的人还不够', too_few_text: '满 {n} 人说了才显示，免得看出是谁说的。', n_people: '{n} 人', words_said: '写的话', voices: '录的话', listen: '听第 {n} 段',
  slips_print: '打印小票', slips_type: '录入小票', slips_hint: '一张一张录，没圈的空着就行。还能录 {n} 张。', slip_words: '小票上写的话', slip_blank: '这张小票什么也没有圈，也没有写。', slip_save: '记下这张', slip_saved: '记下了，还能录 {n} 张。', slips_none: '到场的人都答过了，不用再录小票。',
  given: '讲过的',
}
